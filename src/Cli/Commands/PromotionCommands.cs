using System.CommandLine;
using Spectre.Console;
using Steady.Cli.Drawing;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Commands;

/// <summary>From one environment to the next.</summary>
internal static class PromotionCommands
{
    public static Command Promote(Shell shell)
    {
        var experiment = ExperimentCommands.Experiment();
        var command = new Command(
            "promote",
            "Let an experiment into the next environment, on the evidence of its runs."
        )
        {
            experiment,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(await session.Door.Experiments.Promote(given.GetRequiredValue(experiment), stop), Promoted)
        );
        return command;
    }

    public static Command Demote(Shell shell)
    {
        var experiment = ExperimentCommands.Experiment();
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("demote", "Take a promotion back; it needs new evidence then.")
        {
            experiment,
            reason,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(experiment);
                await session.Door.Experiments.Demote(name, new RevokePromotion(given.GetRequiredValue(reason)), stop);
                return session.Show(await session.Door.Experiments.Promotion(name, stop), Promoted);
            }
        );
        return command;
    }

    private static void Promoted(IAnsiConsole screen, PromotionView promotion, DateTimeOffset now)
    {
        if (promotion.RevokedBecause is { } why)
            screen.Line($"[yellow]■ revoked[/]  [bold]{promotion.Experiment}[/] in {promotion.Environment}: {why}");
        else
            screen.Line(
                $"[green]✓[/] [bold]{promotion.Target}[/] may run in {promotion.Environment} until {Words.Full(promotion.ValidUntil)}"
            );
        screen.Line(
            $"[dim]{promotion.Experiment} held in {string.Join(", ", promotion.Evidence.Held)}; rollback proven by {promotion.Evidence.Drill}[/]"
        );
    }
}
