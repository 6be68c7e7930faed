using System.Globalization;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>What a delivery says of an alert.</summary>
/// <param name="Key">Integration, fingerprint and beginning: what makes it this alert and no other.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Annotations">What is written for people.</param>
/// <param name="Link">Where it comes from.</param>
/// <param name="EndsAt">When it was over; null while it fires.</param>
public sealed record Signal(
    AlertKey Key,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    string? Link,
    DateTimeOffset? EndsAt
);

/// <summary>What makes an alert this one.</summary>
/// <param name="Integration">Who sends it.</param>
/// <param name="Fingerprint">What is the same for every alert of its labels, or about the same trouble.</param>
/// <param name="StartsAt">When it began.</param>
/// <param name="Turn">How many alerts about the trouble there have been with it, where the sender does not say which one it means.</param>
/// <param name="Known">The alert itself, where the sender does not say when it began.</param>
public sealed record AlertKey(
    string Integration,
    string Fingerprint,
    DateTimeOffset StartsAt,
    int? Turn = null,
    Guid? Known = null
)
{
    /// <summary>The same key always means the same alert.</summary>
    public Guid Id =>
        Known is { } known ? known
        : Turn is { } turn ? IdOf(Integration, Fingerprint, turn)
        : StableId.From("alert", Integration, Fingerprint, StartsAt.UtcTicks.ToString("x", null));

    public static Guid IdOf(string integration, string fingerprint, int turn) =>
        StableId.From("alert-turn", integration, fingerprint, turn.ToString(CultureInfo.InvariantCulture));
}

/// <summary>
/// What is new in a delivery. Senders repeat themselves, come in pairs, and do not keep their order; so not the order of
/// arrival decides but this: an alert fires once, and once it is over it is over. Pure.
/// </summary>
public static class Hearing
{
    private const string NameLabel = "alertname";
    private const int LongestTitle = 200;

    public static IReadOnlyList<object> Decide(Alert? known, Signal heard, Routes routes, DateTimeOffset now) =>
        known switch
        {
            null => [Fired(heard, routes.Of(heard.Key.Integration, heard.Labels), now)],
            { IsFiring: true } when heard.EndsAt is { } end =>
            [
                new AlertResolved(known.Service, known.Fired.Title, end, now, known.Fired.IsNews),
            ],
            _ => [],
        };

    /// <summary>The same for all that a message says of an alert, one after the other.</summary>
    public static IReadOnlyList<object> All(Alert? known, IEnumerable<Signal> heard, Routes routes, DateTimeOffset now)
    {
        var events = new List<object>();
        foreach (var signal in heard)
        {
            var more = Decide(known, signal, routes, now);
            known = more.Aggregate(
                known,
                (before, e) => e is AlertFired first ? Alert.Create(first) : before!.Apply((AlertResolved)e)
            );
            events.AddRange(more);
        }

        return events;
    }

    /// <summary>
    /// Leaves the first of each group that is not known to be told already as news: a storm is told once, and kept whole. One
    /// that was over before it was heard of tells nothing for those that fire.
    /// </summary>
    public static IEnumerable<AlertFired> Told(
        IEnumerable<AlertFired> fired,
        IReadOnlySet<(string Service, string Group)> known
    )
    {
        var told = new HashSet<(string, string)>(known);
        return fired.Select(one =>
            one.SilencedBy is not null ? one with { IsNews = false }
            : one.EndsAt is null ? one with { IsNews = told.Add(one.Place()) }
            : one with { IsNews = !told.Contains(one.Place()) }
        );
    }

    private static AlertFired Fired(Signal heard, Routed routed, DateTimeOffset now)
    {
        var name = heard.Labels.GetValueOrDefault(NameLabel) is { Length: > 0 } named ? named : "alert";
        return new AlertFired(
            heard.Key.Integration,
            heard.Key.Fingerprint,
            name,
            routed.Service,
            routed.Severity,
            Title(name, heard.Annotations),
            heard.Labels,
            heard.Annotations,
            heard.Link,
            heard.Key.StartsAt,
            heard.EndsAt,
            now,
            GroupedBy: routed.GroupedBy,
            WindowMinutes: routed.WindowMinutes
        );
    }

    private static string Title(string name, IReadOnlyDictionary<string, string> annotations)
    {
        var told =
            annotations.GetValueOrDefault("summary")
            ?? annotations.GetValueOrDefault("message")
            ?? annotations.GetValueOrDefault("description");
        var title = string.IsNullOrWhiteSpace(told) ? name : $"{name}: {told.Trim()}";
        return title.Length > LongestTitle ? $"{title[..(LongestTitle - 1)]}…" : title;
    }
}
