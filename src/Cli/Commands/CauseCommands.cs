using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady timeline causes</c>, <c>effects</c>, <c>path</c>, <c>because</c>, <c>not-because</c>: what led to what.</summary>
internal static class CauseCommands
{
    private const string Where = "`steady timeline --json` gives the ids of entries.";

    private static readonly Dictionary<string, EntryConfidence> Confidences = Enum.GetValues<EntryConfidence>()
        .ToDictionary(one => $"{one}".ToLowerInvariant());

    public static void AddTo(Command timeline, Shell shell)
    {
        timeline.Add(Walk(shell, "causes", "What led to an entry, and how that is known.", back: true));
        timeline.Add(Walk(shell, "effects", "What followed from an entry, and how that is known.", back: false));
        timeline.Add(Path(shell));
        timeline.Add(Because(shell));
        timeline.Add(NotBecause(shell));
    }

    private static Command Walk(Shell shell, string name, string description, bool back)
    {
        var entry = Inputs.Id("entry", "The entry, by its id.", Where);
        var depth = new Option<int?>("--depth")
        {
            Description = "At most so many steps, 1 to 10; the service takes 3.",
            HelpName = "steps",
        };
        var command = new Command(name, description) { entry, depth };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var (id, steps) = (given.GetRequiredValue(entry), given.GetValue(depth));
                var incidents = session.Door.Incidents;
                return session.Show(
                    back ? await incidents.Causes(id, steps, stop) : await incidents.Effects(id, steps, stop),
                    (screen, answer, _) => CausePictures.Tree(screen, answer, back)
                );
            }
        );
        return command;
    }

    private static Command Path(Shell shell)
    {
        var from = Inputs.Id("entry", "The one entry, by its id.", Where);
        var to = Inputs.Id("other", "The other entry, by its id.", Where);
        var command = new Command("path", "The surest way from one entry to another.") { from, to };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Path(given.GetRequiredValue(from), given.GetRequiredValue(to), stop),
                    CausePictures.Path
                )
        );
        return command;
    }

    private static Command Because(Shell shell)
    {
        var effect = Inputs.Id("entry", "The entry that followed, by its id.", Where);
        var cause = Inputs.Id("cause", "The entry that led to it, by its id.", Where);
        var why = Inputs.Required("--why", "How that is known.", "text");
        var confidence = Inputs.OneOf("--confidence", "How sure that is; medium when absent", Confidences);
        confidence.Required = false;
        confidence.DefaultValueFactory = _ => EntryConfidence.Medium;
        var command = new Command("because", "Says that one entry led to another.") { effect, cause, why, confidence };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var id = given.GetRequiredValue(effect);
                await session.Door.Incidents.StateCause(
                    id,
                    new StateCause(
                        given.GetRequiredValue(cause),
                        given.GetRequiredValue(why),
                        given.GetValue(confidence)
                    ),
                    stop
                );
                return await ShowCauses(session, id, stop);
            }
        );
        return command;
    }

    private static Command NotBecause(Shell shell)
    {
        var effect = Inputs.Id("entry", "The entry, by its id.", Where);
        var cause = Inputs.Id("cause", "The entry that did not lead to it, by its id.", Where);
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("not-because", "Takes back that one entry led to another.") { effect, cause, reason };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var id = given.GetRequiredValue(effect);
                await session.Door.Incidents.WithdrawCause(
                    id,
                    new WithdrawCause(given.GetRequiredValue(cause), given.GetRequiredValue(reason)),
                    stop
                );
                return await ShowCauses(session, id, stop);
            }
        );
        return command;
    }

    private static async Task<int> ShowCauses(Session session, Guid entry, CancellationToken stop) =>
        session.Show(
            await session.Door.Incidents.Causes(entry, 1, stop),
            (screen, answer, _) => CausePictures.Tree(screen, answer, back: true)
        );
}
