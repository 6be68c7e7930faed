using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>Lays a timeline out. Pure: entries that were not yet known are not given to it.</summary>
public static class DrawStrip
{
    // An alert is a line at the foot of its lane, so that marks and words have room above it.
    private const double Low = 0.2;

    /// <param name="incident">The incident.</param>
    /// <param name="entries">Its timeline, oldest first.</param>
    /// <param name="runs">The runs the entries speak of: they know how strong each rung was.</param>
    /// <param name="now">The right end, while it lasts; in the past, the moment that is looked at.</param>
    /// <param name="whole">Everything that is known, instead of the incident and its surroundings.</param>
    /// <param name="key">The only entries that have a mark, whatever they are; null for those that usually have one.</param>
    public static Strip Of(
        IncidentView incident,
        IReadOnlyList<TimelineEntry> entries,
        IReadOnlyDictionary<Guid, RunView> runs,
        DateTimeOffset now,
        bool whole,
        IReadOnlySet<Guid>? key = null
    )
    {
        var axis = Axis(incident, entries, now, whole);
        var told = entries.Where(e => key is null ? Kinds.Label(e) is not null : key.Contains(e.Id)).ToList();
        var lanes = new List<Lane>
        {
            Lane("Budget", "budgets", axis, told, e => e.Kind != "gate-decided", Alerts(axis, entries, now)),
            Lane("Gate", "budgets", axis, told, e => e.Kind == "gate-decided", []),
            Lane("Game day", "experiments", axis, told, _ => true, Faults(axis, entries, runs, now)),
            Lane("People", "incidents", axis, told, e => key is not null || e.IncidentId is not null, []),
            Lane("Others", "others", axis, told, _ => key is not null, []),
        };
        double? end = End(incident) is { } over && over <= now ? null : axis.X(now);
        return new Strip(axis, Bands(axis, incident, entries, now), [.. lanes.Where(IsUsed)], end);
    }

    // A game day half an hour ago would press the incident into a corner: then the surroundings are cut.
    private static TimeAxis Axis(
        IncidentView incident,
        IReadOnlyList<TimelineEntry> entries,
        DateTimeOffset now,
        bool whole
    )
    {
        var end = End(incident) is { } over && over < now ? over : now;
        var length = Max(end - incident.StartedAt, TimeSpan.FromSeconds(10));
        var (first, last) =
            entries.Count == 0 ? (incident.StartedAt, end) : (entries[0].OccurredAt, entries[^1].OccurredAt);
        if (!whole)
        {
            first = Latest(first, incident.StartedAt - length);
            last = Earliest(last, end + length / 6);
        }

        (first, last) = (Earliest(first, incident.StartedAt), Latest(last, end));
        var margin = Max((last - first) / 40, TimeSpan.FromSeconds(1));
        return new TimeAxis(first - margin, last + margin, Strip.Gutter, Strip.RightEdge);
    }

    private static DateTimeOffset? End(IncidentView incident) => incident.ResolvedAt ?? incident.ClosedAt;

    private static List<Band> Bands(
        TimeAxis axis,
        IncidentView incident,
        IReadOnlyList<TimelineEntry> entries,
        DateTimeOffset now
    ) =>
        [
            .. SeveritySpans
                .Of(incident, entries, now)
                .Where(span => axis.X(span.To) > axis.X(span.From))
                .Select(span => new Band(
                    axis.X(span.From),
                    axis.X(span.To) - axis.X(span.From),
                    span.Severity,
                    span.Kind,
                    $"{Said(span.Kind, span.Severity)} for {Words.Length(span.To - span.From)}"
                )),
        ];

    private static string Said(BandKind kind, Severity severity) =>
        kind switch
        {
            BandKind.Unseen => "Not yet seen",
            BandKind.Calm => $"{Words.Name(severity)}, mitigated,",
            _ => Words.Name(severity),
        };

