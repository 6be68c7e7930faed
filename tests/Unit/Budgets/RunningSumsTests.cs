using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

/// <summary>Sums that move with their windows are what is counted anew, also where windows meet and one becomes what another was.</summary>
public sealed class RunningSumsTests
{
    private const long Month = 10 * RunningSums.SlotsPerHour;

    private readonly Dictionary<long, Tally> counts = [];
    private readonly RunningSums sums = new();

    [Fact]
    public void A_window_that_rolls_over_the_beginning_of_a_month_is_not_taken_for_that_of_the_month()
    {
        Count(Month + 3, new Tally(7, 1));
        Ask(Month + 400, (Month, Month + 400));
        // A pause: the month's window is moved, the other one is read, and now that one is nearer to the month's.
        Ask(Month + 450, (Month + 20, Month + 450), (Month, Month + 450));
    }

    [Fact]
    public void They_are_what_is_counted_anew()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        long[] lengths = [30, 180, 360, 420, 480, 540, 600, 2160];
        for (var (now, tick) = (Month - 700, 0); tick < 2_000; tick++)
        {
            now += random.Next(3) == 0 ? random.Next(20, 90) : random.Next(1, 4);
            for (var late = random.Next(3); late > 0; late--)
                Count(now - 1 - random.Next(2_200), new Tally(random.Next(100), random.Next(9)));
            // A calendar that begins anew more often than a month does.
            var begin = now / 700 * 700;
            Ask(now, [.. lengths.Select(length => (Minute(now - length), now)), (begin, now)]);
        }
    }

    // Windows that reach back far begin at a minute.
    private static long Minute(long slot) => slot / 6 * 6;

    private void Count(long slot, Tally tally)
    {
        counts[slot] = counts.GetValueOrDefault(slot) + tally;
        sums.Apply(slot, tally);
    }

    private void Ask(long now, params (long Since, long Until)[] asked)
    {
        var near = asked.Select(one => sums.Near(one.Since, one.Until)).ToArray();
        foreach (var (window, one) in near.Zip(asked).Where(pair => pair.First is not null))
        foreach (var hour in sums.Missing(window!, one.Since, one.Until).ToList())
            sums.Know(hour, Hour(hour));
        var windows = near.Zip(asked, (window, one) => window ?? Keep(one.Since, one.Until, now)).ToArray();
        foreach (var (window, one) in windows.Zip(asked))
            Assert.Equal(Counted(one.Since, one.Until), sums.Move(window, one.Since, one.Until, now));
        sums.Forget(now - 100);
    }

    private RunningSums.Window Keep(long since, long until, long now) =>
        sums.Keep(since, until, Counted(since, until), now);

    private Tally[] Hour(long hour) =>
        [
            .. Enumerable
                .Range(0, RunningSums.SlotsPerHour)
                .Select(slot => counts.GetValueOrDefault(hour * RunningSums.SlotsPerHour + slot)),
        ];

    private Tally Counted(long since, long until) =>
        counts
            .Where(one => since <= one.Key && one.Key < until)
            .Aggregate(default(Tally), (sum, one) => sum + one.Value);
}
