using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Web.Drawing;
using Xunit;
using Domain = Steady.Incidents.Response;
using Mark = Steady.Web.Drawing.Mark;

namespace Steady.Tests.Unit.Web;

public sealed class StripTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.CreateVersion7(Start);
    private static readonly Guid Run = Guid.CreateVersion7(Start);
    internal static readonly IncidentView Incident = new(
        Id,
        4,
        7,
        "checkout",
        Severity.Sev1,
        IncidentStatus.Resolved,
        "Checkout fails",
        null,
        "burn-alert",
        "mira",
        Start,
        Start.AddSeconds(20),
        null,
        null,
        Start.AddSeconds(100),
        null
    );

    internal static readonly TimelineEntry[] Story =
    [
        Own(20, "incident-declared", "INC-7 declared on checkout, SEV-2: Checkout fails"),
        Own(40, "incident-severity-changed", "Severity is now SEV-1: nothing works"),
        Own(80, "incident-mitigated", "Mitigated: the edge is back"),
        Own(100, "incident-resolved", "Resolved: over"),
    ];

    [Fact]
    public void Severity_is_a_band_from_the_first_failure_to_the_end()
    {
        var bands = Draw(Story).Severity;

        Assert.Equal(
            [
                (Severity.Sev2, BandKind.Unseen),
                (Severity.Sev2, BandKind.Suffering),
                (Severity.Sev1, BandKind.Suffering),
                (Severity.Sev1, BandKind.Calm),
            ],
            bands.Select(b => (b.Severity, b.Kind))
        );
        Assert.All(bands.Zip(bands.Skip(1)), pair => Assert.Equal(pair.First.X + pair.First.Width, pair.Second.X, 6));
        Assert.Equal("Not yet seen for 20 s", bands[0].Title);
    }

    [Fact]
    public void What_is_not_known_yet_is_not_drawn()
    {
        Assert.Empty(Draw([]).Severity);
        Assert.Equal(2, Draw(Story[..1]).Severity.Count);
    }

    [Fact]
    public void A_rung_lasts_until_it_is_reverted_and_rises_with_its_number()
    {
        TimelineEntry[] entries =
        [
            Foreign(2, "run-started"),
            Foreign(4, "fault-injected"),
            Foreign(14, "fault-reverted"),
            Foreign(14.2, "rung-judged"),
            Foreign(16, "fault-injected"),
        ];
        var lane = Assert.Single(Draw([.. entries, .. Story]).Lanes, l => l.Source == "experiments");

        Assert.Equal(["held", "fault"], lane.Bars.Select(b => b.Tone));
        Assert.True(lane.Bars[0].Height < lane.Bars[1].Height);
        Assert.True(lane.Bars[1].Width > lane.Bars[0].Width);
    }

    [Fact]
    public void Marks_that_lie_on_each_other_are_told_together()
    {
        var merged = StripMarks.Merge([Mark(100, "a"), Mark(104, "b"), Mark(112, "b"), Mark(300, "c")]);

        Assert.Equal([("a · b", 3), ("c", 1)], merged.Select(m => (m.Label, m.Count)));
    }

    [Fact]
    public void A_label_never_runs_into_the_next_mark()
    {
        Mark[] marks = [Mark(100, "a label too long for here"), Mark(170, "short"), Mark(1150, "at the end")];

        var labels = StripMarks.Labels(marks, [], 90, 1160);

        Assert.EndsWith("…", labels[0]!.Text, StringComparison.Ordinal);
        Assert.Equal("short", labels[1]!.Text);
        Assert.True(labels[2]!.Before);
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(600, 10)]
    [InlineData(86_400 * 40, 10)]
    public void There_are_never_more_than_ten_ticks(int seconds, int most)
    {
        var axis = new TimeAxis(Start, Start.AddSeconds(seconds), 0, 1000);

        Assert.InRange(axis.Ticks().Count, 2, most);
        Assert.All(axis.Ticks(), tick => Assert.InRange(tick.X, 0, 1000));
    }

    [Theory]
    [InlineData(3, "14:30")]
    [InlineData(20, "25 Nov")]
    [InlineData(24 * 30, "3 Dec")]
    [InlineData(24 * 400, "22 Jan 2027")]
    public void A_tick_says_the_day_where_it_is_not_clear(int hours, string among)
    {
        var labels = new TimeAxis(Start, Start.AddHours(hours), 0, 1000).Ticks().Select(tick => tick.Label).ToList();

        Assert.True(labels.Contains(among), string.Join(", ", labels));
        Assert.Equal(labels.Distinct(), labels);
    }

    [Fact]
    public void Sentences_of_the_timeline_are_understood()
    {
        foreach (var severity in Enum.GetValues<Severity>())
        {
            var changed = new Domain.IncidentSeverityChanged("checkout", severity, "SEV-9?", "mira", Start);
            var text = OwnSentences.Of(Id, changed)!.Text;

            Assert.Equal(severity, Kinds.SeverityIn(Own(0, "incident-severity-changed", text)));
        }
    }

    [Fact]
    public void A_moment_in_the_past_knows_only_what_was_recorded()
    {
        var known = KnownState.Of(Incident, Story[..2], Start.AddSeconds(50));

        Assert.Equal((Severity.Sev1, IncidentStatus.Open, null), (known.Severity, known.Status, known.Lead));
    }

    internal static Strip Draw(IReadOnlyList<TimelineEntry> entries) =>
        DrawStrip.Of(
            Incident,
            entries,
            new Dictionary<Guid, RunView> { [Run] = RunView() },
            Start.AddSeconds(120),
            true
        );

    private static Mark Mark(double x, string label) => new(x, "plain", 1, label, label);

    private static TimelineEntry Own(double second, string kind, string text) =>
        Entry(second, "incidents", kind, text, Id, Id);

    private static TimelineEntry Foreign(double second, string kind) =>
        Entry(second, "experiments", kind, kind, null, Run);

    private static TimelineEntry Entry(
        double second,
        string source,
        string kind,
        string text,
        Guid? incident,
        Guid? subject
    )
    {
        var at = Start.AddSeconds(second);
        return new(Guid.CreateVersion7(at), at, at, source, kind, ["checkout"], incident, subject, "mira", null, text);
    }

    internal static RunView RunView()
    {
        var rung = new Rung(FaultKind.Latency, 50);
        RungResult[] rungs =
        [
            new(1, rung, Start, true, 40, 0, true, Start),
            new(2, rung with { Magnitude = 100 }, Start, true, 0, 0, null, null),
        ];
        return new(
            Run,
            1,
            Run,
            "slow-ledger",
            "It holds",
            "staging",
            "checkout-ledger",
            ["checkout"],
            RunState.Holding,
            rungs,
            4,
            1,
            null,
            null,
            null,
            null,
            Start,
            null,
            "mira"
        );
    }
}
