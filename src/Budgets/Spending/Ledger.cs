using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Spending;

/// <summary>A part of the failures of one bucket, and who answers for it.</summary>
public sealed record SpendLine(
    DateTimeOffset Start,
    CauseKind Kind,
    Guid? CauseId,
    string Label,
    string? Team,
    string Class,
    long Bad
);

/// <summary>What a whole is made of.</summary>
public sealed record SpendSplit(long Background, IReadOnlyList<long> Causes, long Unattributed);

/// <summary>
/// Who spent what, bucket by bucket. Of each bucket the failures that the background rate expects are taken off first; the
/// rest belongs to the first cause that the bucket touches, or to nobody. So the parts always add up to the whole. Pure.
/// </summary>
public static class Ledger
{
    /// <summary>Takes the expected failures off first, then what each cause has, in order, never more than is left.</summary>
    public static SpendSplit Split(long bad, long expected, IReadOnlyList<long> causes)
    {
        var background = Math.Min(bad, expected);
        var left = bad - background;
        var parts = new long[causes.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Math.Min(causes[i], left);
            left -= parts[i];
        }

        return new(background, parts, left);
    }

    /// <summary>Whole failures that a rate expects among so many events, rounded down.</summary>
    public static long Expected(decimal rate, Int128 events)
    {
        var ratio = Ratio.Of(rate);
        return (long)(events * ratio.Numerator / ratio.Denominator);
    }

    /// <param name="buckets">In order of time; with a background rate from the beginning of a day (UTC) on.</param>
    /// <param name="causes">In any order.</param>
    /// <param name="terms">Background rate and order of the kinds.</param>
    public static IEnumerable<SpendLine> Of(
        IEnumerable<CountBucket> buckets,
        IReadOnlyList<Cause> causes,
        TuneAttribution terms
    )
    {
        var ordered = Attribution.InOrder(causes, terms.Order ?? ServiceProfile.Order);
        var (day, events) = (default(DateTime), (Int128)0);
        foreach (var bucket in buckets)
        {
            // The expectation grows over the day, so that its fractions are not lost minute by minute; what is expected
            // of a minute follows from its day alone, whatever stretch is asked for.
            if (bucket.Start.UtcDateTime.Date is var date && date != day)
                (day, events) = (date, 0);
            var before = Expected(terms.BackgroundRate, events);
            events += (Int128)bucket.Good + bucket.Bad;
            if (bucket.Bad == 0)
                continue;
            var first = ordered.FirstOrDefault(cause => Touches(bucket, cause));
            var split = Split(
                bucket.Bad,
                Expected(terms.BackgroundRate, events) - before,
                first is null ? [] : [bucket.Bad]
            );
            foreach (var line in Lines(bucket.Start, split, first))
                yield return line;
        }
    }

    private static IEnumerable<SpendLine> Lines(DateTimeOffset start, SpendSplit split, Cause? first)
    {
        if (split.Background > 0)
            yield return new(start, CauseKind.Background, null, "Background", null, "background", split.Background);
        if (first is not null && split.Causes[0] > 0)
            yield return new(
                start,
                first.Kind,
                first.Id,
                first.Label,
                first.Team,
                first.Class ?? ClassOf(first.Kind),
                split.Causes[0]
            );
        if (split.Unattributed > 0)
            yield return new(
                start,
                CauseKind.Unattributed,
                null,
                "Unattributed",
                null,
                "unattributed",
                split.Unattributed
            );
    }

    private static string ClassOf(CauseKind kind) =>
        kind == CauseKind.Run ? "experiment" : $"{kind}".ToLowerInvariant();

    private static bool Touches(CountBucket bucket, Cause cause) =>
        bucket.Start < cause.To && bucket.Start.AddSeconds(bucket.Seconds) > cause.From;
}

/// <summary>A ledger, added up for people. Pure.</summary>
public static class SpendReports
{
    public static IReadOnlyList<SpendPart> Parts(IEnumerable<SpendLine> lines, SpendBy by, Tally whole, Ratio mayFail)
    {
        var parts = lines
            .Select(line => by == SpendBy.Team ? OfTeam(line) : line)
            .GroupBy(line =>
                (line.Kind, line.CauseId, line.Label, line.Team, Minute: by == SpendBy.Minute ? MinuteOf(line) : null)
            )
            .Select(same => (same.Key, Bad: same.Sum(line => line.Bad)))
            .Select(part => new SpendPart(
                part.Key.Kind,
                part.Key.CauseId,
                part.Key.Label,
                part.Key.Team,
                part.Bad,
                whole.ShareOfBudget(part.Bad, mayFail),
                part.Key.Minute
            ));
        return [.. parts.OrderBy(part => part.Minute).ThenByDescending(part => part.Bad).ThenBy(part => part.Label)];
    }

    private static DateTimeOffset? MinuteOf(SpendLine line) =>
        new DateTimeOffset(line.Start.UtcTicks - line.Start.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    // Background and what nobody answers for stay what they are, and are always shown.
    private static SpendLine OfTeam(SpendLine line) =>
        line.Kind is CauseKind.Background or CauseKind.Unattributed
            ? line
            : line with
            {
                Kind = CauseKind.Team,
                CauseId = null,
                Label = line.Team ?? "No team is known",
            };
}
