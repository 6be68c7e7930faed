using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Catalog;

// Events and state of an entry of the catalog. These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json
// pins them.

/// <summary>The whole entry, so that each version can be read by itself.</summary>
public sealed record CatalogEntrySet(
    CatalogKind Kind,
    string Name,
    SetCatalogEntry Entry,
    string By,
    DateTimeOffset At
);

public sealed record CatalogEntryRemoved(CatalogKind Kind, string Name, string By, DateTimeOffset At);

/// <summary>An entry of the catalog, also one that was taken out: it may come back under its name.</summary>
public sealed record CatalogEntry
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required CatalogEntrySet Current { get; init; }
    public bool IsRemoved { get; init; }

    /// <summary>The same name always means the same entry.</summary>
    public static Guid IdOf(CatalogKind kind, string name) => StableId.From("catalog", $"{kind}", name);

    public static CatalogEntry Create(CatalogEntrySet e) => new() { Current = e };

    public CatalogEntry Apply(CatalogEntrySet e) => this with { Current = e, IsRemoved = false };

    public CatalogEntry Apply(CatalogEntryRemoved _) => this with { IsRemoved = true };

    /// <param name="all">Everything that is in the catalog, to know who needs it.</param>
    public CatalogEntryView View(IEnumerable<CatalogEntry> all)
    {
        var (kind, name, entry) = (Current.Kind, Current.Name, Current.Entry);
        return new CatalogEntryView(
            kind,
            name,
            Version,
            entry.Title,
            entry.Description,
            entry.Owner,
            entry.System,
            entry.Type,
            entry.Lifecycle,
            entry.Tier,
            entry.IsPublic,
            entry.DependsOn ?? [],
            [.. all.Where(one => one.Needs(kind, name)).Select(one => one.Current.Name).Order(StringComparer.Ordinal)],
            entry.Members ?? [],
            Current.By,
            Current.At
        );
    }

    private bool Needs(CatalogKind kind, string name) =>
        !IsRemoved && (Current.Entry.DependsOn ?? []).Any(one => one.Kind == kind && one.Name == name);
}

/// <summary>What may stand in the catalog. Pure.</summary>
public static class Cataloguing
{
    private const int LongestName = 63;

    /// <summary>What is wrong with an entry, by field.</summary>
    public static IEnumerable<(string Field, string Message)> Check(
        CatalogKind kind,
        string name,
        SetCatalogEntry entry
    )
    {
        if (!IsName(name))
            yield return ("name", NoName(name));
        if (entry.IsPublic && kind != CatalogKind.Component)
            yield return ("isPublic", "Only a component stands on the status page. Leave 'isPublic' out.");
        if (entry.Members is { Count: > 0 } && kind != CatalogKind.Group)
            yield return ("members", "Only a group has members. Leave them out.");
        var needs = entry.DependsOn ?? [];
        for (var i = 0; i < needs.Count; i++)
        {
            var need = needs[i];
            if (!IsName(need.Name))
                yield return ($"dependsOn[{i}].name", NoName(need.Name));
            if (need.Kind == kind && need.Name == name)
                yield return ($"dependsOn[{i}]", "It needs itself. Leave that out.");
            if (need.Strength == DependencyStrength.Soft && string.IsNullOrWhiteSpace(need.Fallback))
                yield return (
                    $"dependsOn[{i}].fallback",
                    "What is needed softly has a fallback. Say how it goes on without."
                );
            if (need.Strength == DependencyStrength.Hard && need.Fallback is not null)
                yield return (
                    $"dependsOn[{i}].fallback",
                    "What is needed hard has no fallback. Leave it out, or make it soft."
                );
        }

        foreach (var twice in needs.GroupBy(one => (one.Kind, one.Name)).Where(same => same.Count() > 1))
            yield return ("dependsOn", $"'{twice.Key.Name}' is named {twice.Count()} times. Name it once.");
    }

    public static Decision Set(
        CatalogEntry? stands,
        CatalogKind kind,
        string name,
        SetCatalogEntry entry,
        Actor by,
        DateTimeOffset now
    ) =>
        ChangeOf(stands, entry) == CatalogChangeKind.Unchanged
            ? []
            : [new CatalogEntrySet(kind, name, entry, by.Name, now)];

    public static Decision Remove(CatalogEntry stands, Actor by, DateTimeOffset now) =>
        stands.IsRemoved ? [] : [new CatalogEntryRemoved(stands.Current.Kind, stands.Current.Name, by.Name, now)];

    public static CatalogChangeKind ChangeOf(CatalogEntry? stands, SetCatalogEntry entry) =>
        stands is null or { IsRemoved: true } ? CatalogChangeKind.Added
        : Same(stands.Current.Entry, entry) ? CatalogChangeKind.Unchanged
        : CatalogChangeKind.Changed;

    /// <summary>What the catalog does not know of what an entry names.</summary>
    public static IEnumerable<string> Unknown(
        CatalogKind kind,
        string name,
        SetCatalogEntry entry,
        Func<CatalogKind, string, bool> isKnown
    )
    {
        foreach (var need in entry.DependsOn ?? [])
        {
            if (!isKnown(need.Kind, need.Name))
                yield return $"{WordOf(kind)} {name} needs {WordOf(need.Kind)} {need.Name}, which is not in the catalog.";
        }

        if (
            entry.Owner is { } owner
            && !owner.Contains(':', StringComparison.Ordinal)
            && !isKnown(CatalogKind.Group, owner)
        )
            yield return $"{WordOf(kind)} {name} belongs to group {owner}, which is not in the catalog.";
        if (entry.System is { } system && !isKnown(CatalogKind.System, system))
            yield return $"{WordOf(kind)} {name} is part of system {system}, which is not in the catalog.";
    }

    public static string WordOf(CatalogKind kind) => $"{kind}".ToLowerInvariant();

    public static CatalogKind? KindOf(string word) =>
        Enum.GetValues<CatalogKind>()
            .Where(kind => string.Equals($"{kind}", word, StringComparison.OrdinalIgnoreCase))
            .Select(kind => (CatalogKind?)kind)
            .FirstOrDefault();

    /// <summary>As Backstage has it: letters and digits, and single -, _ or . between them; at most 63.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Where(
                (letter, i) =>
                    !char.IsAsciiLetterOrDigit(letter)
                    && (letter is not ('-' or '_' or '.') || !char.IsAsciiLetterOrDigit(name[i - 1]))
            )
            .Any();

    public static string NoName(string name) =>
        $"'{(name.Length > 80 ? name[..80] : name)}' is no name. Give 1 to 63 letters and digits, with single -, _ or . between them.";

    private static bool Same(SetCatalogEntry one, SetCatalogEntry other) =>
        one with { DependsOn = null, Members = null } == other with { DependsOn = null, Members = null }
        && (one.DependsOn ?? []).SequenceEqual(other.DependsOn ?? [])
        && (one.Members ?? []).SequenceEqual(other.Members ?? []);
}
