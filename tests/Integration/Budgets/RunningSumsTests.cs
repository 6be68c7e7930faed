using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Sums that are kept running are what the tables say, at every moment, whoever wrote.</summary>
public sealed class RunningSumsTests : IAsyncLifetime
{
    private static readonly TimeSpan[] Lengths =
    [
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(3),
        TimeSpan.FromDays(30),
    ];

    private CountStore? opened;
    private long sequence;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CountStore Store => opened!;

    public async ValueTask InitializeAsync() =>
        opened = await CountStore.Open(TimeProvider.System.GetUtcNow().Down(Horizons.Slot));

    public async ValueTask DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task They_are_what_the_tables_say_while_time_goes_on_and_others_write_late()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await Send(random, TimeSpan.FromDays(31), 200);
        for (var tick = 0; tick < 150; tick++)
        {
            // Mostly ticks; sometimes a pause over an hour's edge, sometimes one that is too long to catch up with.
            var pause = random.Next(20) switch
            {
                0 => random.Next(60, 1500),
                1 => random.Next(3600, 5000),
                _ => 10,
            };
            Store.Clock.Advance(TimeSpan.FromMilliseconds(1000 * pause + random.Next(0, 3000)));
            if (tick % 40 == 39)
                await Store.Keeper.Keep(Stop);
            await Send(random, TimeSpan.FromMinutes(1), random.Next(0, 4));
            await Send(random, TimeSpan.FromDays(31), random.Next(0, 2));
            var asked = Asked();
            Assert.Equal(await Store.Sums.Sums(asked, Stop), await Store.Running.Sums(asked, Stop));
            string[] slis = ["a", "b", "never"];
            Assert.Equal(
                (await Store.Sums.Watermarks(slis, Stop)).OrderBy(one => one.Key),
                (await Store.Running.Watermarks(slis, Stop)).OrderBy(one => one.Key)
            );
        }

        Assert.Empty(await Store.Running.Audit(Stop));
    }

    [Fact]
    public async Task The_audit_finds_what_differs_tells_it_and_puts_it_right()
    {
        await Send(new Random(1), TimeSpan.FromHours(5), 50);
        var asked = Asked();
        await Store.Running.Sums(asked, Stop);
        var hour = await Store.Ask<DateTime>("select min(start) from budgets.count_hour where sli = 1");
        // Behind the back of the log of changes: nobody who keeps sums running can hear of it.
        await Store.Run($"update budgets.count_hour set good = good + 7 where sli = 1 and start = '{hour:O}'");

        var differed = await Store.Running.Audit(Stop);

        Assert.NotEmpty(differed);
        Assert.All(differed, one => Assert.Equal(one.Counted, one.Held + new Tally(7, 0)));
        Assert.Equal(await Store.Sums.Sums(asked, Stop), await Store.Running.Sums(asked, Stop));
        Assert.Empty(await Store.Running.Audit(Stop));
    }

    private IReadOnlyList<CountRange> Asked()
    {
        var month = new DateTimeOffset(Store.Now.Year, Store.Now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return
        [
            .. ((string[])["a", "b", "never"]).SelectMany(sli =>
                Lengths
                    .Select(length => new CountRange(sli, Store.Now - length, Store.Now))
                    .Append(new CountRange(sli, month, Store.Now))
            ),
        ];
    }

    // Another process: it has a table of its own and tells nobody.
    private async Task Send(Random random, TimeSpan ago, int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            var seconds = random.Next(8) == 0 ? 3600 : 10;
            var start = (Store.Now - random.NextDouble() * ago).Down(TimeSpan.FromSeconds(seconds));
            CountBucket[] buckets = [new(start, seconds, random.Next(0, 1000), random.Next(0, 9))];
            var counts = new SliCounts(random.Next(2) == 0 ? "a" : "b", buckets, null);
            await Store.Table.Flush("running", ++sequence, [counts], null, Store.Now, Stop);
        }
    }
}
