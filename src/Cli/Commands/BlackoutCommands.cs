using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Steady.Cli.Drawing;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Commands;

/// <summary><c>steady blackout</c>: times in which nothing is broken on purpose.</summary>
internal static class BlackoutCommands
{
    public static Command Create(Shell shell) =>
        new("blackout", "Blackouts: times in which nothing is broken on purpose.")
        {
            Declare(shell),
            Lift(shell),
            List(shell),
        };

    private static Command Declare(Shell shell)
    {
        var (environment, name) = (Environment(), Name());
        var from = Wall("--from", "When it begins, on the wall clock there.");
        var until = Wall("--until", "When it ends, on the wall clock there.");
        var zone = Inputs.Required("--zone", "The place's IANA time zone, for example Europe/Berlin.", "zone");
        var reason = Inputs.Required("--reason", "Why.", "text");
        var weekly = new Option<bool>("--every-week") { Description = "It comes back every week." };
        var command = new Command("declare", "No run starts there meanwhile, and no game day is planned into it.")
        {
            environment,
            name,
            from,
            until,
            zone,
            reason,
            weekly,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.DeclareBlackout(
                        given.GetRequiredValue(environment),
                        given.GetRequiredValue(name),
                        new DeclareBlackout(
                            new BlackoutWindow(
                                given.GetRequiredValue(from),
                                given.GetRequiredValue(until),
                                given.GetRequiredValue(zone),
                                given.GetValue(weekly)
                            ),
                            given.GetRequiredValue(reason)
                        ),
                        stop
                    ),
                    BlackoutPictures.Page
                )
        );
        return command;
    }

    private static Command Lift(Shell shell)
    {
        var (environment, name) = (Environment(), Name());
        var reason = Inputs.Required("--reason", "Why it is no longer needed.", "text");
        var command = new Command("lift", "End a blackout for good.") { environment, name, reason };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var (where, which) = (given.GetRequiredValue(environment), given.GetRequiredValue(name));
                await session.Door.Experiments.LiftBlackout(
                    where,
                    which,
                    new LiftBlackout(given.GetRequiredValue(reason)),
                    stop
                );
                return session.Show(await session.Door.Experiments.Blackout(where, which, stop), BlackoutPictures.Page);
            }
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var environment = new Argument<string?>("environment")
        {
            Description = "The environment; all when it is left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("list", "Every blackout that was not lifted.") { environment };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.Blackouts(given.GetValue(environment), stop),
                    BlackoutPictures.List
                )
        );
        return command;
    }

    private static Option<DateTime> Wall(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "2026-12-24T12:00",
            Required = true,
            CustomParser = Wall,
        };

    private static DateTime Wall(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        string[] forms = ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd"];
        if (DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
            return wall;
        result.AddError($"'{text}' is no time on a wall clock. Give one such as 2026-12-24T12:00, without an offset.");
        return default;
    }

    private static Argument<string> Environment() =>
        new("environment") { Description = "The environment, for example staging." };

    private static Argument<string> Name() =>
        new("name") { Description = "The blackout's name, for example holidays." };
}