    private static List<Bar> Alerts(TimeAxis axis, IReadOnlyList<TimelineEntry> entries, DateTimeOffset now) =>
        [
            .. entries
                .Where(e => e.Kind == "burn-alert-opened")
                .Select(opened =>
                {
                    var closed = entries.FirstOrDefault(e =>
                        e.Kind == "burn-alert-closed" && e.SubjectId == opened.SubjectId
                    );
                    return Bar(axis, opened.OccurredAt, closed?.OccurredAt ?? now, Low, "alert", null, opened.Text);
                })
                .Where(bar => bar.Width > 0),
        ];

    // The n-th injection of a run is its n-th rung; it lasts until the next reversal.
    private static List<Bar> Faults(
        TimeAxis axis,
        IReadOnlyList<TimelineEntry> entries,
        IReadOnlyDictionary<Guid, RunView> runs,
        DateTimeOffset now
    )
    {
        var bars = new List<Bar>();
        foreach (
            var run in entries
                .Where(e => e.Source == "experiments" && e.SubjectId is not null)
                .GroupBy(e => e.SubjectId!.Value)
        )
        {
            var rungs = runs.GetValueOrDefault(run.Key)?.Rungs ?? [];
            var count = Math.Max(1, runs.GetValueOrDefault(run.Key)?.RungCount ?? rungs.Count);
            var injected = run.Where(e => e.Kind == "fault-injected").ToList();
            for (var i = 0; i < injected.Count; i++)
            {
                var from = injected[i].OccurredAt;
                var to = run.FirstOrDefault(e => e.Kind == "fault-reverted" && e.OccurredAt >= from)?.OccurredAt ?? now;
                var rung = i < rungs.Count ? rungs[i] : null;
                var judged = run.Any(e =>
                    e.Kind == "rung-judged" && e.OccurredAt >= from && e.OccurredAt <= to + TimeSpan.FromSeconds(2)
                );
                var tone = judged && rung?.Held is { } held ? (held ? "held" : "broke") : "fault";
                var bar = Bar(
                    axis,
                    from,
                    to,
                    0.35 + 0.65 * (i + 1) / count,
                    tone,
                    rung is null ? null : Words.Brief(rung.Rung),
                    injected[i].Text
                );
                if (bar.Width > 0)
                    bars.Add(bar);
            }
        }

        return bars;
    }

    private static Bar Bar(
        TimeAxis axis,
        DateTimeOffset from,
        DateTimeOffset to,
        double height,
        string tone,
        string? label,
        string title
    )
    {
        var (x, end) = (axis.X(from), axis.X(to));
        var fits = label is not null && end - x > label.Length * 5.4 + 3;
        return new Bar(x, end - x, height, tone, fits ? label : null, title);
    }

    private static Lane Lane(
        string name,
        string source,
        TimeAxis axis,
        IReadOnlyList<TimelineEntry> entries,
        Func<TimelineEntry, bool> belongs,
        IReadOnlyList<Bar> bars
    )
    {
        var marks = StripMarks.Merge(
            entries
                .Where(e => Source(e) == source && belongs(e) && axis.Holds(e.OccurredAt))
                .Select(e => new Mark(
                    axis.X(e.OccurredAt),
                    Kinds.Tone(e),
                    1,
                    Kinds.Label(e) ?? Kinds.Name(e.Kind).ToLowerInvariant(),
                    Title(e)
                ))
        );
        return new Lane(
            name,
            source,
            bars,
            marks,
            StripMarks.Labels(marks, [.. bars.Where(b => b.Height > Low)], Strip.Gutter, Strip.Width - 8)
        );
    }

    private static string Source(TimelineEntry entry) =>
        entry.Source is "budgets" or "experiments" or "incidents" ? entry.Source : "others";

    private static string Title(TimelineEntry entry) => $"{Words.Clock(entry.OccurredAt)} {entry.Text}";

    private static bool IsUsed(Lane lane) => lane.Bars.Count > 0 || lane.Marks.Count > 0;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static DateTimeOffset Earliest(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
