using System.Text.Json;
using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.Learning;
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
        var figures = Measuring.Of(new Stamps(At(0), Detected: At(3), Resolved: At(60)), null);
        Assert.Equal(
            [
                (MeasureKind.TimeToDetect, FigureState.Valid, 180L),
                (MeasureKind.TimeToAcknowledge, FigureState.Missing, null),
                (MeasureKind.TimeToDeclare, FigureState.Missing, null),
                (MeasureKind.TimeToMitigate, FigureState.Missing, null),
                (MeasureKind.TimeToResolve, FigureState.Valid, (long?)3600L),
            ],
            figures.Select(one => (one.Kind, one.State, one.Seconds))
        );
    }

    [Fact]
    public void What_ends_before_it_begins_is_invalid_and_counts_nowhere()
    {
        var wrong = Detect(new Stamps(At(3), Detected: At(0)), null);
        Assert.Equal((FigureState.Invalid, -180L), (wrong.State, wrong.Seconds));
        var measure = Measuring.Across(MeasureKind.TimeToDetect, [wrong]);
        Assert.Equal((0, 1, null), (measure.N, measure.Invalid, measure.P50Seconds));
        Assert.Equal(
            FigureState.Invalid,
            Detect(new Stamps(At(0), Detected: new Stamp(Noon.AddMilliseconds(-1), Noon)), null).State
        );
    }

    // At 0 it begins, at 3 min it is detected, at 60 min it is published, at 90 min somebody says that it began earlier.
    [Fact]
    public void What_was_corrected_after_it_was_published_is_stale_and_counts_as_it_is_now()
    {
        var corrected = new Stamp(Noon.AddMinutes(-5), Noon.AddMinutes(90));
        var figure = Detect(new Stamps(corrected, Detected: At(3)), Noon.AddMinutes(60));
        Assert.Equal((FigureState.Stale, 480L), (figure.State, figure.Seconds));
        var measure = Measuring.Across(MeasureKind.TimeToDetect, [figure]);
        Assert.Equal((1, 1, 480L), (measure.N, measure.Stale, measure.P50Seconds));
        Assert.Equal(FigureState.Valid, Detect(new Stamps(corrected, Detected: At(3)), null).State);
        Assert.Equal(FigureState.Valid, Detect(new Stamps(corrected, Detected: At(3)), Noon.AddMinutes(90)).State);
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
    public void An_alert_is_its_own_detection_and_a_person_says_of_none()
    {
        var incident = Incident(IncidentStatus.Resolved, false);
        Assert.Equal(Noon.AddMinutes(2), Stamping.Of(incident with { AlertId = Alert }).Detected?.OccurredAt);
        Assert.Null(Stamping.Of(incident).Detected);
    }

    [Fact]
    public void Nothing_measured_is_said_so()
    {
        var measure = Measuring.Across(MeasureKind.TimeToResolve, []);
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
        var measure = Measuring.Across(MeasureKind.TimeToDetect, [.. seconds.Select(Figure)]);
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
                var measure = Measuring.Across(MeasureKind.TimeToDetect, [.. seconds.Select(Figure)]);
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
            var figures = Measuring.Of(
                new Stamps(
                    Milestone(milestones, "started"),
                    Milestone(milestones, "detected"),
                    Declared: Milestone(milestones, "declared"),
                    Mitigated: Milestone(milestones, "mitigated"),
                    Resolved: Milestone(milestones, "resolved")
                ),
                null
            );
            foreach (
                var (name, kind) in (ReadOnlySpan<(string, MeasureKind)>)
                    [
                        ("ttdSeconds", MeasureKind.TimeToDetect),
                        ("ttmSeconds", MeasureKind.TimeToMitigate),
                        ("ttrSeconds", MeasureKind.TimeToResolve),
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

    private static Stamp? Milestone(JsonElement milestones, string name) =>
        milestones.TryGetProperty(name, out var at) && at.ValueKind == JsonValueKind.String
            ? new Stamp(at.GetDateTimeOffset(), at.GetDateTimeOffset())
            : null;

    private static MeasureFigure Figure(long seconds) => new(MeasureKind.TimeToDetect, FigureState.Valid, seconds);

    private static MeasureFigure Detect(Stamps stamps, DateTimeOffset? publishedAt) =>
        Measuring.Of(stamps, publishedAt).Single(one => one.Kind == MeasureKind.TimeToDetect);

    private static Stamp At(int minutes) => new(Noon.AddMinutes(minutes), Noon.AddMinutes(minutes));
}
