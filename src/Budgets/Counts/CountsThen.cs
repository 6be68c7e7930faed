using Steady.Budgets.Burn;

namespace Steady.Budgets.Counts;

/// <summary>
/// Counts as they were known at a moment: by whole minutes, and without what came later. How far an indicator had been
/// counted is not kept, so nothing is said of it.
/// </summary>
internal sealed class CountsThen(CountSums counts, DateTimeOffset moment) : ICountReader
{
    public Task<IReadOnlyList<Tally>> Sums(
        IReadOnlyList<CountRange> ranges,
        CancellationToken stop,
        DateTimeOffset? asOf = null
    ) => counts.Sums(ranges, stop, moment);

    public Task<IReadOnlyList<(DateTimeOffset Start, Tally Tally)>> Slices(
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        int seconds,
        CancellationToken stop,
        DateTimeOffset? asOf = null
    ) => counts.Slices(sli, since, until, seconds, stop, moment);

    public async Task<IReadOnlyList<FailedBucket>> Failed(
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        IReadOnlyList<Cause> causes,
        CancellationToken stop
    )
    {
        if (causes.Count == 0)
            return [];
        var minutes = await counts.Slices(sli, since, until, 60, stop, moment);
        return
        [
            .. minutes
                .Where(one => one.Tally.Bad > 0)
                .Select(one => new FailedBucket(one.Start, 60, one.Tally.Bad))
                .Where(bucket =>
                    causes.Any(cause => bucket.Start < cause.To && bucket.Start.AddSeconds(60) > cause.From)
                ),
        ];
    }

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> Watermarks(
        IReadOnlyCollection<string> wanted,
        CancellationToken stop
    ) => Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(new Dictionary<string, DateTimeOffset>());
}
