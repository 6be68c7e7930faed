using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Incidents;

/// <summary>What is wrong with a query, and where in its text.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1, in UTF-16 code units.</param>
/// <param name="Length">How much of the text it is about; 0 where something is missing.</param>
/// <param name="Message">What is wrong, with the nearest name where one is known.</param>
/// <param name="Expected">What could stand there instead.</param>
public sealed record QueryMistake(int Line, int Column, int Length, string Message, IReadOnlyList<string> Expected);

/// <summary>A stretch between two entries in which nothing happened.</summary>
/// <param name="From">When the last thing before it had ended.</param>
/// <param name="To">When the next thing began.</param>
/// <param name="Seconds">How long it is.</param>
/// <param name="After">The entry before it.</param>
/// <param name="Before">The entry after it.</param>
public sealed record TimelineGap(DateTimeOffset From, DateTimeOffset To, decimal Seconds, Guid After, Guid Before);

/// <summary>How many entries share something.</summary>
/// <param name="Key">What they share; empty where they say nothing of it.</param>
/// <param name="Count">How many there are.</param>
public sealed record TimelineCount(string Key, long Count);

/// <summary>What could be typed at a place of a query.</summary>
/// <param name="Text">What would stand there.</param>
/// <param name="Kind"><c>field</c>, <c>value</c>, <c>word</c> or <c>pipe</c>.</param>
/// <param name="Start">Where the text that it replaces begins, from 0.</param>
/// <param name="Length">How long that text is.</param>
/// <param name="About">What it means; null where it speaks for itself.</param>
public sealed record QueryCompletion(string Text, string Kind, int Start, int Length, string? About);

/// <summary>Keeps a query under a name.</summary>
/// <param name="Query">The query. 1 to 2,000 characters.</param>
/// <param name="About">What it is for. At most 500 characters.</param>
public sealed record SetTimelineView(
    [property: Required, StringLength(2000, MinimumLength = 1)] string Query,
    [property: StringLength(500)] string? About = null
);

/// <summary>A query that is kept under a name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; the ETag.</param>
/// <param name="Query">The query as it was written.</param>
/// <param name="About">What it is for.</param>
/// <param name="By">Who set it last.</param>
/// <param name="At">When.</param>
public sealed record SavedTimelineView(
    string Name,
    long Version,
    string Query,
    string? About,
    string By,
    DateTimeOffset At
);
