using Marten.Events.Aggregation;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using IncidentClosed = Steady.Incidents.Response.IncidentClosed;
using IncidentDeclared = Steady.Incidents.Response.IncidentDeclared;
using IncidentDeclined = Steady.Incidents.Response.IncidentDeclined;
using IncidentMerged = Steady.Incidents.Response.IncidentMerged;
using IncidentMitigated = Steady.Incidents.Response.IncidentMitigated;
using IncidentReopened = Steady.Incidents.Response.IncidentReopened;
using IncidentResolved = Steady.Incidents.Response.IncidentResolved;
using IncidentSeverityChanged = Steady.Incidents.Response.IncidentSeverityChanged;
using UpdatePosted = Steady.Incidents.Response.UpdatePosted;

namespace Steady.Incidents.Status;

/// <summary>What customers are told of one incident: the updates that are meant for them, and nothing else of it.</summary>
public sealed record PublicStory
{
    public Guid Id { get; init; }

    /// <summary>How often it changed: of two answers about it, the one with more is the newer.</summary>
    public int Changes { get; init; }

    public string Service { get; init; } = "";
    public Severity Severity { get; init; }
    public bool Drill { get; init; }

    /// <summary>Nothing of it is told, not even what customers had been told before.</summary>
    public bool Private { get; init; }

    public StatusStep Step { get; init; }

    /// <summary>When it was over; null while it is not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The incident it is part of now: it is over when that one is.</summary>
    public Guid? Into { get; init; }

    /// <summary>Whether customers were told anything.</summary>
    public bool IsTold { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<StatusNote> Notes { get; init; } = [];

    /// <summary>What customers notice: by how bad it is said to be, until they no longer suffer.</summary>
    public StatusImpact Impact =>
        Step is StatusStep.Monitoring or StatusStep.Resolved
            ? StatusImpact.None
            : Severity switch
            {
                Severity.Sev1 => StatusImpact.Major,
                Severity.Sev2 => StatusImpact.Partial,
                _ => StatusImpact.Minor,
            };

    public PublicStory Next() => this with { Changes = Changes + 1 };
}

/// <summary>Keeps what customers are told. A moment behind what is written; the page is asked for by everybody.</summary>
public sealed partial class StoriesProjection : SingleStreamProjection<PublicStory, Guid>
{
    public StoriesProjection() => Name = "status-stories";

    public static PublicStory Create(IncidentDeclared e) =>
        new()
        {
            Service = e.Service,
            Severity = e.Severity,
            Drill = e.Drill,
            Private = e.Private,
        };

    public PublicStory Apply(IncidentMadePrivate _, PublicStory story) => story.Next() with { Private = true };

    public PublicStory Apply(IncidentMadePublic _, PublicStory story) => story.Next() with { Private = false };

    public PublicStory Apply(IncidentSeverityChanged e, PublicStory story) =>
        story.Next() with
        {
            Severity = e.Severity,
        };

    public PublicStory Apply(UpdatePosted e, PublicStory story) =>
        e.Audience == UpdateAudience.Customers
            ? story.Next() with
            {
                IsTold = true,
                Notes = [.. story.Notes, new StatusNote(e.At, story.Step, story.Impact, e.Text)],
            }
            : story;

    // What is known of the cause is told by whoever writes; that it is known shows.
    public PublicStory Apply(TimestampStated e, PublicStory story) =>
        e is { Moment: IncidentMoment.Identified, OccurredAt: not null } && story.Step == StatusStep.Investigating
            ? story.Next() with
            {
                Step = StatusStep.Identified,
            }
            : story;

    public PublicStory Apply(IncidentMitigated _, PublicStory story) =>
        story.Next() with
        {
            Step = StatusStep.Monitoring,
        };

    public PublicStory Apply(IncidentResolved e, PublicStory story) => Over(story, e.At);

    public PublicStory Apply(IncidentClosed e, PublicStory story) => Over(story, e.At);

    public PublicStory Apply(IncidentDeclined e, PublicStory story) => Over(story, e.At);

    public PublicStory Apply(IncidentMerged e, PublicStory story) => story.Next() with { Into = e.Into };

    public PublicStory Apply(IncidentReopened _, PublicStory story) =>
        story.Next() with
        {
            Step = StatusStep.Investigating,
            EndedAt = null,
        };

    private static PublicStory Over(PublicStory story, DateTimeOffset at) =>
        story.Next() with
        {
            Step = StatusStep.Resolved,
            EndedAt = story.EndedAt ?? at,
        };
}
