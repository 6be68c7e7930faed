using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>Adds something that is to be done while the incident lasts.</summary>
/// <param name="Text">What. 1 to 1,000 characters.</param>
/// <param name="Owner">Who does it. At most 200 characters; nobody yet when absent.</param>
/// <param name="DueAt">Until when; the timeline reminds of it. No time when absent.</param>
/// <param name="Link">Where else it is kept: an http or https address of at most 2,000 characters.</param>
public sealed record AddTask(
    [property: Required, StringLength(1000, MinimumLength = 1)] string Text,
    [property: StringLength(200, MinimumLength = 1)] string? Owner = null,
    DateTimeOffset? DueAt = null,
    [property: StringLength(2000)] string? Link = null
);

/// <summary>Says anew who does a task and until when; what is absent is taken away.</summary>
/// <param name="Owner">Who does it. At most 200 characters.</param>
/// <param name="DueAt">Until when.</param>
/// <param name="Link">Where else it is kept: an http or https address of at most 2,000 characters.</param>
public sealed record ChangeTask(
    [property: StringLength(200, MinimumLength = 1)] string? Owner = null,
    DateTimeOffset? DueAt = null,
    [property: StringLength(2000)] string? Link = null
);

/// <summary>Says that a task is done.</summary>
/// <param name="Outcome">What came of it. At most 1,000 characters.</param>
public sealed record FinishTask([property: StringLength(1000)] string? Outcome = null);

/// <summary>Something that is to be done while an incident lasts.</summary>
/// <param name="Id">The task.</param>
/// <param name="Number">Its number within the incident, from 1.</param>
/// <param name="Text">What.</param>
/// <param name="Owner">Who does it; null while nobody does.</param>
/// <param name="DueAt">Until when; null when nobody said.</param>
/// <param name="Link">Where else it is kept.</param>
/// <param name="AddedBy">Who asked for it.</param>
/// <param name="AddedAt">When.</param>
/// <param name="OverdueSince">When its time had passed and the timeline said so; null while it has not.</param>
/// <param name="DoneBy">Who said that it is done; null while it is not.</param>
/// <param name="DoneAt">When.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record IncidentTask(
    Guid Id,
    int Number,
    string Text,
    string? Owner,
    DateTimeOffset? DueAt,
    string? Link,
    string AddedBy,
    DateTimeOffset AddedAt,
    DateTimeOffset? OverdueSince = null,
    string? DoneBy = null,
    DateTimeOffset? DoneAt = null,
    string? Outcome = null
);

/// <summary>Whom an update is for.</summary>
public enum UpdateAudience
{
    /// <summary>Colleagues.</summary>
    Internal,

    /// <summary>Customers, and everybody else.</summary>
    Customers,
}

/// <summary>Tells stakeholders how it stands.</summary>
/// <param name="Text">What they read, in Markdown, kept as it is. 1 to 10,000 characters.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="NextUpdateMinutes">When they hear the next word, 1 to 10,080 minutes from now; what the severity promises when absent.</param>
public sealed record PostUpdate(
    [property: Required, StringLength(10_000, MinimumLength = 1)] string Text,
    [property: JsonRequired] UpdateAudience Audience,
    [property: Range(1, 10_080)] int? NextUpdateMinutes = null
);

/// <summary>What stakeholders were told.</summary>
/// <param name="Id">The update.</param>
/// <param name="Number">Its number within the incident, from 1.</param>
/// <param name="Text">What they read, in Markdown.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Html">The text as HTML that can be shown to anybody: HTML in it is text, and links lead to http, https or mailto.</param>
public sealed record StakeholderUpdate(
    Guid Id,
    int Number,
    string Text,
    UpdateAudience Audience,
    string By,
    DateTimeOffset At,
    string Html = ""
);

/// <summary>Says where else a follow-up is kept.</summary>
/// <param name="Link">An http or https address of at most 2,000 characters; null takes it away.</param>
public sealed record LinkFollowUp([property: StringLength(2000)] string? Link);
