using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Query;

// Events and state of a query that is kept under a name. These names and shapes are what is stored;
// tests/Unit/Wire/incidents.golden.json pins them.

public sealed record ViewSet(string Name, string Query, string? About, string By, DateTimeOffset At);

public sealed record ViewRemoved(string Name, string By, DateTimeOffset At);

/// <summary>A kept query, also one that was taken away: it may come back under its name.</summary>
public sealed record SavedView
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required ViewSet Current { get; init; }
    public bool IsRemoved { get; init; }

    /// <summary>The same name always means the same view.</summary>
    public static Guid IdOf(string name) => StableId.From("timeline-view", name);

    public static SavedView Create(ViewSet e) => new() { Current = e };

    public SavedView Apply(ViewSet e) => this with { Current = e, IsRemoved = false };

    public SavedView Apply(ViewRemoved _) => this with { IsRemoved = true };

    public SavedTimelineView View() => new(Current.Name, Version, Current.Query, Current.About, Current.By, Current.At);
}

/// <summary>What may be kept under which name. Pure.</summary>
public static class Keeping
{
    public const string NoName = "Give 1 to 63 small letters, digits and hyphens; a letter or digit first and last.";

    public static bool IsName(string name) =>
        name.Length is > 0 and <= 63
        && name[0] != '-'
        && name[^1] != '-'
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    public static Decision Set(SavedView? stands, string name, SetTimelineView view, Actor by, DateTimeOffset now) =>
        stands is { IsRemoved: false, Current: var current }
        && (current.Query, current.About) == (view.Query, view.About)
            ? []
            : [new ViewSet(name, view.Query, view.About, by.Name, now)];

    public static Decision Remove(SavedView stands, Actor by, DateTimeOffset now) =>
        stands.IsRemoved ? [] : [new ViewRemoved(stands.Current.Name, by.Name, now)];
}
