using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>A page that whoever is signed in has not answered yet.</summary>
/// <param name="Page">The newest one for its incident.</param>
/// <param name="Incident">Null for a test page, and for what is told only.</param>
public sealed record Call(PageView Page, IncidentView? Incident)
{
    /// <summary>Somebody else has it already: one may say that one has read it, and need not take it.</summary>
    public bool IsOptional => Incident is null || Incident.Lead is not null;
}

/// <summary>Which pages a person is shown on every page of the console. Pure.</summary>
public static class Calls
{
    public const int Most = 5;
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(24);
    private static readonly TimeSpan OldestTest = TimeSpan.FromMinutes(10);

    /// <summary>Those of the console's channel that are not too old, the newest of each incident.</summary>
    /// <param name="pages">The person's pages.</param>
    /// <param name="seen">Those that the person said they had read, here.</param>
    /// <param name="now">The moment.</param>
    public static IReadOnlyList<PageView> Newest(
        IReadOnlyList<PageView> pages,
        IReadOnlySet<Guid> seen,
        DateTimeOffset now
    ) =>
        [
            .. pages
                .Where(page =>
                    page is { Kind: ChannelKind.Console, Status: PageStatus.Delivered }
                    && now - page.RequestedAt <= (page.IncidentId is null && !page.Notice ? OldestTest : Oldest)
                    && (page.IncidentId is not null || !IsSeen(page, seen))
                )
                .GroupBy(page => page.IncidentId ?? page.Id)
                .Select(of => of.MaxBy(page => page.DoneAt)!)
                // What somebody is only told never hides what they are paged for.
                .OrderByDescending(page => page.IncidentId is not null)
                .ThenByDescending(page => page.DoneAt)
                .Take(Most),
        ];

    /// <summary>Those that still wait: nobody has the incident, or the person has not said that they have read them.</summary>
    public static IReadOnlyList<Call> Of(
        IReadOnlyList<PageView> newest,
        IReadOnlyDictionary<Guid, IncidentView> incidents,
        IReadOnlySet<Guid> seen
    ) =>
        [
            .. newest
                .Select(page => new Call(page, page.IncidentId is { } id ? incidents.GetValueOrDefault(id) : null))
                .Where(call => call.Page.IncidentId is null || Waits(call, seen)),
        ];

    private static bool Waits(Call call, IReadOnlySet<Guid> seen) =>
        call.Incident is { } incident
        && !incident.Status.IsOver()
        && incident.Status != IncidentStatus.Mitigated
        && (!call.IsOptional || !IsSeen(call.Page, seen) && IsNews(call.Page, incident));

    // A page of before somebody took it is answered by that.
    private static bool IsNews(PageView page, IncidentView incident) =>
        incident.AcknowledgedAt is not { } taken || page.RequestedAt > taken;

    private static bool IsSeen(PageView page, IReadOnlySet<Guid> seen) => seen.Contains(page.Id);
}
