using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Query;

/// <summary>When what a kept query found is posted again, and what is posted. Pure.</summary>
public static class Posting
{
    public const string Type = "timeline.entries";
    public const string Test = "timeline.test";
    public const string Gone = "its receiver says that it is gone (HTTP 410)";

    /// <summary>Longer than an attempt may take: who took it and died is overtaken after this.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>A receiver that took nothing for so long is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The same for each attempt at the same stretch: a receiver that has it takes it once.</summary>
    public static Guid IdOf(ViewDelivery of, long until) =>
        StableId.From("view-delivery", $"{of.View}/{of.Turn}/{of.Position}/{until}");

    public static string Body(string view, IReadOnlyList<TimelineEntry> entries, DateTimeOffset now) =>
        Body(Type, view, entries, now);

    /// <summary>What a receiver can be tried with: it is signed as anything else and tells nothing.</summary>
    public static string TestBody(string view, DateTimeOffset now) => Body(Test, view, [], now);

    private static string Body(string type, string view, IReadOnlyList<TimelineEntry> entries, DateTimeOffset now) =>
        JsonSerializer.Serialize(
            new ViewDelivered(type, now.ToUniversalTime(), new ViewDeliveredEntries(view, entries)),
            Json.Options
        );

    /// <summary>When the attempt after this one is due: twice as long each time, and not before the receiver wants it.</summary>
    public static DateTimeOffset Again(int attempt, Delivery delivery, DateTimeOffset now)
    {
        var wait = First * Math.Pow(2, Math.Min(attempt, 12) - 1);
        var again = now + (wait < Longest ? wait : Longest);
        return delivery.NotBefore is { } later && later > again ? Sooner(later, now + Longest) : again;
    }

    /// <summary>Why nothing is posted any more; null while it is worth trying.</summary>
    public static string? GivesUp(ViewDelivery of, Delivery delivery, DateTimeOffset now) =>
        delivery.IsGone ? Gone
        : now - of.FailingSince > Patience ? $"nothing was taken for three days, at last: {delivery.Result}"
        : null;

    private static DateTimeOffset Sooner(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
