using Steady.Contracts.Incidents;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>Puts the page of an incident's review together.</summary>
public static class ReviewReader
{
    // A beginning that has to be thinned out is none.
    private const int MostTurning = 20;

    public static async Task<ReviewModel> Read(
        Apis apis,
        TimeProvider clock,
        string id,
        int from,
        Refused? refused,
        CancellationToken stop
    )
    {
        var view = apis.Incidents.Get(id, stop);
        var timeline = IncidentReader.Entries(apis, id, null, stop);
        var story = apis.Postmortems.Story(id, stop);
        var moments = Answer.Of(apis.Incidents.Timestamps(id, stop));
        var postmortem = Answer.Of(apis.Postmortems.Get(id, stop));
        var (incident, (all, more)) = (await view, await timeline);
        var entries = all.Where(entry => !IsOfPostmortem(entry)).ToList();
        return new ReviewModel(
            incident,
            entries,
            Rows.Of(entries.Count, more, from),
            await story,
            (await moments).Value,
            (await postmortem).Value?.Sections.First(one => one.Section == PostmortemSection.Impact).Html ?? "",
            await IncidentReader.Runs(apis, entries, stop),
            clock.GetUtcNow(),
            refused,
            apis.May("incidents:write")
        );
    }

    /// <summary>Where the incident itself turned, and what was found out of why. Pure.</summary>
    public static IReadOnlyList<TimelineEntry> Turning(IncidentView incident, IEnumerable<TimelineEntry> entries) =>
        [
            .. entries
                .Where(entry =>
                    TimelineLanes.IsKey(entry)
                    && (entry.IncidentId == incident.Id || entry.OccurredAt <= incident.DeclaredAt)
                )
                .Take(MostTurning),
        ];

    // It is written about the incident; it did not happen in it.
    private static bool IsOfPostmortem(TimelineEntry entry) =>
        entry.Kind.StartsWith("postmortem-", StringComparison.Ordinal)
        || (
            entry.Kind == "timestamp-stated"
            && entry.Text.EndsWith("The postmortem was published.", StringComparison.Ordinal)
        );
}
