using Steady.Contracts.Incidents;
using Steady.Incidents.FollowUps;

namespace Steady.Incidents.Learning;

/// <summary>What people read of a postmortem, from what is stored. Pure.</summary>
public static class Views
{
    public static PostmortemView Of(
        Postmortem postmortem,
        IncidentView incident,
        PostmortemFacts facts,
        IReadOnlyList<FollowUp> actions,
        IReadOnlyList<TimelineEntry> later,
        DateTimeOffset now
    )
    {
        var due = Due.Of(incident.Severity, incident.ResolvedAt);
        return new PostmortemView(
            postmortem.Id,
            postmortem.Version,
            incident.Id,
            incident.Number,
            incident.Service,
            incident.Severity,
            incident.Title,
            postmortem.State,
            due,
            IsOverdue(postmortem, due, now),
            postmortem.Started.By,
            postmortem.Started.At,
            postmortem.Authors,
            [.. PostmortemSections.All.Select(section => Of(section, postmortem.Find(section)))],
            postmortem.Steps,
            facts,
            [.. actions.Select(one => one.View()).OrderBy(one => one.OpenedAt)],
            later
        );
    }

    public static SectionView Of(PostmortemSection section, WrittenSection? written) =>
        new(
            section,
            PostmortemSections.TitleOf(section),
            PostmortemSections.AskedBy(section),
            written?.Text ?? "",
            written is null ? "" : SafeMarkdown.Html(written.Text),
            written?.Version ?? 0,
            written?.By,
            written?.At
        );

    public static PostmortemRow Row(IncidentView incident, Postmortem? postmortem, DateTimeOffset now)
    {
        var due = Due.Of(incident.Severity, incident.ResolvedAt);
        return new PostmortemRow(
            incident.Id,
            incident.Number,
            incident.Service,
            incident.Severity,
            incident.Title,
            postmortem?.State,
            due,
            IsOverdue(postmortem, due, now),
            postmortem?.PublishedAt
        );
    }

    private static bool IsOverdue(Postmortem? postmortem, DateTimeOffset? due, DateTimeOffset now) =>
        due < now && postmortem?.State != PostmortemState.Published;
}
