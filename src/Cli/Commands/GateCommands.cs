using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Commands;

/// <summary><c>steady gate</c>: may this go ahead?</summary>
internal static class GateCommands
{
    private static readonly Dictionary<string, GateAction> Actions = Enum.GetValues<GateAction>()
        .ToDictionary(a => $"{a}".ToLowerInvariant());

    public static Command Create(Shell shell) =>
        new("gate", "Gates: whether a service has the error budget for something.")
        {
            Ask(shell),
            Override(shell),
            Approve(shell),
            Show(shell),
            List(shell),
            PolicyCommands.Create(shell),
        };

    private static Command Ask(Shell shell)
    {
        var service = new Argument<string>("service") { Description = "The service whose budgets are asked." };
        var action = Inputs.OneOf("--action", "What is to be done", Actions);
        var subject = Inputs.Required("--ref", "What it is about: a commit, a release, a run.", "ref");
        var environment = Inputs.Required("--environment", "Where, for example production.", "name");
        var change = Inputs.Optional("--change", "Kind of change: feature, p0-fix, security or another.", "kind");
        var spend = new Option<decimal?>("--expected-spend")
        {
            Description = "Share of the whole budget it may spend, 0 to 1.",
            HelpName = "share",
        };
        var command = new Command("ask", "Ask a gate, and keep the answer: exits 0 for allow and warn, 1 for deny.")
        {
            service,
            action,
            subject,
            environment,
            change,
            spend,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var ask = new AskGate(
                    given.GetRequiredValue(action),
                    given.GetRequiredValue(subject),
                    given.GetRequiredValue(environment),
                    given.GetValue(spend),
                    given.GetValue(change)
                );
                var answer = await session.Door.Budgets.Ask(given.GetRequiredValue(service), ask, stop: stop);
                return session.Show(answer, BudgetPictures.Gate, answer.Data.Ok ? Exit.Done : Exit.Refused);
            }
        );
        return command;
    }

    private static Command Override(Shell shell)
    {
        var decision = Decision();
        var reason = Inputs.Required("--reason", "Why.", "text");
        var minutes = new Option<int?>("--minutes")
        {
            Description = "How long it shall hold once approved; the policy's longest when absent.",
            HelpName = "count",
        };
        var command = new Command("override", "Propose to let a denied question through; a second person approves.")
        {
            decision,
            reason,
            minutes,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var wish = new OverrideGate(given.GetRequiredValue(reason), given.GetValue(minutes));
                return session.Show(
                    await session.Door.Gates.Override(given.GetRequiredValue(decision), wish, stop),
                    GatePictures.Override
                );
            }
        );
        return command;
    }

    private static Command Approve(Shell shell)
    {
        var decision = Decision();
        var command = new Command("approve", "Approve an override that somebody else proposed.") { decision };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Gates.Approve(given.GetRequiredValue(decision), stop),
                    GatePictures.Override
                )
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var decision = Decision();
        var command = new Command("show", "One answer of a gate, as it was given.") { decision };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Budgets.Decision(given.GetRequiredValue(decision), stop),
                    BudgetPictures.Gate
                )
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var service = new Argument<string>("service") { Description = "The service whose gate was asked." };
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "What the gate of a service said, newest first.") { service, limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Budgets.Decisions(
                        given.GetRequiredValue(service),
                        given.GetValue(limit),
                        given.GetValue(after),
                        stop
                    ),
                    GatePictures.Decisions
                )
        );
        return command;
    }

    private static Argument<Guid> Decision() =>
        Inputs.Id("decision", "The answer, by id.", "`steady gate ask` and `steady gate list` tell it.");
}
