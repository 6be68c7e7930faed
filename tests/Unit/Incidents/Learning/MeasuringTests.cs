using System.Text.Json;
using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.Learning;
using Steady.Incidents.Response;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Learning;

/// <summary>How long things took.</summary>
public sealed class MeasuringTests
{
    [Fact]
    public void A_figure_needs_both_its_moments()
    {
        var figures = Figures(null, (IncidentMoment.ImpactStarted, At(0)), (IncidentMoment.Detected, At(3)));
        Assert.Equal((FigureState.Valid, 180L), Of(figures, MeasureName.TimeToDetect));
        Assert.Equal((FigureState.Missing, null), Of(figures, MeasureName.TimeToResolve));
        Assert.Equal(6, figures.Count);
    }

    [Fact]
    public void What_ends_before_it_begins_is_invalid_and_counts_nowhere()
    {
        var figures = Figures(null, (IncidentMoment.ImpactStarted, At(3)), (IncidentMoment.Detected, At(0)));
        Assert.Equal((FigureState.Invalid, null), Of(figures, MeasureName.TimeToDetect));
        var measure = Measuring.Across(
            MeasureName.TimeToDetect,
            [figures.Single(one => one.Kind == MeasureName.TimeToDetect)]
        );
        Assert.Equal((0, 1, null), (measure.N, measure.Invalid, measure.P50Seconds));
    }

    // At 0 it begins, at 3 min it is detected, at 60 min it is published, at 90 min somebody says that it began earlier.
    [Fact]
    public void What_was_corrected_after_it_was_published_is_stale_and_counts_as_it_is_now()
    {
        var corrected = (IncidentMoment.ImpactStarted, (Noon.AddMinutes(-5), Noon.AddMinutes(90)));
        var detected = (IncidentMoment.Detected, At(3));
        var figures = Figures(Noon.AddMinutes(60), corrected, detected);
        Assert.Equal((FigureState.Stale, 480L), Of(figures, MeasureName.TimeToDetect));
        Assert.Equal((FigureState.Missing, null), Of(figures, MeasureName.TimeToResolve));
        var measure = Measuring.Across(
            MeasureName.TimeToDetect,
            [figures.Single(one => one.Kind == MeasureName.TimeToDetect)]
        );
        Assert.Equal((1, 1, 480L), (measure.N, measure.Stale, measure.P50Seconds));
        foreach (var published in (DateTimeOffset?[])[null, Noon.AddMinutes(90)])
            Assert.Equal(
                (FigureState.Valid, 480L),
                Of(Figures(published, corrected, detected), MeasureName.TimeToDetect)
            );
    }

    [Theory]
    [InlineData(IncidentStatus.Resolved, false, true)]
    [InlineData(IncidentStatus.Closed, false, true)]
    [InlineData(IncidentStatus.Open, false, true)]
    [InlineData(IncidentStatus.Resolved, true, false)]
    [InlineData(IncidentStatus.Triage, false, false)]
    [InlineData(IncidentStatus.Declined, false, false)]
    [InlineData(IncidentStatus.Merged, false, false)]
    public void A_drill_and_what_was_no_incident_of_its_own_do_not_count(
        IncidentStatus status,
        bool drill,
        bool counts
    ) => Assert.Equal(counts, Stamping.Counts(Incident(status, drill)));

    [Fact]
    public void Nothing_measured_is_said_so()
    {
        var measure = Measuring.Across(MeasureName.TimeToResolve, []);
        Assert.Equal(
            (0, null, null, null),
            (measure.N, measure.P50Seconds, measure.P90Seconds, measure.MedianInterval)
        );
        Assert.All(measure.Histogram, bucket => Assert.Equal(0, bucket.Count));
    }

    [Fact]
    public void Buckets_hold_what_is_at_most_their_bound()
    {
        long[] seconds = [0, 60, 61, 300, 301, 86_400, 86_401];
        var measure = Measuring.Across(MeasureName.TimeToDetect, [.. seconds.Select(Figure)]);
        Assert.Equal(
            [(1, 2), (5, 2), (15, 1), (30, 0), (60, 0), (240, 0), (1440, 1), ((int?)null, 1)],
            measure.Histogram.Select(bucket => (bucket.UpToMinutes, bucket.Count))
        );
    }

