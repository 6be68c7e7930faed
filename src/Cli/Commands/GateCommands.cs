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
        new("gate", "Gates: whether a service has the error budget for something.") { Ask(shell) };

    private static Command Ask(Shell shell)
    {
        var service = new Argument<string>("service") { Description = "The service whose budgets are asked." };
        var action = Inputs.OneOf("--action", "What is to be done", Actions);
        var subject = Inputs.Required("--ref", "What it is about: a commit, a release, a run.", "ref");
        var environment = Inputs.Required("--environment", "Where, for example production.", "name");
        var spend = new Option<decimal?>("--expected-spend")
        {
            Description = "Share of the whole budget it may spend, 0 to 1.",
            HelpName = "share",
        };
        var command = new Command("ask", "Ask a gate, and keep the answer: exits 0 for allow, 1 for deny.")
        {
            service,
            action,
            subject,
            environment,
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
                    given.GetValue(spend)
                );
                var answer = await session.Door.Budgets.Ask(given.GetRequiredValue(service), ask, stop: stop);
                return session.Show(answer, BudgetPictures.Gate, answer.Data.Ok ? Exit.Done : Exit.Refused);
            }
        );
        return command;
    }
}
