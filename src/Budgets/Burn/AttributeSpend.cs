using Steady.Contracts.Budgets;
using Steady.Kernel;

namespace Steady.Budgets.Burn;

/// <summary>An interval in which something spent budget, the team that answers for it, and its class.</summary>
public sealed record Cause(
    CauseKind Kind,
    Guid Id,
    string Label,
    DateTimeOffset From,
    DateTimeOffset To,
    string? Team = null,
    string? Class = null
);

/// <summary>A bucket with failures.</summary>
public readonly record struct FailedBucket(DateTimeOffset Start, int Seconds, long Bad);

/// <summary>Who spent the budget. Every failure has exactly one cause, or none, so the parts add up to the whole.</summary>
public static class Attribution
{
    private static readonly CauseKind[] Kinds = [CauseKind.Run, CauseKind.Incident, CauseKind.Deploy, CauseKind.Team];

    /// <summary>Causes as they come first: by their kind, then the one that began earlier.</summary>
    public static List<Cause> InOrder(IEnumerable<Cause> causes, IReadOnlyList<CauseKind>? kinds = null)
    {
        var ranks = (kinds ?? Kinds)
            .Select((kind, rank) => (kind, rank))
            .ToDictionary(one => one.kind, one => one.rank);
        return
        [
            .. causes
                .OrderBy(cause => ranks.GetValueOrDefault(cause.Kind, ranks.Count))
                .ThenBy(cause => cause.From)
                .ThenBy(cause => cause.Id),
        ];
    }

    /// <summary>
    /// A bucket that touches the interval of a cause belongs to it; among several a run comes before an incident (it
    /// did it on purpose, and an incident declared meanwhile is its consequence), then the one that began earlier.
    /// </summary>
    public static IReadOnlyList<SpendShare> Shares(
        IReadOnlyList<Cause> causes,
        IEnumerable<FailedBucket> buckets,
        Tally whole,
        Ratio mayFail,
        IReadOnlyList<CauseKind>? kinds = null
    )
    {
        var order = InOrder(causes, kinds);
        var bad = new long[order.Count];
        foreach (var bucket in buckets)
        {
            var first = order.FindIndex(cause => Touches(bucket, cause));
            if (first >= 0)
                bad[first] += bucket.Bad;
        }

        var shares = order.Select((cause, i) => Share(cause.Kind, cause.Id, cause.Label, bad[i]));
        return
        [
            .. shares
                .Append(Share(CauseKind.Unattributed, null, "Unattributed", whole.Bad - bad.Sum()))
                .Where(share => share.Bad != 0)
                .OrderByDescending(share => share.Bad),
        ];

        SpendShare Share(CauseKind kind, Guid? id, string label, long failures) =>
            new(kind, id, label, failures, whole.ShareOfBudget(failures, mayFail));
    }

    /// <summary>
    /// Makes parts of a ledger that was read a moment after its whole add up to it: failures that came in between are
    /// left to the next reading, the smallest parts first.
    /// </summary>
    public static IReadOnlyList<SpendShare> Fit(IReadOnlyList<SpendShare> parts, Tally whole, Ratio mayFail)
    {
        var over = parts.Sum(part => part.Bad) - whole.Bad;
        var fitted = new List<SpendShare>();
        foreach (var part in parts.OrderBy(part => part.Bad))
        {
            var cut = Math.Clamp(over, 0, part.Bad);
            over -= cut;
            fitted.Add(
                part with
                {
                    Bad = part.Bad - cut,
                    ShareOfBudget = whole.ShareOfBudget(part.Bad - cut, mayFail),
                }
            );
        }

        return [.. fitted.Where(part => part.Bad != 0).OrderByDescending(part => part.Bad)];
    }

    /// <summary>The buckets' failures that one cause answers for.</summary>
    public static long BadOf(Guid cause, IReadOnlyList<SpendShare> shares) =>
        shares.FirstOrDefault(share => share.CauseId == cause)?.Bad ?? 0;

    private static bool Touches(FailedBucket bucket, Cause cause) =>
        bucket.Start < cause.To && bucket.Start.AddSeconds(bucket.Seconds) > cause.From;
}

/// <summary>Puts the failures inside an interval down to its cause.</summary>
public static class Attributing
{
    /// <param name="budget">The budget.</param>
    /// <param name="cause">What spent. Told again with another interval it covers both.</param>
    /// <param name="buckets">Failed buckets of this cause and of the known ones.</param>
    /// <param name="whole">Tally of the objective's window.</param>
    /// <param name="now">When.</param>
    public static Decision Decide(
        Budget budget,
        Cause cause,
        IReadOnlyCollection<FailedBucket> buckets,
        Tally whole,
        DateTimeOffset now
    )
    {
        var known = budget.Causes.FirstOrDefault(other => other.Id == cause.Id);
        var wide = known is null
            ? cause
            : cause with
            {
                From = cause.From < known.From ? cause.From : known.From,
                To = cause.To > known.To ? cause.To : known.To,
            };
        if (wide == known)
            return [];
        var mayFail = BurnRates.MayFail(budget.Target);
        IReadOnlyList<Cause> causes = [.. budget.Causes.Where(other => other.Id != cause.Id), wide];
        var bad = Attribution.BadOf(cause.Id, Attribution.Shares(causes, buckets, whole, mayFail));
        return
        [
            new SpendAttributed(
                budget.Of,
                wide.Kind,
                wide.Id,
                wide.Label,
                wide.From,
                wide.To,
                bad,
                whole.ShareOfBudget(bad, mayFail),
                now
            ),
        ];
    }
}
