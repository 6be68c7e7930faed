using System.Globalization;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Spending;

/// <summary>What a run has cost one budget so far, as far as it is counted.</summary>
/// <param name="Failures">Failures beyond the background since the run began.</param>
/// <param name="Events">All events since then.</param>
/// <param name="CountedUntil">Until when they are counted.</param>
public sealed record SpendSeen(long Failures, long Events, DateTimeOffset CountedUntil);

/// <summary>
/// The share of an error budget that is set aside for a run, as a number of failures: pure. What is not counted yet may
/// have failed, and until a halt has taken effect everything may fail; both count as spent, so that the run ends while it
/// is still within its share.
/// </summary>
public static class Reserving
{
    /// <summary>The finest bucket in which failures are counted.</summary>
    public static readonly TimeSpan Bucket = TimeSpan.FromSeconds(10);

    /// <summary>From the breach to the last failed request, at the longest.</summary>
    public static readonly TimeSpan ToQuiet = TimeSpan.FromSeconds(2.5);

    /// <summary>The beginning of the bucket in which a moment lies: what is in it is put down to the run as a whole.</summary>
    public static DateTimeOffset Since(DateTimeOffset start) =>
        new(start.UtcTicks - start.UtcTicks % Bucket.Ticks, TimeSpan.Zero);

    /// <summary>What the share comes to; null, and why not, when it cannot be set aside.</summary>
    public static (BudgetReservation? Reserved, string Evidence) Of(
        decimal share,
        BudgetStatus budget,
        DateTimeOffset now
    )
    {
        if (budget.Watermark is not { } counted || budget.Good + budget.Bad == 0)
            return (null, "nothing was counted, so nothing would tell what the run spends.");
        var failures = (long)decimal.Floor(share * budget.AllowedBad);
        var left = budget.AllowedBad - budget.Bad;
        var name = Text($"{share:P2} of the {budget.AllowedBad} failures that it allows");
        if (failures < 1)
            return (null, $"{name} is less than one failure.");
        if (left < failures)
            return (null, Text($"{name} is {failures}, and {Math.Max(0, left)} are left."));
        var reserved = new BudgetReservation(
            budget.Objective,
            budget.Service,
            budget.AllowedBad,
            failures,
            Math.Round(PerSecond(budget), 3),
            counted
        );
        var exposed = Exposed(reserved, new SpendSeen(0, 0, counted), now, now);
        return exposed > failures
            ? (
                null,
                Text(
                    $"{name} is {failures}, and {exposed} could fail before a halt is seen and done. Set more aside, or count sooner."
                )
            )
            : (reserved, Text($"{failures} of the {left} failures that are left are set aside."));
    }

    /// <summary>What may have failed by the time a halt that is asked for now has taken effect.</summary>
    public static long Exposed(BudgetReservation reserved, SpendSeen seen, DateTimeOffset since, DateTimeOffset now)
    {
        var counted = (decimal)(seen.CountedUntil - since).TotalSeconds;
        var perSecond = Math.Max(reserved.PerSecond, counted >= 10 ? seen.Events / counted : 0);
        var unknown = now > seen.CountedUntil ? now - seen.CountedUntil : TimeSpan.Zero;
        return seen.Failures + (long)decimal.Ceiling(perSecond * (decimal)(unknown + ToQuiet).TotalSeconds);
    }

    /// <summary>Why the run has to stop; null while it is within its share whatever happens until it is halted.</summary>
    public static string? Breach(BudgetReservation reserved, SpendSeen seen, DateTimeOffset since, DateTimeOffset now)
    {
        var exposed = Exposed(reserved, seen, since, now);
        return exposed <= reserved.Failures
            ? null
            : Text(
                $"The reserved budget of {reserved.Objective} is used up: {seen.Failures} failed until {seen.CountedUntil:HH:mm:ss}Z, up to {exposed} may have failed when a halt is done, and {reserved.Failures} are set aside."
            );
    }

    // The shortest window that has seen anything is nearest to what happens now.
    private static decimal PerSecond(BudgetStatus budget) =>
        budget
            .BurnRates.Where(window => window.Good + window.Bad > 0)
            .Select(window => (window.Good + window.Bad) / Seconds(window.Window))
            .DefaultIfEmpty(0)
            .First();

    private static decimal Seconds(string window) =>
        int.Parse(window[..^1], CultureInfo.InvariantCulture)
        * window[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'w' => 604_800,
            _ => 86_400m,
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
