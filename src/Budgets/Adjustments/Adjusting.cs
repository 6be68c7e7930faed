using System.Globalization;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;

namespace Steady.Budgets.Adjustments;

/// <summary>What holds for adjustments.</summary>
/// <param name="TwoPersons">Somebody else than the proposer must approve.</param>
/// <param name="MostOfWindow">The largest share of any window of the objective that may be left out.</param>
public sealed record AdjustmentRules(bool TwoPersons, decimal MostOfWindow)
{
    public static AdjustmentRules Standard { get; } = new(true, 0.1m);
}

/// <summary>
/// A past period is left out by one who says why and one who agrees, up to a cap, and comes back when it is revoked.
/// Counts are never touched: a period is subtracted when figures are read. Pure.
/// </summary>
public static class Adjusting
{
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(400);

    /// <param name="book">What there is; null before the first proposal.</param>
    /// <param name="id">Id of the adjustment.</param>
    /// <param name="of">The objective.</param>
    /// <param name="window">Length of the objective's window.</param>
    /// <param name="command">What is proposed.</param>
    /// <param name="rules">What holds.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    public static Decision Propose(
        AdjustmentBook? book,
        Guid id,
        BudgetOf of,
        TimeSpan window,
        ProposeAdjustment command,
        AdjustmentRules rules,
        string by,
        DateTimeOffset now
    )
    {
        var (from, to) = (command.From.ToUniversalTime(), command.To.ToUniversalTime());
        if (book?.Find(id) is { } known)
            return (known.From, known.To, known.Category, known.Reason) == (from, to, command.Category, command.Reason)
                ? []
                : new Refusal("idempotency-key-reused", "This Idempotency-Key proposed another adjustment before.");
        if (PeriodIsWrong(from, to, now) is { } wrong)
            return wrong;
        if (IsBeyondCap(book, new(from, to), window, rules) is { } beyond)
            return beyond;
        var proposed = new AdjustmentProposed(id, of, from, to, command.Category, command.Reason, by, now);
        return rules.TwoPersons
            ? [proposed]
            : [proposed, new AdjustmentApproved(id, of, from, to, command.Category, command.Reason, by, by, now)];
    }

    public static Decision Approve(
        AdjustmentBook book,
        Guid id,
        TimeSpan window,
        AdjustmentRules rules,
        string by,
        DateTimeOffset now
    )
    {
        if (book.Find(id) is not { } one)
            return Unknown();
        if (one.State == AdjustmentState.Approved)
            return [];
        if (one.State == AdjustmentState.Revoked)
            return new Refusal("adjustment-revoked", "This was taken back. Propose the period again.");
        if (rules.TwoPersons && one.ProposedBy == by)
            return new Refusal("second-person-needed", $"{by} proposed this, so somebody else must approve it.");
        if (IsBeyondCap(book, new(one.From, one.To), window, rules) is { } beyond)
            return beyond;
        return
        [
            new AdjustmentApproved(id, book.Of, one.From, one.To, one.Category, one.Reason, one.ProposedBy, by, now),
        ];
    }

    public static Decision Revoke(AdjustmentBook book, Guid id, string reason, string by, DateTimeOffset now) =>
        book.Find(id) switch
        {
            null => Unknown(),
            { State: AdjustmentState.Revoked } => [],
            var one => [new AdjustmentRevoked(id, book.Of, one.From, one.To, one.Category, reason, by, now)],
        };

    /// <summary>The periods that are left out after these events; null when they change none.</summary>
    public static ExclusionsSet? Exclusions(AdjustmentBook? book, Decision decision, BudgetOf of, DateTimeOffset now)
    {
        if (!decision.Any(change => change is AdjustmentApproved or AdjustmentRevoked))
            return null;
        var after = decision.Aggregate(
            book ?? new AdjustmentBook { Of = of },
            (state, change) =>
                change switch
                {
                    AdjustmentProposed e => state.Apply(e),
                    AdjustmentApproved e => state.Apply(e),
                    AdjustmentRevoked e => state.Apply(e),
                    _ => state,
                }
        );
        return new ExclusionsSet(of, after.Excluded(), now);
    }

    private static Refusal? PeriodIsWrong(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        const string accepted =
            "Give whole minutes, a beginning before the end, an end that has passed, at most 400 days ago.";
        var wrong =
            from >= to
            || to > now
            || from < now - Oldest
            || from.UtcTicks % TimeSpan.TicksPerMinute != 0
            || to.UtcTicks % TimeSpan.TicksPerMinute != 0;
        return wrong ? new Refusal("period-invalid", $"This is no period that can be left out. {accepted}") : null;
    }

    private static Refusal? IsBeyondCap(AdjustmentBook? book, Interval more, TimeSpan window, AdjustmentRules rules)
    {
        IReadOnlyList<Interval> before = book?.Excluded() ?? [];
        var (now, then) = (before.MostWithin(window), before.Append(more).Union().MostWithin(window));
        var most = TimeSpan.FromTicks((long)(window.Ticks * rules.MostOfWindow));
        return then <= most
            ? null
            : new Refusal(
                "adjustment-cap",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"With this period {Minutes(then)} of a window of {window.TotalDays:0.##} days would be left out; {Minutes(most)} may be ({100 * rules.MostOfWindow:0.##} %), and {Minutes(now)} are already. Propose a shorter period, or revoke another."
                )
            );
    }

    private static string Minutes(TimeSpan length) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)length.TotalMinutes} min");

    public static Refusal Unknown() => new("adjustment-unknown", "There is no such adjustment of this objective.");
}
