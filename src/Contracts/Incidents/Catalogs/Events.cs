namespace Steady.Contracts.Incidents;

/// <summary>A component of the catalog, which is a service to the rest of Steady, was set: new, or otherwise than before.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Title">Its name for people; null when it has none.</param>
/// <param name="Owner">The team it belongs to, or a person as <c>user:ana</c>; null when nobody said.</param>
/// <param name="System">The system it is part of.</param>
/// <param name="Tier">How much hangs on it, 1 (most) to 4.</param>
/// <param name="IsPublic">Whether customers know it.</param>
/// <param name="DependsOn">What it needs.</param>
/// <param name="By">Who set it.</param>
/// <param name="At">When.</param>
public sealed record CatalogServiceSet(
    string Service,
    string? Title,
    string? Owner,
    string? System,
    int? Tier,
    bool IsPublic,
    IReadOnlyList<CatalogDependency> DependsOn,
    string By,
    DateTimeOffset At
);

/// <summary>A component was taken out of the catalog.</summary>
/// <param name="Service">Its name.</param>
/// <param name="By">Who took it out.</param>
/// <param name="At">When.</param>
public sealed record CatalogServiceRemoved(string Service, string By, DateTimeOffset At);

/// <summary>
/// Somebody begins to listen and may have missed what was said: the newest <see cref="CatalogServiceSet"/> or
/// <see cref="CatalogServiceRemoved"/> of every component comes again, as it was.
/// </summary>
/// <param name="By">Who asks, for example <c>budgets</c>.</param>
public sealed record CatalogAsked(string By);
