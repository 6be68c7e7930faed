using Steady.Contracts.Incidents;

namespace Steady.Incidents.Response;

/// <summary>Who asks.</summary>
/// <param name="Name">The token's subject.</param>
/// <param name="IsAdmin">Whether the token may do everything.</param>
/// <param name="Relays">Whether it passes on that something happened, to those who may know: for the console.</param>
public sealed record Viewer(string Name, bool IsAdmin, bool Relays = false)
{
    /// <summary>The scope of whoever passes on that something happened.</summary>
    public const string Relay = "incidents:relay";
}

/// <summary>
/// Who may know of an incident: of a private one whoever has a part in it, and administrators. What is part of another incident is as
/// private as that one, and whoever had a part in one of them has a part in all. Pure.
/// </summary>
public static class Seeing
{
    /// <param name="incident">The incident; not one that is part of another.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="hasPartIn">The incidents that they have a part in.</param>
    public static bool MaySee(IncidentView incident, Viewer viewer, IReadOnlySet<Guid> hasPartIn) =>
        !incident.Private || viewer.IsAdmin || With(incident).Any(hasPartIn.Contains);

    /// <summary>Of all private incidents, those that somebody must find no trace of, with what is part of them.</summary>
    public static IReadOnlySet<Guid> Hidden(
        IEnumerable<IncidentView> all,
        Viewer viewer,
        IReadOnlySet<Guid> hasPartIn
    ) => all.Where(one => !MaySee(one, viewer, hasPartIn)).SelectMany(With).ToHashSet();

    /// <summary>The incident and those that are part of it.</summary>
    public static IEnumerable<Guid> With(IncidentView incident) =>
        (incident.Absorbed ?? []).Select(one => one.Id).Prepend(incident.Id);
}
