using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady timeline order</c>, <c>contradictions</c>, <c>rule</c>, <c>gap</c>, <c>seen</c>, <c>state</c>: what follows from a timeline.</summary>
internal static class AnalysisCommands
{
    private static readonly Dictionary<string, RulingVerdict> Verdicts = new()
    {
        ["one-holds"] = RulingVerdict.OneHolds,
        ["all-hold"] = RulingVerdict.AllHold,
        ["none-holds"] = RulingVerdict.NoneHolds,
        ["unclear"] = RulingVerdict.Unclear,
    };

    public static void AddTo(Command timeline, Shell shell)
    {
        timeline.Add(Order(shell));
        timeline.Add(Contradictions(shell));
        timeline.Add(Rule(shell));
        timeline.Add(Gap(shell));
        timeline.Add(Seen(shell));
        timeline.Add(State(shell));
        CauseCommands.AddTo(timeline, shell);
    }

    private static Option<DateTimeOffset?> KnownAt(Shell shell) =>
        Inputs.Moment("--known-at", "As it was known then; now when absent.", shell);

    private static Command Order(Shell shell)
    {
        var (incident, knownAt) = (Inputs.Incident(), KnownAt(shell));
        var command = new Command("order", "The story in the only order that is known, and where it is not known.")
        {
            incident,
            knownAt,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Order(given.GetRequiredValue(incident), given.GetValue(knownAt), stop),
                    AnalysisPictures.Order
                )
        );
        return command;
    }

    private static Command Contradictions(Shell shell)
    {
        var (incident, knownAt) = (Inputs.Incident(), KnownAt(shell));
        var command = new Command("contradictions", "What cannot be so, explained, with the rulings on it.")
        {
            incident,
            knownAt,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Contradictions(
                        given.GetRequiredValue(incident),
                        given.GetValue(knownAt),
                        stop
                    ),
                    AnalysisPictures.Contradictions
                )
        );
        return command;
    }

    private static Command Rule(Shell shell)
    {
        var incident = Inputs.Incident();
        var contradiction = Inputs.Id(
            "contradiction",
            "The contradiction, by its id.",
            "`steady timeline contradictions` lists them."
        );
        var verdict = Inputs.OneOf("--verdict", "What is held to be true", Verdicts);
        var reason = Inputs.Required("--reason", "How that is known.", "text");
        var holds = new Option<Guid?>("--entry")
        {
            Description = "The entry that holds; only with one-holds.",
            HelpName = "id",
        };
        var command = new Command("rule", "Rules on a contradiction; again is a new ruling.")
        {
            incident,
            contradiction,
            verdict,
            reason,
            holds,
        };
        shell.Handle(
            command,
            (given, session, stop) =>
                Rule(
                    session,
                    given.GetRequiredValue(incident),
                    given.GetRequiredValue(contradiction),
                    new RuleOnContradiction(
                        given.GetRequiredValue(verdict),
                        given.GetRequiredValue(reason),
                        given.GetValue(holds)
                    ),
                    stop
                )
        );
        return command;
    }

    private static async Task<int> Rule(
        Session session,
        string incident,
        Guid contradiction,
        RuleOnContradiction ruling,
        CancellationToken stop
    )
    {
        await session.Door.Incidents.Rule(incident, contradiction, ruling, stop);
        var all = await session.Door.Incidents.Contradictions(incident, null, stop);
        return session.Show(
            all with
            {
                Items = [.. all.Items.Where(one => one.Id == contradiction)],
            },
            AnalysisPictures.Contradictions
        );
    }

    private static Command Gap(Shell shell)
    {
        var (incident, knownAt) = (Inputs.Incident(), KnownAt(shell));
        var command = new Command("gap", "Per fact: since when it was true, was known, and was told to whom.")
        {
            incident,
            knownAt,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.KnowledgeGap(
                        given.GetRequiredValue(incident),
                        given.GetValue(knownAt),
                        stop
                    ),
                    KnowledgePictures.Gap
                )
        );
        return command;
    }

    private static Command Seen(Shell shell)
    {
        var incident = Inputs.Incident();
        var by = Inputs.Required("--by", "A person, role/commander or public.", "who");
        var at = Inputs.Moment("--at", "By then; now when absent.", shell);
        var command = new Command("seen", "What somebody had seen of it by a moment.") { incident, by, at };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Seen(
                        given.GetRequiredValue(incident),
                        given.GetRequiredValue(by),
                        given.GetValue(at),
                        stop
                    ),
                    KnowledgePictures.Seen
                )
        );
        return command;
    }

    private static Command State(Shell shell)
    {
        var (incident, knownAt) = (Inputs.Incident(), KnownAt(shell));
        var at = Inputs.Moment("--at", "How it stood then; now when absent.", shell);
        var command = new Command("state", "How it stood at a moment, as far as was known at another.")
        {
            incident,
            at,
            knownAt,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.State(
                        given.GetRequiredValue(incident),
                        given.GetValue(at),
                        given.GetValue(knownAt),
                        stop
                    ),
                    KnowledgePictures.State
                )
        );
        return command;
    }
}
