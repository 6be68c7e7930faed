using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>Where a postmortem is.</summary>
public enum PostmortemState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Somebody who wrote none of it is asked to read it.</summary>
    InReview,

    /// <summary>Somebody who wrote none of it found it right.</summary>
    Reviewed,

    /// <summary>Told, and no longer changed.</summary>
    Published,
}

/// <summary>A part of a postmortem that people write.</summary>
public enum PostmortemSection
{
    /// <summary>What happened, for somebody who was not there.</summary>
    Summary,

    /// <summary>Who suffered, how much and for how long.</summary>
    Impact,

    /// <summary>How it was noticed, and what would have shown it earlier.</summary>
    Detection,

    /// <summary>What helped.</summary>
    WentWell,

    /// <summary>What hindered.</summary>
    WentBadly,

    /// <summary>What would have made it worse and did not happen.</summary>
    Lucky,

    /// <summary>What had to come together for it to happen.</summary>
    ContributingFactors,

    /// <summary>What is known now that was not known before.</summary>
    Lessons,
}

/// <summary>Writes a section of a postmortem, as a whole.</summary>
/// <param name="Text">Markdown; HTML in it is shown as text. Empty empties the section. At most 50,000 characters.</param>
/// <param name="Version">The section's version that this text is based on; absent to write whatever stands there. 0 or more.</param>
public sealed record WriteSection(
    [property: JsonRequired, StringLength(50_000)] string Text,
    [property: Range(0, int.MaxValue)] int? Version = null
);

/// <summary>Gives a postmortem back to those who write it.</summary>
/// <param name="Reason">What is missing or wrong. 1 to 2,000 characters.</param>
public sealed record SendBackPostmortem([property: Required, StringLength(2000, MinimumLength = 1)] string Reason);

/// <summary>Finds a postmortem right.</summary>
/// <param name="Comment">What the reviewer says; may be left out. At most 2,000 characters.</param>
public sealed record ReviewPostmortem([property: StringLength(2000)] string? Comment = null);

/// <summary>Asks for something to be done, so that it does not happen again. It becomes a follow-up.</summary>
/// <param name="Text">What is to be done. 1 to 1,000 characters.</param>
/// <param name="Owner">Who does it. 1 to 100 characters.</param>
/// <param name="DueOn">Until when; may be left out.</param>
public sealed record OpenActionItem(
    [property: Required, StringLength(1000, MinimumLength = 1)] string Text,
    [property: Required, StringLength(100, MinimumLength = 1)] string Owner,
    DateOnly? DueOn = null
);

/// <summary>A text to be looked at before it is stored.</summary>
/// <param name="Text">Markdown. At most 50,000 characters.</param>
public sealed record PreviewMarkdown([property: JsonRequired, StringLength(50_000)] string Text);

/// <summary>How a text will look.</summary>
/// <param name="Html">HTML that holds no script, no style, no image and no link but http, https and mailto.</param>
public sealed record MarkdownPreview(string Html);

/// <summary>A postmortem as it is read.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="IncidentId">The incident it is about; each has at most one.</param>
/// <param name="Number">The incident's number: INC-7.</param>
/// <param name="Service">The service that suffered.</param>
/// <param name="Severity">How bad it was.</param>
/// <param name="Title">The incident's title.</param>
/// <param name="State">Where it is.</param>
/// <param name="DueAt">Until when it should be published: three days after the end of a SEV-1, five working days after that of a SEV-2; else null, as while the incident goes on.</param>
/// <param name="IsOverdue">Whether that has passed and it is not published.</param>
/// <param name="StartedBy">Who began it.</param>
/// <param name="StartedAt">When.</param>
/// <param name="Authors">Who has written in it.</param>
/// <param name="Sections">All sections, in order, also those that nobody has written yet.</param>
/// <param name="Steps">What became of it: who asked for reviews, sent back, reviewed, published, and when.</param>
/// <param name="Facts">What the platform knows of the incident, as known at publication; now, while it is not published.</param>
/// <param name="ActionItems">What is to be done, done or not.</param>
/// <param name="AfterPublication">Entries of the timeline that were recorded after it was published, oldest first.</param>
public sealed record PostmortemView(
    Guid Id,
    long Version,
    Guid IncidentId,
    long Number,
    string Service,
    Severity Severity,
    string Title,
    PostmortemState State,
    DateTimeOffset? DueAt,
    bool IsOverdue,
    string StartedBy,
    DateTimeOffset StartedAt,
    IReadOnlyList<string> Authors,
    IReadOnlyList<SectionView> Sections,
    IReadOnlyList<PostmortemStep> Steps,
    PostmortemFacts Facts,
    IReadOnlyList<FollowUpView> ActionItems,
    IReadOnlyList<TimelineEntry> AfterPublication
);

