using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Learning;

// Events and state of a postmortem. These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins
// them. Each names its incident and service, because the timeline tells it by itself.

public sealed record PostmortemStarted(
    Guid IncidentId,
    long Number,
    string Service,
    string Title,
    string By,
    DateTimeOffset At
);

/// <summary>A section was written, as a whole; what stood there before stays in the stream.</summary>
public sealed record SectionWritten(
    Guid IncidentId,
    string Service,
    PostmortemSection Section,
    string Text,
    string By,
    DateTimeOffset At
);

public sealed record PostmortemSubmitted(Guid IncidentId, string Service, string By, DateTimeOffset At);

public sealed record PostmortemSentBack(Guid IncidentId, string Service, string Reason, string By, DateTimeOffset At);

public sealed record PostmortemReviewed(Guid IncidentId, string Service, string? Comment, string By, DateTimeOffset At);

public sealed record PostmortemPublished(Guid IncidentId, string Service, string By, DateTimeOffset At);

/// <summary>The one postmortem of an incident.</summary>
public sealed record Postmortem
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required PostmortemStarted Started { get; init; }
    public PostmortemState State { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Each as it stands, with how often it was written.</summary>
    public IReadOnlyList<WrittenSection> Sections { get; init; } = [];

    /// <summary>Everybody who wrote in it, also what no longer stands there.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    public IReadOnlyList<PostmortemStep> Steps { get; init; } = [];

    /// <summary>The same incident always has the same postmortem.</summary>
    public static Guid IdOf(Guid incident) => StableId.From("postmortem", incident.ToString());

    public static Postmortem Create(PostmortemStarted e) => new() { Started = e };

    // What was reviewed is no longer what stands there.
    public Postmortem Apply(SectionWritten e) =>
        this with
        {
            State = State == PostmortemState.Reviewed ? PostmortemState.InReview : State,
            Sections =
            [
                .. Sections.Where(one => one.Section != e.Section),
                new WrittenSection(e.Section, e.Text, VersionOf(e.Section) + 1, e.By, e.At),
            ],
            Authors = Authors.Contains(e.By) ? Authors : [.. Authors, e.By],
        };

    public Postmortem Apply(PostmortemSubmitted e) => Step(PostmortemState.InReview, "submitted", e.By, e.At);

    public Postmortem Apply(PostmortemSentBack e) => Step(PostmortemState.Draft, "sent-back", e.By, e.At, e.Reason);

    public Postmortem Apply(PostmortemReviewed e) => Step(PostmortemState.Reviewed, "reviewed", e.By, e.At, e.Comment);

    public Postmortem Apply(PostmortemPublished e) =>
        Step(PostmortemState.Published, "published", e.By, e.At) with
        {
            PublishedAt = e.At,
        };

    public int VersionOf(PostmortemSection section) => Find(section)?.Version ?? 0;

    public WrittenSection? Find(PostmortemSection section) => Sections.FirstOrDefault(one => one.Section == section);

    private Postmortem Step(PostmortemState state, string kind, string by, DateTimeOffset at, string? text = null) =>
        this with
        {
            State = state,
            Steps = [.. Steps, new PostmortemStep(kind, by, at, text)],
        };
}

/// <summary>A section as somebody wrote it.</summary>
public sealed record WrittenSection(PostmortemSection Section, string Text, int Version, string By, DateTimeOffset At);
