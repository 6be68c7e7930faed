using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>How bad it was, from when to when.</summary>
public sealed record SeveritySpan(DateTimeOffset From, DateTimeOffset To, Severity Severity, BandKind Kind);

/// <summary>An incident's severity over time, folded from the entries that are known. Pure.</summary>
public static class SeveritySpans
{
    /// <param name="incident">The incident.</param>
    /// <param name="entries">Its timeline, oldest first.</param>
    /// <param name="now">Where the last span ends while it lasts.</param>
    public static IReadOnlyList<SeveritySpan> Of(
        IncidentView incident,
        IReadOnlyList<TimelineEntry> entries,
        DateTimeOffset now
    )
    {
        var own = entries.Where(e => e.IncidentId == incident.Id).ToList();
        if (own.Find(e => e.Kind == "incident-declared") is not { } declared)
            return [];
        var severity = Kinds.SeverityIn(declared) ?? incident.Severity;
        var spans = new List<SeveritySpan>();
        // Null while it is over: it may be reopened.
        var (from, kind) = (incident.StartedAt, (BandKind?)BandKind.Unseen);
        foreach (var step in own.Where(e => e.OccurredAt >= declared.OccurredAt))
        {
            var next = Kinds.SeverityIn(step) ?? severity;
            var then = Then(step, kind);
            if (next == severity && then == kind)
                continue;
            Add(step.OccurredAt);
            (from, severity, kind) = (step.OccurredAt, next, then);
        }

        Add(now);
        return spans;

        void Add(DateTimeOffset to)
        {
            if (to > from && kind is { } state)
                spans.Add(new SeveritySpan(from, to, severity, state));
        }
    }

    /// <summary>The entries of a timeline that spans follow from: few of many.</summary>
    public static IReadOnlyList<TimelineEntry> Telling(IncidentView incident, IReadOnlyList<TimelineEntry> entries) =>
        [.. entries.Where(one => one.IncidentId == incident.Id && Tells(one))];

    private static bool Tells(TimelineEntry entry) =>
        Kinds.SeverityIn(entry) is not null || Then(entry, BandKind.Unseen) != BandKind.Unseen;

    private static BandKind? Then(TimelineEntry step, BandKind? kind) =>
        step.Kind switch
        {
            "incident-declared" or "incident-reopened" => BandKind.Suffering,
            "incident-mitigated" => BandKind.Calm,
            "incident-resolved" or "incident-declined" or "incident-merged" or "incident-closed" => null,
            _ => kind,
        };
}
