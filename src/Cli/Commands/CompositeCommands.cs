using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady composite</c>: objectives that work together.</summary>
internal static class CompositeCommands
{
    public static Command Create(Shell shell) =>
        new("composite", "Composites: objectives that work together.")
        {
            Apply(shell),
            Show(shell),
            History(shell),
            Retire(shell),
            List(shell),
        };

    private static Command Apply(Shell shell)
    {
        var (name, file) = (Name(), Inputs.File());
        var command = new Command("apply", "Define or revise a composite from a document.") { name, file };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var terms = Documents.ReadJson(given.GetRequiredValue(file));
                var composite = await session.Door.Budgets.ApplyComposite(given.GetRequiredValue(name), terms, stop);
                return session.Show(composite, CompositePictures.Page);
            }
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var name = Name();
        var at = Inputs.Moment("--at", "As it stood then; now when absent.", shell);
        var command = new Command("show", "How a composite and its parts stand, or stood.") { name, at };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Budgets.Composite(given.GetRequiredValue(name), given.GetValue(at), stop),
                    CompositePictures.Page
                )
        );
        return command;
    }

    private static Command History(Shell shell)
    {
        var name = Name();
        var from = Inputs.Moment("--from", "The beginning; the composite's window ago when absent.", shell);
        var to = Inputs.Moment("--to", "The end; now when absent.", shell);
        var command = new Command("history", "A composite over time, and its alerts.") { name, from, to };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Budgets.CompositeHistory(
                        given.GetRequiredValue(name),
                        given.GetValue(from),
                        given.GetValue(to),
                        stop
                    ),
                    CompositePictures.History
                )
        );
        return command;
    }

    private static Command Retire(Shell shell)
    {
        var name = Name();
        var command = new Command("retire", "End a composite and its alerts; its history is kept.") { name };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await session.Door.Budgets.RetireComposite(given.GetRequiredValue(name), stop);
                return session.Show(new { name = given.GetRequiredValue(name), retired = true }, Retired);
            }
        );
        return command;

        static void Retired<T>(Spectre.Console.IAnsiConsole screen, T _, DateTimeOffset now) =>
            screen.Line($"✓ The composite is retired; its history is kept.");
    }

    private static Command List(Shell shell)
    {
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "All composites, by name.") { limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Budgets.Composites(given.GetValue(limit), given.GetValue(after), stop),
                    CompositePictures.Composites
                )
        );
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The composite, by name." };
}
