using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Incidents;

/// <summary>Something that is to be done so that it does not happen again.</summary>
/// <param name="Id">The follow-up.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Source">What asked for it, for example <c>finding</c>.</param>
/// <param name="SourceId">The one that did.</param>
/// <param name="About">What it is about, in a few words.</param>
/// <param name="Services">The services it is about.</param>
/// <param name="Text">What is to be done.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="DueOn">Until when; null when nobody said.</param>
/// <param name="OpenedBy">Who asked for it.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="DoneBy">Who said that it is done; null while it is not.</param>
/// <param name="DoneAt">When.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Link">Where else it is kept; null when nobody said.</param>
/// <param name="OverdueSince">When its day had passed and the timeline said so; null while it has not.</param>
public sealed record FollowUpView(
    Guid Id,
    long Version,
    string Source,
    Guid SourceId,
    string About,
    IReadOnlyList<string> Services,
    string Text,
    string Owner,
    DateOnly? DueOn,
    string OpenedBy,
    DateTimeOffset OpenedAt,
    string? DoneBy,
    DateTimeOffset? DoneAt,
    string? Outcome,
    string? Link = null,
    DateTimeOffset? OverdueSince = null
);

/// <summary>Says that a follow-up is done.</summary>
/// <param name="Outcome">What came of it. 1 to 2,000 characters.</param>
public sealed record CompleteFollowUp([property: Required, StringLength(2000, MinimumLength = 1)] string Outcome);
