namespace Steady.Web.Drawing;

/// <summary>One thing to do with a Steady that is new.</summary>
/// <param name="Why">What one has of it.</param>
/// <param name="Lines">What to type.</param>
/// <param name="Href">Where it is seen then.</param>
public sealed record FirstStep(string Name, string Why, IReadOnlyList<string> Lines, string Href, bool IsDone);

/// <summary>What an empty platform teaches. Pure.</summary>
public static class FirstSteps
{
    /// <summary>Null when there is nothing to teach: all was done, or something has happened already.</summary>
    public static IReadOnlyList<FirstStep>? Of(bool hasIncidents, bool hasBudgets, bool hasRuns, bool isPaged)
    {
        if (hasIncidents || hasBudgets && hasRuns && isPaged)
            return null;
        return
        [
            new(
                "Say how good a service has to be",
                "Its error budget is counted from then on; a fast burn declares an incident by itself.",
                ["steady objective apply -f samples/objectives/checkout-availability.yaml"],
                "/budgets",
                hasBudgets
            ),
            new(
                "Say who answers",
                "An incident pages whoever is on call, until somebody takes it.",
                [
                    "steady oncall apply checkout -f samples/paging/schedule.yaml",
                    "steady contact apply admin@local -f samples/paging/contact.yaml",
                    "steady escalation apply checkout -f samples/paging/policy.yaml",
                ],
                "/oncall",
                isPaged
            ),
            new(
                "Break something on purpose",
                "An experiment says what holds and where it breaks, and takes every fault out again.",
                [
                    "steady experiment apply -f samples/experiments/slow-ledger.yaml --freeze",
                    "steady run start slow-ledger",
                ],
                "/gamedays",
                hasRuns
            ),
        ];
    }
}