/// <summary>A row of the list of postmortems.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Number">Its number.</param>
/// <param name="Service">Its service.</param>
/// <param name="Severity">How bad it was.</param>
/// <param name="Title">Its title.</param>
/// <param name="State">Where the postmortem is; null when nobody has begun it although it is due.</param>
/// <param name="DueAt">Until when it should be published; null when it need not be, or the incident goes on.</param>
/// <param name="IsOverdue">Whether that has passed and it is not published.</param>
/// <param name="PublishedAt">When it was published.</param>
public sealed record PostmortemRow(
    Guid IncidentId,
    long Number,
    string Service,
    Severity Severity,
    string Title,
    PostmortemState? State,
    DateTimeOffset? DueAt,
    bool IsOverdue,
    DateTimeOffset? PublishedAt
);

/// <summary>A section as it stands, or as one of its versions was.</summary>
/// <param name="Section">Which.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Asks">What it should answer.</param>
/// <param name="Text">Markdown, as it was written; empty while nobody has.</param>
/// <param name="Html">The same as HTML that is safe to show.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="By">Who wrote this version; null while nobody has.</param>
/// <param name="At">When.</param>
public sealed record SectionView(
    PostmortemSection Section,
    string Title,
    string Asks,
    string Text,
    string Html,
    int Version,
    string? By,
    DateTimeOffset? At
);

/// <summary>A step of a postmortem towards its publication.</summary>
/// <param name="Kind"><c>submitted</c>, <c>sent-back</c>, <c>reviewed</c> or <c>published</c>.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Text">What was said with it; null when nothing was.</param>
public sealed record PostmortemStep(string Kind, string By, DateTimeOffset At, string? Text);

/// <summary>What the platform itself knows of an incident.</summary>
/// <param name="KnownAt">As of when: the moment of publication, or now.</param>
/// <param name="Milestones">The moments of its life that are known, in order.</param>
/// <param name="Measures">What is measured between them.</param>
/// <param name="Timeline">What happened, oldest first; at most 2,000 entries.</param>
/// <param name="IsWhole">Whether that is all.</param>
/// <param name="BudgetSpent">The entries that put spent error budget down to it.</param>
/// <param name="Runs">The entries of experiments that ran near it.</param>
/// <param name="Story">The key moments of its review, with what people say of them; null when nobody has told a story.</param>
public sealed record PostmortemFacts(
    DateTimeOffset KnownAt,
    IReadOnlyList<PostmortemMilestone> Milestones,
    IReadOnlyList<IncidentMeasure> Measures,
    IReadOnlyList<TimelineEntry> Timeline,
    bool IsWhole,
    IReadOnlyList<TimelineEntry> BudgetSpent,
    IReadOnlyList<TimelineEntry> Runs,
    IReadOnlyList<StoryMoment>? Story = null
);

/// <summary>A moment in the life of an incident.</summary>
/// <param name="Name">What happened then, for example <c>acknowledged</c>.</param>
/// <param name="At">When.</param>
/// <param name="AfterSeconds">Seconds since the incident began; negative when it lies before.</param>
public sealed record PostmortemMilestone(string Name, DateTimeOffset At, long AfterSeconds);
