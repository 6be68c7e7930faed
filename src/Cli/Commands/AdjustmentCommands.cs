using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Commands;

/// <summary><c>steady adjustment</c>: past periods that do not count.</summary>
internal static class AdjustmentCommands
{
    private static readonly Dictionary<string, AdjustmentCategory> Categories = new()
    {
        ["company-network"] = AdjustmentCategory.CompanyNetwork,
        ["frozen-dependency"] = AdjustmentCategory.FrozenDependency,
        ["out-of-scope"] = AdjustmentCategory.OutOfScope,
        ["miscategorised"] = AdjustmentCategory.Miscategorised,
        ["maintenance"] = AdjustmentCategory.Maintenance,
        ["wrong-data"] = AdjustmentCategory.WrongData,
    };

    public static Command Create(Shell shell) =>
        new("adjustment", "Adjustments: past periods that do not count.")
        {
            Propose(shell),
            Approve(shell),
            Revoke(shell),
            List(shell),
        };

    private static Command Propose(Shell shell)
    {
        var objective = Inputs.Objective();
        var from = Moment("--from", "Beginning, a whole minute.", shell);
        var to = Moment("--to", "End, a whole minute.", shell);
        var category = Inputs.OneOf("--category", "Why, in one word", Categories);
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("propose", "Propose that a past period does not count; a second person approves.")
        {
            objective,
            from,
            to,
            category,
            reason,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var wish = new ProposeAdjustment(
                    given.GetRequiredValue(from)!.Value,
                    given.GetRequiredValue(to)!.Value,
                    given.GetRequiredValue(category),
                    given.GetRequiredValue(reason)
                );
                return session.Show(
                    await session.Door.Gates.Propose(given.GetRequiredValue(objective), wish, stop: stop),
                    GatePictures.Adjustment
                );
            }
        );
        return command;
    }

    private static Command Approve(Shell shell)
    {
        var (objective, id) = (Inputs.Objective(), Adjustment());
        var command = new Command("approve", "Approve what somebody else proposed.") { objective, id };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Gates.Approve(
                        given.GetRequiredValue(objective),
                        given.GetRequiredValue(id),
                        stop
                    ),
                    GatePictures.Adjustment
                )
        );
        return command;
    }

    private static Command Revoke(Shell shell)
    {
        var (objective, id) = (Inputs.Objective(), Adjustment());
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("revoke", "Take an adjustment back: its period counts again.")
        {
            objective,
            id,
            reason,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Gates.Revoke(
                        given.GetRequiredValue(objective),
                        given.GetRequiredValue(id),
                        new RevokeAdjustment(given.GetRequiredValue(reason)),
                        stop
                    ),
                    GatePictures.Adjustment
                )
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var (objective, limit, after) = (Inputs.Objective(), Inputs.Limit(), Inputs.After());
        var command = new Command("list", "Adjustments of an objective, newest first.") { objective, limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Gates.Adjustments(
                        given.GetRequiredValue(objective),
                        given.GetValue(limit),
                        given.GetValue(after),
                        stop
                    ),
                    GatePictures.Adjustments
                )
        );
        return command;
    }

    private static Option<DateTimeOffset?> Moment(string name, string description, Shell shell)
    {
        var option = Inputs.Moment(name, description, shell);
        option.Required = true;
        return option;
    }

    private static Argument<Guid> Adjustment() =>
        Inputs.Id("adjustment", "The adjustment, by id.", "`steady adjustment list` shows them.");
}
