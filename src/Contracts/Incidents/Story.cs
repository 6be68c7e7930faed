using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Incidents;

/// <summary>Takes an entry of the timeline into the story of an incident, or says something with it.</summary>
/// <param name="Text">What people say with it, at most 2,000 characters; empty takes the words away, absent leaves them as they are.</param>
/// <param name="Version">The version of the moment that this is based on; absent to write whatever stands there. 0 or more.</param>
public sealed record TellMoment(
    [property: StringLength(2000)] string? Text = null,
    [property: Range(0, int.MaxValue)] int? Version = null
);

/// <summary>An incident as people tell it: those entries of its timeline that matter, each with their words.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Number">Its number.</param>
/// <param name="Version">The story's version; 0 while nobody has told any of it.</param>
/// <param name="Moments">What it is made of, in the order in which it happened.</param>
public sealed record IncidentStory(Guid IncidentId, long Number, long Version, IReadOnlyList<StoryMoment> Moments);

/// <summary>A key moment of an incident.</summary>
/// <param name="Entry">The entry of the timeline, as it is known.</param>
/// <param name="Text">What people say with it; null for nothing.</param>
/// <param name="Version">How often it was told.</param>
/// <param name="By">Who told it so.</param>
/// <param name="At">When.</param>
public sealed record StoryMoment(TimelineEntry Entry, string? Text, int Version, string By, DateTimeOffset At);
