using Npgsql;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;

namespace Steady.Tests.Integration.Budgets;

/// <summary>
/// Batches of several sources as bad networks deliver them: each at least once, a third of them twice, in any order, some
/// days late, by several writers at once. Every level is compared with what was sent.
/// </summary>
public static class ShuffledBatches
{
    private const int Slis = 20;
    private const int Chunk = 20_000;
    private const int AtATime = 64;

    /// <summary>How many sums are wrong: each indicator's whole, and the hours and ten-second buckets of the last day.</summary>
    /// <param name="tables">The writers; each delivers several at a time, and again whatever was cut off.</param>
    /// <param name="sums">What is asked in the end.</param>
    /// <param name="now">The moment that counts are late by.</param>
    /// <param name="batches">How many.</param>
    /// <param name="seed">Which.</param>
    /// <param name="stop">Cancels.</param>
    public static async Task<int> Wrong(
        IReadOnlyList<CountTable> tables,
        CountSums sums,
        DateTimeOffset now,
        int batches,
        int seed,
        CancellationToken stop
    )
    {
        var random = new Random(seed);
        var sent = new Dictionary<(int Sli, DateTimeOffset Start), Tally>();
        for (var first = 0; first < batches; first += Chunk)
        {
            var deliveries = new List<(int Sequence, int Sli, CountBucket Bucket)>();
            for (var n = first; n < Math.Min(batches, first + Chunk); n++)
            {
                var (sli, bucket) = (random.Next(Slis), Bucket(random, now));
                var key = (sli, bucket.Start);
                sent[key] = sent.GetValueOrDefault(key) + new Tally(bucket.Good, bucket.Bad);
                for (var times = random.Next(3) == 0 ? 2 : 1; times > 0; times--)
                    deliveries.Add((n, sli, bucket));
            }

            var shuffled = deliveries.ToArray();
            random.Shuffle(shuffled);
            await Parallel.ForEachAsync(
                shuffled.Select((one, i) => (one, Table: tables[i % tables.Count])),
                new ParallelOptions { MaxDegreeOfParallelism = AtATime * tables.Count, CancellationToken = stop },
                async (to, _) => await Deliver(to.Table, to.one.Sequence, to.one.Sli, to.one.Bucket, now)
            );
        }

        return await Compare(sums, sent, now, stop);
    }

    private static CountBucket Bucket(Random random, DateTimeOffset now)
    {
        var ago = random.Next(10) == 0 ? random.Next(86_400, 20 * 86_400) : random.Next(10, 80_000);
        var start = (now - TimeSpan.FromSeconds(ago)).Down(Horizons.Slot);
        return new CountBucket(start, 10, random.Next(0, 1000), random.Next(0, 10));
    }

    // As a client does: what was not answered is sent again as it is, until it is.
    private static async Task Deliver(CountTable table, int sequence, int sli, CountBucket bucket, DateTimeOffset now)
    {
        var batch = CountBatch.From(new RecordCounts($"source-{sequence % 7}", sequence, [bucket]));
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    return (await table.Add($"shuffled-{sli}", batch, now, null)).Fate != BatchFate.Differs;
                }
                catch (Exception e) when (e is NpgsqlException or TimeoutException)
                {
                    return false;
                }
            },
            $"batch {sequence} being taken",
            TimeSpan.FromMinutes(2)
        );
    }

    private static async Task<int> Compare(
        CountSums sums,
        Dictionary<(int Sli, DateTimeOffset Start), Tally> sent,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var hour = now.Down(Horizons.Hour);
        var fine = sent.Keys.Where(key => key.Start > now.AddHours(-22)).Take(2_000);
        List<(int Sli, DateTimeOffset Since, DateTimeOffset Until)> asked =
        [
            .. Enumerable.Range(0, Slis).Select(sli => (sli, now.AddDays(-30), now)),
            .. Enumerable
                .Range(0, Slis)
                .SelectMany(sli =>
                    Enumerable.Range(1, 24 * 20).Select(h => (sli, hour.AddHours(-h), hour.AddHours(1 - h)))
                ),
            .. fine.Select(key => (key.Sli, key.Start, key.Start + Horizons.Slot)),
        ];
        var expected = asked.ToDictionary(one => one, _ => default(Tally));
        foreach (var ((sli, start), tally) in sent)
        {
            Add((sli, now.AddDays(-30), now));
            Add((sli, start.Down(Horizons.Hour), start.Down(Horizons.Hour) + Horizons.Hour));
            Add((sli, start, start + Horizons.Slot));

            void Add((int, DateTimeOffset, DateTimeOffset) range)
            {
                if (expected.TryGetValue(range, out var sum))
                    expected[range] = sum + tally;
            }
        }

        var counted = await Answered(sums, asked, stop);
        return asked.Where((one, i) => expected[one] != counted[i]).Count();
    }

    // The server may have crashed since the last question: then its old sessions are of no use, and new ones are.
    private static async Task<IReadOnlyList<Tally>> Answered(
        CountSums sums,
        List<(int Sli, DateTimeOffset Since, DateTimeOffset Until)> asked,
        CancellationToken stop
    )
    {
        while (true)
        {
            try
            {
                return await sums.Sums(
                    [.. asked.Select(one => new CountRange($"shuffled-{one.Sli}", one.Since, one.Until))],
                    stop
                );
            }
            catch (NpgsqlException e) when (e.IsTransient)
            {
                NpgsqlConnection.ClearAllPools();
            }
        }
    }
}
