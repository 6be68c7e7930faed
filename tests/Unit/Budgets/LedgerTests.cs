using System.Globalization;
using CsCheck;
using Steady.Budgets.Burn;
using Steady.Budgets.Spending;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class LedgerTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly TuneAttribution NoBackground = new();
    private static readonly Cause Deployed = Of(CauseKind.Deploy, "1.4.2", 0, 60) with { Team = "payments" };
    private static readonly Cause Incident = Of(CauseKind.Incident, "Disk full", 10, 40);
    private static readonly Cause Run = Of(CauseKind.Run, "Ledger is slow", 20, 30);
    private static readonly Cause Claimed = Of(CauseKind.Team, "databases: Move", 0, 120) with { Team = "databases" };

    // Expected failures come first, then what each cause has, and the rest is nobody's.
    [Theory]
    [MemberData(nameof(Vectors.Of), "attribution", MemberType = typeof(Vectors))]
    public void The_published_split_is_ours(string id)
    {
        var (input, expected) = Vectors.Get(id);
        var causes = input.GetProperty("causes").EnumerateArray().ToList();
        var split = Ledger.Split(
            (long)input.Number("bad"),
            Ledger.Expected(input.Number("background_rate"), (long)input.Number("requests")),
            [.. causes.Select(cause => (long)cause.Number("bad"))]
        );
        Assert.Equal((long)expected.Number("background"), split.Background);
        Assert.Equal((long)expected.Number("unattributed"), split.Unattributed);
        Assert.Equal(causes.Select(cause => (long)expected.Number(cause.Text("id"))), split.Causes);
    }

    [Fact]
    public void Nobody_gets_more_than_is_left()
    {
        var split = Ledger.Split(100, 30, [50, 40, 10]);
        Assert.Equal((30L, 0L), (split.Background, split.Unattributed));
        Assert.Equal([50L, 20L, 0L], split.Causes);
        Assert.Equal(100, Ledger.Split(100, 500, [10]).Background);
    }

    [Fact]
    public void What_was_meant_comes_before_what_was_looked_at_and_that_before_what_was_near()
    {
        Assert.Equal(
            ["1.4.2", "Disk full", "Ledger is slow", "Disk full", "1.4.2", "databases: Move", "Unattributed"],
            Labels([0, 10, 20, 30, 50, 70, 130], NoBackground)
        );
        var deploysFirst = NoBackground with
        {
            Order = [CauseKind.Deploy, CauseKind.Run, CauseKind.Incident, CauseKind.Team],
        };
        Assert.Equal(["1.4.2", "1.4.2"], Labels([10, 20], deploysFirst));
    }

    [Fact]
    public void Of_each_bucket_the_background_is_taken_off_first()
    {
        // 0.2 % of 1,000 events a minute: 2 expected failures each.
        var lines = Ledger.Of(
            [Bucket(0, 990, 10), Bucket(1, 1_000, 0), Bucket(2, 999, 1)],
            [Deployed],
            new(BackgroundRate: 0.002m)
        );
        Assert.Equal(
            [(0, "Background", 2L), (0, "1.4.2", 8L), (2, "Background", 1L)],
            lines.Select(line => ((int)(line.Start - Ten).TotalMinutes, line.Label, line.Bad))
        );
    }

    [Fact]
    public void Fractions_of_the_background_are_not_lost_minute_by_minute()
    {
        var buckets = Enumerable.Range(0, 100).Select(minute => Bucket(minute, 999, 1));
        var background = Ledger
            .Of(buckets, [], new(BackgroundRate: 0.0001m))
            .Where(line => line.Kind == CauseKind.Background)
            .Sum(line => line.Bad);
        Assert.Equal(10, background);
    }

    [Fact]
    public void The_parts_of_every_bucket_add_up_whatever_causes_there_are() =>
        Gen.Select(Causes, Buckets, Rate, Order)
            .Sample(
                (causes, buckets, rate, order) =>
                {
                    var lines = Ledger.Of(buckets, causes, new(rate, Order: order)).ToList();
                    return lines.All(line => line.Bad > 0)
                        && buckets
                            .GroupBy(bucket => bucket.Start)
                            .All(same =>
                                same.Sum(bucket => bucket.Bad)
                                == lines.Where(line => line.Start == same.Key).Sum(line => line.Bad)
                            );
                },
                iter: 5_000
            );

    [Fact]
    public void Every_report_adds_up_to_the_same_whole_and_two_halves_to_their_sum() =>
        Gen.Select(Causes, Buckets, Rate, Gen.Int[0, 200])
            .Sample(
                (causes, buckets, rate, cut) =>
                {
                    var whole = new Tally(buckets.Sum(bucket => bucket.Good), buckets.Sum(bucket => bucket.Bad));
                    var lines = Ledger.Of(buckets, causes, new(rate)).ToList();
                    var border = Ten.AddMinutes(cut);
                    var sums = new[] { SpendBy.Cause, SpendBy.Team, SpendBy.Minute }.Select(by =>
                        Sum(lines, by, whole)
                    );
                    var halves =
                        Sum([.. lines.Where(line => line.Start < border)], SpendBy.Cause, whole)
                        + Sum([.. lines.Where(line => line.Start >= border)], SpendBy.Cause, whole);
                    return sums.All(sum => sum == whole.Bad) && halves == whole.Bad;
                },
                iter: 3_000
            );

    [Fact]
    public void A_report_by_team_keeps_the_background_and_what_nobody_answers_for()
    {
        var lines = Ledger.Of(
            [Bucket(0, 990, 10), Bucket(15, 995, 5), Bucket(130, 996, 4)],
            [Deployed, Incident, Claimed],
            new(BackgroundRate: 0.001m)
        );
        Assert.Equal(
            [
                (CauseKind.Team, "payments", 9L),
                (CauseKind.Team, "No team is known", 4L),
                (CauseKind.Background, "Background", 3L),
                (CauseKind.Unattributed, "Unattributed", 3L),
            ],
            SpendReports
                .Parts(lines, SpendBy.Team, new(2_981, 19), BurnRates.MayFail(0.999m))
                .Select(part => (part.Kind, part.Label, part.Bad))
        );
    }

    [Fact]
    public void A_report_by_minute_is_in_order_and_joins_the_buckets_of_a_minute()
    {
        CountBucket[] buckets = [new(Ten, 10, 0, 3), new(Ten.AddSeconds(50), 10, 0, 4), Bucket(1, 0, 9)];
        var parts = SpendReports.Parts(
            Ledger.Of(buckets, [Deployed], NoBackground),
            SpendBy.Minute,
            new(0, 16),
            BurnRates.MayFail(0.5m)
        );
        Assert.Equal([(Ten, 7L), (Ten.AddMinutes(1), 9L)], parts.Select(part => (part.Minute!.Value, part.Bad)));
        Assert.Equal(0.875m, parts[0].ShareOfBudget);
    }

    private static Gen<Cause[]> Causes =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 200], Gen.Int[0, 60], Gen.Int[1, 1_000_000])
            .Select(
                (kind, from, length, id) =>
                    Of(ServiceProfile.Order[kind], id.ToString(CultureInfo.InvariantCulture), from, from + length)
            )
            .Array[0, 8];

    private static Gen<CountBucket[]> Buckets =>
        Gen.Select(Gen.Int[0, 1_200], Gen.Bool, Gen.Long[0, 5_000], Gen.Long[0, 50])
            .Select((slot, fine, good, bad) => new CountBucket(Ten.AddSeconds(10 * slot), fine ? 10 : 60, good, bad))
            .Array[0, 60]
            .Select(buckets => buckets.OrderBy(bucket => bucket.Start).ToArray());

    private static Gen<decimal> Rate => Gen.Int[0, 2_000].Select(millionths => millionths / 1_000_000m);

    private static Gen<CauseKind[]> Order => Gen.Shuffle(ServiceProfile.Order.ToArray());

    private static long Sum(IReadOnlyList<SpendLine> lines, SpendBy by, Tally whole) =>
        SpendReports.Parts(lines, by, whole, BurnRates.MayFail(0.999m)).Sum(part => part.Bad);

    private static IEnumerable<string> Labels(int[] minutes, TuneAttribution terms) =>
        Ledger
            .Of([.. minutes.Select(minute => Bucket(minute, 0, 1))], [Claimed, Deployed, Incident, Run], terms)
            .Select(line => line.Label);

    private static Cause Of(CauseKind kind, string label, int from, int to) =>
        new(kind, StableId.From(label), label, Ten.AddMinutes(from), Ten.AddMinutes(to));

    private static CountBucket Bucket(int minute, long good, long bad) => new(Ten.AddMinutes(minute), 60, good, bad);
}
