using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Counts are kept by ten seconds, then by the minute, by the hour and by the day, and every sum stays exact.</summary>
public sealed class LevelTests : IAsyncLifetime
{
    private CountStore? opened;
    private static readonly TimeSpan Grace = new CountPolicy().Grace;
    private readonly List<(CountBucket Bucket, DateTimeOffset RecordedAt)> sent = [];
    private long sequence;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CountStore Store => opened!;

    private CountSums Sums => Store.Sums;

    public async ValueTask InitializeAsync() =>
        opened = await CountStore.Open(TimeProvider.System.GetUtcNow().Down(Horizons.Slot));

    public async ValueTask DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task Sums_are_exact_while_hours_are_sealed_counts_come_late_and_what_was_known_stays_known()
    {
        var random = new Random(Seeded());
        var asked = new List<(CountRange Range, DateTimeOffset AsOf, Tally Answer)>();
        for (var round = 0; round < 12; round++)
        {
            for (var i = 0; i < 12; i++)
                await Send(random);
            // A day in the middle, so that hours are old enough to be sealed whatever is drawn.
            var pause = TimeSpan.FromSeconds(random.Next(60, 6 * 3600));
            Store.Clock.Advance(round == 5 ? pause + Horizons.Day : pause);
            await Keep();
            for (var i = 0; i < 12; i++)
                await Compare(random, asked);
        }

        foreach (var (range, asOf, answer) in asked)
            Assert.Equal(answer, (await Sums.Sums([range], Stop, asOf))[0]);
        Assert.True(await Rows("count_sealed") > 10, "Nothing was sealed, so nothing was tested.");
        Assert.True(await Rows("count_correction where sealed") > 10, "Nothing came late, so nothing was tested.");
    }

    [Fact]
    public async Task Slices_of_sealed_and_of_fresh_hours_are_the_sums_of_their_buckets()
    {
        const string sli = "slices";
        var start = Store.Now.Down(Horizons.Hour) - TimeSpan.FromHours(30);
        for (var i = 0; i < 40; i++)
            await Count(sli, new CountBucket(start.AddMinutes(50 * i), 60, i, 1));
        await Keep();
        await Count(sli, new CountBucket(start.AddMinutes(50), 10, 1000, 0));

        var slices = await Sums.Slices(sli, start, start.AddHours(48), 7200, Stop);
        var expected = Enumerable
            .Range(0, 40)
            .Select(i => (Slice: 50 * i / 120, Tally: new Tally(i == 1 ? 1001 : i, 1)))
            .GroupBy(one => one.Slice)
            .Select(one => (start.AddHours(2 * one.Key), one.Aggregate(default(Tally), (sum, x) => sum + x.Tally)));
        Assert.Equal(expected, slices);
    }

    [Fact]
    public async Task Fine_levels_leave_by_dropping_parts_and_a_known_batch_is_known_for_two_weeks()
    {
        const string sli = "parts";
        var batch = CountBatch.From(new RecordCounts("parts", 1, [new(Store.Now.Down(Horizons.Slot), 10, 5, 0)]));
        var since = Store.Now.AddDays(-1);
        Assert.Equal(BatchFate.Added, await Add());
        Store.Clock.Advance(TimeSpan.FromDays(3));
        await Keep();
        await OnlySince("count_ten", TimeSpan.FromDays(3));
        await OnlySince("count_minute", TimeSpan.FromDays(3));
        Assert.Equal(BatchFate.Duplicate, await Add());
        Assert.Equal(new Tally(5, 0), (await Sums.Sums([new(sli, since, Store.Now)], Stop))[0]);

        Store.Clock.Advance(TimeSpan.FromDays(12));
        await Keep();
        await OnlySince("count_ledger", TimeSpan.FromDays(15));
        await OnlySince("count_change", TimeSpan.FromHours(3));

        async Task<BatchFate> Add() => (await Store.Table.Add(sli, batch, Store.Now, null)).Fate;
    }

    private async Task Send(Random random)
    {
        var length = random.Next(4) switch
        {
            0 => 60,
            1 => 3600,
            _ => 10,
        };
        var ago = random.Next(3) switch
        {
            0 => TimeSpan.FromSeconds(random.Next(0, 120)),
            1 => TimeSpan.FromHours(random.Next(0, 26)),
            _ => TimeSpan.FromHours(random.Next(24, 24 * 20)) + TimeSpan.FromSeconds(random.Next(0, 3600)),
        };
        var start = (Store.Now - ago).Down(TimeSpan.FromSeconds(length));
        await Count("levels", new CountBucket(start, length, random.Next(0, 1000), random.Next(0, 10)));
    }

    private async Task Count(string sli, CountBucket bucket)
    {
        sent.Add((bucket, Store.Now));
        await Store.Table.Flush("levels", ++sequence, [new SliCounts(sli, [bucket], null)], null, Store.Now, Stop);
    }

    private async Task Compare(Random random, List<(CountRange, DateTimeOffset, Tally)> asked)
    {
        var until = Store.Now - TimeSpan.FromSeconds(random.Next(0, 40 * 3600));
        var range = new CountRange("levels", until - TimeSpan.FromSeconds(random.Next(0, 25 * 86400)), until);
        var (from, to) = (Edge(range.Since), Edge(range.Until));
        Assert.Equal(Naive(from, to, DateTimeOffset.MaxValue), (await Sums.Sums([range], Stop))[0]);

        // As of a moment: in whole minutes, and without what was recorded later.
        var asOf = until.Down(Horizons.Minute);
        if (asOf > Store.Now - TimeSpan.FromMinutes(5))
            return;
        var then = range with { Until = asOf };
        var answer = (await Sums.Sums([then], Stop, asOf))[0];
        Assert.Equal(Naive(then.Since.Up(Horizons.Minute), asOf, asOf + Grace), answer);
        asked.Add((then, asOf, answer));
    }

    private DateTimeOffset Edge(DateTimeOffset t) => Horizons.Edge(t, Store.Now, new CountPolicy());

    private Tally Naive(DateTimeOffset since, DateTimeOffset until, DateTimeOffset known) =>
        sent.Where(one =>
                one.Bucket.Start >= since
                && one.Bucket.Start < until
                && (
                    one.RecordedAt <= known
                    || one.RecordedAt <= one.Bucket.Start.Down(Horizons.Minute) + Horizons.Minute + Grace
                )
            )
            .Aggregate(new Tally(0, 0), (sum, one) => sum + new Tally(one.Bucket.Good, one.Bucket.Bad));

    private Task Keep() => Store.Keeper.Keep(Stop);

    private Task<long> Rows(string table) => Store.Ask<long>($"select count(*) from budgets.{table}");

    private async Task OnlySince(string table, TimeSpan age) =>
        Assert.All(
            await Parts(table),
            start => Assert.True(start >= Store.Now - age, $"{table} has a part of {start:O}")
        );

    private async Task<IReadOnlyList<DateTimeOffset>> Parts(string table)
    {
        await using var find = Store.Database.CreateCommand(
            $"select right(inhrelid::regclass::text, 10) from pg_inherits where inhparent = 'budgets.{table}'::regclass"
        );
        var parts = new List<DateTimeOffset>();
        await using var rows = await find.ExecuteReaderAsync(Stop);
        while (await rows.ReadAsync(Stop))
            parts.Add(DateTimeOffset.ParseExact(rows.GetString(0) + "Z", "yyyyMMddHHK", null));
        return parts;
    }

    private static int Seeded()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return seed;
    }
}
