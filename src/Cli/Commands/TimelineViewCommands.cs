using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady timeline view</c>: queries that are kept under a name.</summary>
internal static class TimelineViewCommands
{
    public static Command Create(Shell shell) =>
        new("view", "Queries that are kept under a name.")
        {
            List(shell),
            Show(shell),
            Run(shell),
            Set(shell),
            Remove(shell),
            ViewWebhookCommands.Create(shell),
        };

    internal static Argument<string> Name() => new("view") { Description = "The view, by name." };

    private static Command List(Shell shell)
    {
        var command = new Command("list", "All that are kept.");
        shell.Handle(
            command,
            async (_, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Views(stop),
                    (screen, page, _) => TimelinePictures.Views(screen, page.Items)
                )
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var name = Name();
        var command = new Command("show", "What one asks for.") { name };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(await session.Door.Incidents.View(given.GetRequiredValue(name), stop), One)
        );
        return command;
    }

    private static Command Run(Shell shell)
    {
        var (name, limit, after) = (Name(), Inputs.Limit(), Inputs.After());
        var command = new Command("run", "What one finds.") { name, limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var incidents = session.Door.Incidents;
                var view = await incidents.View(given.GetRequiredValue(name), stop);
                var answer = await incidents.Ask(
                    view.Query,
                    limit: given.GetValue(limit),
                    after: given.GetValue(after),
                    stop: stop
                );
                return session.Show(answer, (screen, found, now) => TimelinePictures.Answer(screen, found, null, now));
            }
        );
        return command;
    }

    private static Command Set(Shell shell)
    {
        var name = Name();
        var query = Inputs.Required("--query", "What it asks for.", "query");
        var about = Inputs.Optional("--about", "What it is for.", "text");
        var command = new Command("set", "Keep a query under a name.") { name, query, about };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var incidents = session.Door.Incidents;
                var view = new SetTimelineView(given.GetRequiredValue(query), given.GetValue(about));
                await incidents.SetView(given.GetRequiredValue(name), view, stop);
                return session.Show(await incidents.View(given.GetRequiredValue(name), stop), One);
            }
        );
        return command;
    }

    private static Command Remove(Shell shell)
    {
        var name = Name();
        var command = new Command("remove", "Take one away; it may be set again.") { name };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await session.Door.Incidents.RemoveView(given.GetRequiredValue(name), stop);
                return session.Show(
                    await session.Door.Incidents.Views(stop),
                    (screen, page, _) => TimelinePictures.Views(screen, page.Items)
                );
            }
        );
        return command;
    }

    private static void One(Spectre.Console.IAnsiConsole screen, SavedTimelineView view, DateTimeOffset now) =>
        TimelinePictures.Views(screen, [view]);
}
