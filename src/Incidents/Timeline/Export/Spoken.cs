using System.Globalization;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Export;

/// <summary>How documents say moments, lengths and sorts. Pure; English; UTC.</summary>
public static class Spoken
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", English);

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("dddd, d MMMM yyyy", English);

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss", English);

    /// <summary>From one moment to another, the day said once where it is one.</summary>
    public static string Span(DateTimeOffset from, DateTimeOffset to) =>
        from.UtcDateTime.Date == to.UtcDateTime.Date
            ? $"{Moment(from)} – {Clock(to)} UTC"
            : $"{Moment(from)} – {Moment(to)} UTC";

    /// <summary>The largest unit, and the next one while it matters.</summary>
    public static string Length(TimeSpan time) =>
        time switch
        {
            { TotalMinutes: < 1 } => string.Create(English, $"{Math.Floor(time.TotalSeconds)} s"),
            { TotalMinutes: < 10, Seconds: > 0 } => $"{time.Minutes} min {time.Seconds} s",
            { TotalHours: < 1 } => $"{time.Minutes} min",
            { TotalHours: < 10, Minutes: > 0 } => $"{time.Hours} h {time.Minutes} min",
            { TotalDays: < 1 } => $"{time.Hours} h",
            { TotalDays: < 10, Hours: > 0 } => $"{time.Days} d {time.Hours} h",
            _ => string.Create(English, $"{time.Days} d"),
        };

    /// <summary>When it happened: a moment, or from when until when.</summary>
    public static string When(TimelineEntry entry) =>
        (entry.Precision, entry.OccurredUntil) switch
        {
            (EntryPrecision.Minute, _) => Short(entry.OccurredAt),
            (EntryPrecision.Hour or EntryPrecision.Approx, _) => $"~{Short(entry.OccurredAt)}",
            (_, { } until) when until - entry.OccurredAt > TimeSpan.FromSeconds(1) =>
                $"{Clock(entry.OccurredAt)} – {Clock(until)}",
            _ => Clock(entry.OccurredAt),
        };

    /// <summary>How long after it happened it was known; null where that was at once.</summary>
    public static string? Late(TimelineEntry entry) =>
        entry.RecordedAt - entry.OccurredAt is { TotalSeconds: >= 1 } lag ? $"+{Length(lag)}" : null;

    public static bool IsSlow(TimelineEntry entry) => entry.RecordedAt - entry.OccurredAt >= TimeSpan.FromMinutes(1);

    /// <summary>Who says so; a person's own note says it once.</summary>
    public static string By(TimelineEntry entry) =>
        entry.Labels?.GetValueOrDefault("author") is { Length: > 0 } author && author != entry.Source
            ? $"{author} · {entry.Source}"
        : entry.Actor == entry.Source ? entry.Actor
        : $"{entry.Actor} · {entry.Source}";

    /// <summary>A colour's name: what hurts, what was changed, what got better, what was told to whom.</summary>
    public static string Tone(TimelineEntry entry) =>
        entry.Category switch
        {
            "alert" or "symptom" or "page" or "detect" or "severity" or "budget" => "bad",
            "deploy" or "flag" or "config" or "experiment" or "action" => "change",
            "mitigate" or "recover" or "resolve" or "ack" => "good",
            "comms" or "chat" or "note" or "decision" or "hypothesis" or "diagnose" => "told",
            _ => "",
        };

    private static string Short(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm", English);
}
