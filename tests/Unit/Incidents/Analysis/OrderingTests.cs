using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Analysis;
using Xunit;
using static Steady.Tests.Unit.Incidents.Analysis.Told;

namespace Steady.Tests.Unit.Incidents.Analysis;

public sealed class OrderingTests
{
    [Fact]
    public void What_surely_happened_earlier_stands_first_whenever_it_was_recorded()
    {
        var order = Ordering.Of([Entry(1, 5, "symptom", "Later"), Entry(2, 1, "symptom", "Earlier")]);
        Assert.Equal([Id(2), Id(1)], order.Select(one => one.Entry.Id));
        Assert.Equal([OrderBasis.First, OrderBasis.Time], order.Select(one => one.Basis));
        Assert.DoesNotContain(order, one => one.OrderUnknown);
    }

    [Fact]
    public void What_may_have_happened_at_once_stands_as_it_was_recorded_and_says_that_nobody_knows()
    {
        var order = Ordering.Of([
            Entry(2, 6, "symptom", "Exactly"),
            Entry(1, 10, "symptom", "Around") with
            {
                Precision = EntryPrecision.Approx,
                OccurredUntil = At(15),
            },
        ]);
        Assert.Equal([Id(1), Id(2)], order.Select(one => one.Entry.Id));
        Assert.True(order[1].OrderUnknown);
    }

    [Fact]
    public void A_minute_ends_where_the_next_begins()
    {
        var order = Ordering.Of([
            Entry(2, 0, "symptom", "The minute before") with
            {
                Precision = EntryPrecision.Minute,
                OccurredUntil = At(1),
            },
            Entry(1, 1, "symptom", "The minute after") with
            {
                Precision = EntryPrecision.Minute,
                OccurredUntil = At(2),
            },
        ]);
        Assert.Equal([OrderBasis.First, OrderBasis.Time], order.Select(one => one.Basis));
        Assert.Equal(Id(2), order[0].Entry.Id);
    }

    [Fact]
    public void A_cause_stands_before_its_effect_also_against_the_clock_and_says_so()
    {
        var order = Ordering.Of([
            Entry(1, 1, "symptom", "Effect", causes: 3),
            Entry(2, 2, "symptom", "Between"),
            Entry(3, 3, "deploy", "Cause"),
        ]);
        Assert.Equal([Id(2), Id(3), Id(1)], order.Select(one => one.Entry.Id));
        Assert.True(order[2].AgainstClock);
        Assert.Equal(OrderBasis.Cause, order[2].Basis);
    }

    [Fact]
    public void What_a_source_numbers_itself_stands_in_that_order()
    {
        TimelineEntry Numbered(int number, string sequence) =>
            Entry(number, 0, "symptom", sequence) with
            {
                Labels = new Dictionary<string, string> { ["sequence"] = sequence },
            };
        var order = Ordering.Of([Numbered(1, "12"), Numbered(2, "9"), Numbered(3, "100")]);
        Assert.Equal(["9", "12", "100"], order.Select(one => one.Entry.Text));
        Assert.Equal([OrderBasis.First, OrderBasis.Sequence, OrderBasis.Sequence], order.Select(one => one.Basis));
    }

    [Fact]
    public void Causes_in_a_circle_are_left_to_the_clock()
    {
        var order = Ordering.Of([
            Entry(1, 1, "symptom", "One", causes: 2),
            Entry(2, 2, "symptom", "Two", causes: 1),
            Entry(3, 0, "symptom", "Zero"),
        ]);
        Assert.Equal([Id(3), Id(1), Id(2)], order.Select(one => one.Entry.Id));
    }

    [Fact]
    public void The_lag_of_a_source_widens_its_moments_and_moves_none()
    {
        var gateway = Entry(1, 0, "alert", "Fires", "gateway") with { RecordedAt = Noon.AddSeconds(5.008) };
        var lags = Lags.Of([
            gateway,
            Entry(2, 1, "alert", "Later", "gateway") with
            {
                RecordedAt = At(1).AddSeconds(7),
            },
        ]);
        Assert.Equal(new Interval(Noon, Noon.AddSeconds(5.008)), lags.Of(gateway));
        var view = Assert.Single(lags.View());
        Assert.Equal((5.008m, 5.008m, 2), (view.LowestSeconds, view.WidenedSeconds, view.Entries));
        // What was written down an hour later says nothing of a clock.
        Assert.Equal(0, Lags.Of([Entry(3, 0, "note", "Later")]).View()[0].WidenedSeconds);
    }

    [Fact]
    public void The_same_entries_give_the_same_order_however_they_come_in() =>
        Story
            .Select(entries => (entries, Gen.Shuffle(entries)))
            .SelectMany(pair => pair.Item2.Select(shuffled => (pair.entries, shuffled)))
            .Sample(pair =>
                Ordering.Of(pair.entries).Select(Print).SequenceEqual(Ordering.Of(pair.shuffled).Select(Print))
            );

    [Fact]
    public void Nothing_is_lost_no_cause_follows_its_effect_and_no_clock_is_broken_without_one() =>
        Story.Sample(entries =>
        {
            var lags = Lags.Of(entries);
            var order = Ordering.Of(entries, lags);
            Assert.Equal(entries.Length, order.Select(one => one.Entry.Id).Distinct().Count());
            var at = order.Select((one, i) => (one.Entry.Id, i)).ToDictionary(one => one.Id, one => one.i);
            foreach (var one in order)
            {
                foreach (var cause in one.Entry.Causes ?? [])
                    Assert.True(at[cause] < at[one.Entry.Id]);
            }

            if (entries.All(one => one.Causes is null))
                for (var i = 0; i < order.Count; i++)
                for (var j = i + 1; j < order.Count; j++)
                    Assert.False(lags.Of(order[j].Entry).IsSurelyBefore(lags.Of(order[i].Entry)));
        });

    // Causes name earlier numbers only, so that there are no circles.
    private static readonly Gen<TimelineEntry[]> Story = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 6], Gen.Int[0, 9])
        .Array[1, 25]
        .Select(drawn =>
            drawn
                .Select(
                    (one, i) =>
                        Entry(
                            i + 1,
                            one.Item1,
                            "symptom",
                            $"{i}",
                            $"source-{one.Item1 % 3}",
                            causes: one.Item3 == 0 && i > 0 ? [1 + one.Item1 % i] : []
                        ) with
                        {
                            OccurredUntil = At(one.Item1 + one.Item2),
                        }
                )
                .ToArray()
        );

    private static string Print(OrderedEntry one) =>
        $"{one.Entry.Id} {one.Basis} {one.OrderUnknown} {one.AgainstClock}";
}
