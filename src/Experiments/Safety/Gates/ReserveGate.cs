using Steady.Contracts.Experiments;
using Steady.Experiments.Runs;
using Steady.Experiments.Spending;

namespace Steady.Experiments.Safety.Gates;

/// <summary>
/// Closed when the share that a design sets aside is not there, or could not be watched. Whatever Budgets' own policy says:
/// a run that promises to spend so much at most must be able to keep that.
/// </summary>
public sealed class ReserveGate : IGate
{
    public Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop) =>
        Task.FromResult(Judge(question));

    public static IReadOnlyList<GateEvaluated> Judge(GateQuestion question)
    {
        if (question.Design.Budget is not { SpendAtMost: var share })
            return [];
        var found = question.Standing.Budgets;
        if (found is null or { Problem: not null } or { Budgets.Count: 0 })
            return
            [
                new(
                    "reserve",
                    question.Design.Name,
                    false,
                    found?.Problem
                        ?? "No objective covers any of these services, so nothing would tell what the run spends.",
                    question.At
                ),
            ];
        return
        [
            .. found.Budgets.Select(budget =>
            {
                var (reserved, evidence) = Reserving.Of(share, budget, question.At);
                return new GateEvaluated(
                    "reserve",
                    budget.Objective,
                    reserved is not null,
                    char.ToUpperInvariant(evidence[0]) + evidence[1..],
                    question.At
                );
            }),
        ];
    }

    /// <summary>What an open gate has set aside.</summary>
    public static IReadOnlyList<BudgetReservation> Reserved(GateQuestion question) =>
        question is { Design.Budget: { SpendAtMost: var share }, Standing.Budgets: { } found }
            ?
            [
                .. found
                    .Budgets.Select(budget => Reserving.Of(share, budget, question.At).Reserved)
                    .OfType<BudgetReservation>(),
            ]
            : [];
}
