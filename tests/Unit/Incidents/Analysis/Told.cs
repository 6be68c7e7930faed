using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;

namespace Steady.Tests.Unit.Incidents.Analysis;

/// <summary>Entries of one incident on checkout, by minutes after noon.</summary>
internal static class Told
{
    public static readonly Guid Incident = Guid.Parse("01990000-0000-7000-8000-0000000000aa");
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public static DateTimeOffset At(double minute) => Noon.AddMinutes(minute);

    /// <summary>What somebody imported.</summary>
    public static TimelineEntry Entry(
        int number,
        double minute,
        string kind,
        string text,
        string source = "chat-log",
        string? author = null,
        params int[] causes
    ) =>
        new(
            Id(number),
            At(minute),
            At(minute).AddMinutes(61),
            source,
            kind,
            ["checkout"],
            Incident,
            null,
            "importer",
            null,
            text,
            author is null ? null : new Dictionary<string, string> { ["author"] = author },
            Categories.Of(kind),
            Sequence: number,
            Causes: causes.Length == 0 ? null : [.. causes.Select(Id)]
        );

    /// <summary>What the incident itself did.</summary>
    public static TimelineEntry Act(int number, double minute, string kind, string text, string actor = "ana") =>
        Entry(number, minute, kind, text, "incidents") with
        {
            Actor = actor,
            RecordedAt = At(minute),
            SubjectId = Incident,
        };
}
