namespace Steady.Contracts.Incidents;

/// <summary>A step of one incident, or the same step in both.</summary>
/// <param name="Category">What sort of thing it is.</param>
/// <param name="Left">The entry on the left; null when it was not done there.</param>
/// <param name="Right">The entry on the right; null when it was not done there.</param>
/// <param name="LeftSeconds">How long after the moment by which the two are laid beside each other.</param>
/// <param name="RightSeconds">The same on the right.</param>
/// <param name="FasterBySeconds">By how much it came sooner on the right; negative when it came later.</param>
public sealed record DiffStep(
    string Category,
    TimelineEntry? Left,
    TimelineEntry? Right,
    long? LeftSeconds,
    long? RightSeconds,
    long? FasterBySeconds
);

/// <summary>Something that was to be done so that it would not happen again, and how far it was when it did.</summary>
/// <param name="Id">The follow-up.</param>
/// <param name="Text">What was to be done.</param>
/// <param name="Owner">Who was to do it.</param>
/// <param name="DueOn">Until when.</param>
/// <param name="DoneAt">When it was done; null while it is not.</param>
/// <param name="Standing">How far it was when the later incident began: <c>open</c>, <c>overdue</c> or <c>done</c>.</param>
public sealed record StoppingFollowUp(
    Guid Id,
    string Text,
    string Owner,
    DateOnly? DueOn,
    DateTimeOffset? DoneAt,
    string Standing
);

/// <summary>An action that did not help in either incident.</summary>
/// <param name="Left">The entry on the left.</param>
/// <param name="Right">The entry on the right.</param>
public sealed record RepeatedFailure(TimelineEntry Left, TimelineEntry Right);

/// <summary>Two incidents laid beside each other.</summary>
/// <param name="Left">The incident on the left.</param>
/// <param name="Right">The incident on the right.</param>
/// <param name="Align">The moment by which they are laid.</param>
/// <param name="IsEmpty">Whether nothing differs.</param>
/// <param name="Added">Steps that only the right one has.</param>
/// <param name="Missing">Steps that only the left one has.</param>
/// <param name="Faster">Steps that came sooner on the right.</param>
/// <param name="Slower">Steps that came later on the right.</param>
/// <param name="Same">How many steps came as soon in both.</param>
/// <param name="SamePeople">Who worked on both.</param>
/// <param name="SameFailedActions">What did not help in either.</param>
/// <param name="FollowUps">What the earlier one asked for and should have stopped the later one.</param>
/// <param name="Whole">False when one of them has more steps than are laid beside each other.</param>
public sealed record IncidentDiff(
    Guid Left,
    Guid Right,
    IncidentMoment Align,
    bool IsEmpty,
    IReadOnlyList<DiffStep> Added,
    IReadOnlyList<DiffStep> Missing,
    IReadOnlyList<DiffStep> Faster,
    IReadOnlyList<DiffStep> Slower,
    int Same,
    IReadOnlyList<string> SamePeople,
    IReadOnlyList<RepeatedFailure> SameFailedActions,
    IReadOnlyList<StoppingFollowUp> FollowUps,
    bool Whole
);

/// <summary>One reason for which an incident is like another.</summary>
/// <param name="Name"><c>text</c>, <c>labels</c>, <c>course</c> or <c>services</c>.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Weight">How much it counts.</param>
/// <param name="Because">What they share.</param>
public sealed record LikenessPart(string Name, decimal Score, decimal Weight, IReadOnlyList<string> Because);

/// <summary>An incident that is like another.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Service">Whose it was.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Title">Its title.</param>
/// <param name="DeclaredAt">When it was declared.</param>
/// <param name="Resolution">How it ended; null while it goes on.</param>
/// <param name="Score">How like it is, 0 to 1.</param>
/// <param name="Parts">What that is made of.</param>
public sealed record SimilarIncident(
    Guid Id,
    long Number,
    string Service,
    Severity Severity,
    string Title,
    DateTimeOffset DeclaredAt,
    string? Resolution,
    decimal Score,
    IReadOnlyList<LikenessPart> Parts
);

/// <summary>The incidents that are most like one.</summary>
/// <param name="Incident">The one.</param>
/// <param name="Items">The most alike first.</param>
public sealed record SimilarIncidents(Guid Incident, IReadOnlyList<SimilarIncident> Items);