    // The k of published tables of the sign test's interval at 95 %, with its true coverage.
    [Theory]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0.9687)]
    [InlineData(7, 1, 0.9843)]
    [InlineData(8, 1, 0.9921)]
    [InlineData(9, 2, 0.9609)]
    [InlineData(10, 2, 0.9785)]
    [InlineData(20, 6, 0.9586)]
    [InlineData(30, 10, 0.9572)]
    [InlineData(100, 40, 0.9647)]
    public void The_interval_of_the_median_is_the_one_of_the_tables(int n, int k, double confidence)
    {
        var interval = Measuring.IntervalOfMedian([.. Enumerable.Range(1, n).Select(i => (long)i)]);
        if (k == 0)
            Assert.Null(interval);
        else
            Assert.Equal(
                (k, n + 1 - k, (decimal)confidence),
                (interval!.LowSeconds, interval.HighSeconds, interval.Confidence)
            );
    }

    [Fact]
    public void Many_thousand_incidents_are_no_trouble()
    {
        var interval = Measuring.IntervalOfMedian([.. Enumerable.Range(1, 5000).Select(i => (long)i)]);
        Assert.InRange(interval!.LowSeconds, 2420, 2440);
        Assert.InRange(interval.Confidence, 0.95m, 0.96m);
    }

    [Fact]
    public void Percentiles_are_measured_ones_and_the_median_lies_in_its_interval() =>
        Gen.Long[0, 100_000]
            .List[1, 200]
            .Sample(seconds =>
            {
                var measure = Measuring.Across(MeasureName.TimeToDetect, [.. seconds.Select(Figure)]);
                var (half, most) = (measure.P50Seconds!.Value, measure.P90Seconds!.Value);
                return seconds.Contains(half)
                    && seconds.Contains(most)
                    && half <= most
                    && seconds.Count(one => one <= half) * 2 >= seconds.Count
                    && seconds.Count(one => one < half) * 2 < seconds.Count
                    && seconds.Count(one => one <= most) * 10 >= seconds.Count * 9
                    && measure.Histogram.Sum(bucket => bucket.Count) == seconds.Count
                    && (
                        measure.MedianInterval is not { } interval
                            ? seconds.Count < 6
                            : interval.LowSeconds <= half
                                && half <= interval.HighSeconds
                                && interval.Confidence >= 0.95m
                    );
            });

    [Fact]
    public void Figures_of_known_incidents_are_those_of_arithmetic()
    {
        var file = Repository.File("tests", "Unit", "Incidents", "Data", "milestones.json");
        using var golden = JsonDocument.Parse(File.ReadAllText(file));
        var checkedFigures = 0;
        foreach (var incident in golden.RootElement.GetProperty("incidents").EnumerateArray())
        {
            var milestones = incident.GetProperty("milestones");
            var known = new (string Name, IncidentMoment Moment)[]
            {
                ("started", IncidentMoment.ImpactStarted),
                ("detected", IncidentMoment.Detected),
                ("declared", IncidentMoment.Declared),
                ("mitigated", IncidentMoment.Mitigated),
                ("resolved", IncidentMoment.Resolved),
            };
            var figures = Figures(
                null,
                [
                    .. known
                        .Where(one => milestones.TryGetProperty(one.Name, out _))
                        .Select(one => (one.Moment, milestones.GetProperty(one.Name).GetDateTimeOffset()))
                        .Select(one => (one.Moment, (one.Item2, one.Item2))),
                ]
            );
            foreach (
                var (name, kind) in (ReadOnlySpan<(string, MeasureName)>)
                    [
                        ("ttdSeconds", MeasureName.TimeToDetect),
                        ("ttmSeconds", MeasureName.TimeToMitigate),
                        ("ttrSeconds", MeasureName.TimeToResolve),
                    ]
            )
            {
                var expected = incident.GetProperty(name);
                var figure = figures.Single(one => one.Kind == kind);
                Assert.Equal(expected.ValueKind == JsonValueKind.Null ? null : expected.GetInt64(), figure.Seconds);
                checkedFigures++;
            }
        }

        Assert.Equal(21, checkedFigures);
    }

    private static IncidentView Incident(IncidentStatus status, bool drill) =>
        new(
            Alert,
            1,
            7,
            "checkout",
            Severity.Sev2,
            status,
            "Nobody can pay",
            null,
            "ana",
            null,
            Noon,
            Noon.AddMinutes(2),
            null,
            null,
            null,
            null,
            drill
        );

    private static MeasureFigure Figure(long seconds) => new(MeasureName.TimeToDetect, FigureState.Valid, seconds);

    private static (FigureState, long?) Of(IReadOnlyList<MeasureFigure> figures, MeasureName kind) =>
        figures.Single(one => one.Kind == kind) is var figure ? (figure.State, figure.Seconds) : default;

    private static IReadOnlyList<MeasureFigure> Figures(
        DateTimeOffset? publishedAt,
        params (IncidentMoment Moment, (DateTimeOffset Occurred, DateTimeOffset Recorded) At)[] known
    )
    {
        var timestamps = Enum.GetValues<IncidentMoment>()
            .Select(moment => new IncidentTimestamp(
                moment,
                known
                    .Where(one => one.Moment == moment)
                    .Select(one => new MomentTold(one.At.Occurred, one.At.Recorded, "ana", false, null))
                    .FirstOrDefault(),
                []
            ))
            .ToList();
        return Measuring.Of(Measures.Of(timestamps), timestamps, publishedAt);
    }

    private static (DateTimeOffset, DateTimeOffset) At(int minutes) =>
        (Noon.AddMinutes(minutes), Noon.AddMinutes(minutes));
}
