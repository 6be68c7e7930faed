using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Steady.Contracts.Experiments;

namespace Steady.Contracts.Incidents;

/// <summary>What an entry of the catalog is, by the words of Backstage.</summary>
public enum CatalogKind
{
    /// <summary>A service, or another piece of software that runs.</summary>
    Component,

    /// <summary>Components and resources that belong together.</summary>
    System,

    /// <summary>A team.</summary>
    Group,

    /// <summary>What a component offers to others.</summary>
    Api,

    /// <summary>What a component needs to run: a database, a queue.</summary>
    Resource,
}

/// <summary>Something that an entry needs.</summary>
/// <param name="Name">What it needs, by name. 1 to 63 characters.</param>
/// <param name="Kind">What that is; a component when absent.</param>
/// <param name="Strength">What becomes of the entry without it; hard when absent.</param>
/// <param name="Fallback">How it goes on without it; only of a soft one, which has one. 1 to 500 characters.</param>
public sealed record CatalogDependency(
    [property: Required, StringLength(63, MinimumLength = 1)] string Name,
    CatalogKind Kind = CatalogKind.Component,
    DependencyStrength Strength = DependencyStrength.Hard,
    [property: StringLength(500, MinimumLength = 1)] string? Fallback = null
);

/// <summary>Sets an entry of the catalog, as a whole.</summary>
/// <param name="Title">Its name for people; at most 100 characters.</param>
/// <param name="Description">What it is for; at most 2,000 characters.</param>
/// <param name="Owner">The team it belongs to, by name; or a person, as <c>user:ana</c>. At most 100 characters.</param>
/// <param name="System">The system it is part of, by name.</param>
/// <param name="Type">What sort of its kind it is, for example <c>service</c>; at most 63 characters.</param>
/// <param name="Lifecycle">For example <c>production</c>; at most 63 characters.</param>
/// <param name="Tier">How much hangs on it, 1 (most) to 4.</param>
/// <param name="IsPublic">Whether customers know it: it stands on the status page under its title.</param>
/// <param name="DependsOn">What it needs; at most 200.</param>
/// <param name="Members">Who belongs to a team; at most 500.</param>
public sealed record SetCatalogEntry(
    [property: StringLength(100)] string? Title = null,
    [property: StringLength(2000)] string? Description = null,
    [property: StringLength(100)] string? Owner = null,
    [property: StringLength(63)] string? System = null,
    [property: StringLength(63)] string? Type = null,
    [property: StringLength(63)] string? Lifecycle = null,
    [property: Range(1, 4)] int? Tier = null,
    bool IsPublic = false,
    [property: MaxLength(200)] IReadOnlyList<CatalogDependency>? DependsOn = null,
    [property: MaxLength(500)] IReadOnlyList<string>? Members = null
);

/// <summary>An entry of the catalog.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name; of a component, the name of the service everywhere in Steady.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="System">The system it is part of.</param>
/// <param name="Type">What sort of its kind it is.</param>
/// <param name="Lifecycle">How far it is.</param>
/// <param name="Tier">How much hangs on it, 1 (most) to 4; null when nobody said.</param>
/// <param name="IsPublic">Whether it stands on the status page.</param>
/// <param name="DependsOn">What it needs.</param>
/// <param name="DependedOnBy">Who needs it, by name; as it is now.</param>
/// <param name="Members">Who belongs to it.</param>
/// <param name="SetBy">Who set it so.</param>
/// <param name="SetAt">When.</param>
public sealed record CatalogEntryView(
    CatalogKind Kind,
    string Name,
    long Version,
    string? Title,
    string? Description,
    string? Owner,
    string? System,
    string? Type,
    string? Lifecycle,
    int? Tier,
    bool IsPublic,
    IReadOnlyList<CatalogDependency> DependsOn,
    IReadOnlyList<string> DependedOnBy,
    IReadOnlyList<string> Members,
    string SetBy,
    DateTimeOffset SetAt
);

/// <summary>What a document became to an entry.</summary>
public enum CatalogChangeKind
{
    /// <summary>There was no such entry.</summary>
    Added,

    /// <summary>It says something else than before.</summary>
    Changed,

    /// <summary>It says what was known.</summary>
    Unchanged,
}

/// <summary>What applying documents changed, or would change.</summary>
/// <param name="DryRun">Whether it only would.</param>
/// <param name="Entries">One per document that was understood, in order.</param>
/// <param name="Ignored">Documents that are of no use here.</param>
/// <param name="Warnings">What stands out and forbids nothing: needs and owners that are not in the catalog.</param>
public sealed record CatalogApplied(
    bool DryRun,
    IReadOnlyList<CatalogChange> Entries,
    IReadOnlyList<CatalogIgnored> Ignored,
    IReadOnlyList<string> Warnings
);

/// <summary>What became of one entry.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Change">What became of it.</param>
/// <param name="Line">Where its document begins.</param>
public sealed record CatalogChange(CatalogKind Kind, string Name, CatalogChangeKind Change, int Line);

/// <summary>A document that was left alone.</summary>
/// <param name="Document">Which one, from 1.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Kind">What it calls itself.</param>
/// <param name="Reason">Why it is of no use.</param>
public sealed record CatalogIgnored(int Document, int Line, string Kind, string Reason);
