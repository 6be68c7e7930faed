using Steady.Contracts.Budgets;
using Steady.Kernel;
using static Steady.Tests.Support.Spec;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;

/// <summary>A budget of 99.9 % over 30 days, and what may have been counted.</summary>
internal static class ThreeNines
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    public static readonly BudgetOf Of = new(StableId.From("checkout"), "checkout", "checkout");
    public static readonly BudgetOpened Opened = new(Of, "Checkout", "requests", 0.999m, "30d", Now.AddDays(-1));
    public static readonly Dictionary<string, DateTimeOffset> Began = new() { ["5m"] = Now.AddMinutes(-2) };
    public static readonly Tally Quiet = new(100_000, 0);

    public static Reading All(Tally tally) => Reading.Of(Fold<Budget>(Opened)!, [.. Enumerable.Repeat(tally, 8)], Now);

    public static Reading ByWindow(params (string Name, Tally Tally)[] other)
    {
        var reading = Figures();
        return reading with
        {
            Tallies =
            [
                .. reading.Periods.Select(period =>
                    other.Where(one => one.Name == period.Name).Select(one => one.Tally).DefaultIfEmpty(Quiet).First()
                ),
            ],
        };
    }

    public static Tally Bad(long bad) => new(10_000 - bad, bad);

    public static Reading Figures(Tally? fiveMinutes = null, Tally? hour = null, Tally? whole = null) =>
        Reading.Of(
            Fold<Budget>(Opened)!,
            [fiveMinutes ?? Quiet, Quiet, hour ?? Quiet, Quiet, Quiet, Quiet, Quiet, whole ?? Quiet],
            Now
        );

    public static Guid AlertOf(DateTimeOffset at) =>
        StableId.From("burn-alert", Of.ObjectiveId.ToString(), "1h", $"{at.UtcTicks}");

    public static BurnAlertOpened OpenedAt(DateTimeOffset at) =>
        new(Of, AlertOf(at), BurnSeverity.Page, "1h", "5m", 14.4m, Bad(146), Bad(145), at, Began["5m"]);
}
