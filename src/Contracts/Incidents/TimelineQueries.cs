using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

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
/// <param name="Webhook">The host that what it finds is posted to; null where it is posted nowhere.</param>
public sealed record SavedTimelineView(
    string Name,
    long Version,
    string Query,
    string? About,
    string By,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Webhook = null
);

/// <summary>Posts what a kept query finds from now on.</summary>
/// <param name="Address">Where to, beginning with https://. The one it had, when absent.</param>
/// <param name="Secret">What it is signed with: <c>whsec_</c> and 24 to 64 bytes in Base64. The one it had, when absent.</param>
/// <param name="Batch">At most so many entries at once, 1 to 500.</param>
public sealed record SetViewWebhook(
    [property: StringLength(2000)] string? Address = null,
    [property: StringLength(200)] string? Secret = null,
    [property: Range(1, 500)] int Batch = 100
);

/// <summary>Where what a kept query finds is posted to, and how that goes. The address and its secret are never told.</summary>
/// <param name="View">The query's name.</param>
/// <param name="Version">The view's version; the ETag.</param>
/// <param name="Host">The host of the address.</param>
/// <param name="Batch">At most so many entries at once.</param>
/// <param name="By">Who set it: what of private incidents this person may not see is not posted.</param>
/// <param name="At">When.</param>
/// <param name="Off">Why nothing is posted any more; null while it is.</param>
/// <param name="Delivered">How many entries were taken.</param>
/// <param name="DeliveredAt">When some were taken last.</param>
/// <param name="FailingSince">Since when nothing is taken; null while all is well.</param>
/// <param name="Attempts">How often the next entries were tried.</param>
/// <param name="NextAt">When they are tried again.</param>
/// <param name="Said">What came of the last attempt.</param>
public sealed record ViewWebhookState(
    string View,
    long Version,
    string Host,
    int Batch,
    string By,
    DateTimeOffset At,
    string? Off,
    long Delivered,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? FailingSince,
    int Attempts,
    DateTimeOffset? NextAt,
    string? Said
);

/// <summary>What came of a test message to the webhook of a kept query.</summary>
/// <param name="View">The query's name.</param>
/// <param name="Host">The host of the address.</param>
/// <param name="Taken">Whether the receiver took it.</param>
/// <param name="Said">What it answered, or why it could not be reached.</param>
/// <param name="At">When it was sent.</param>
public sealed record ViewWebhookTest(string View, string Host, bool Taken, string Said, DateTimeOffset At);

/// <summary>The body of a webhook of a kept query.</summary>
/// <param name="Type"><c>timeline.entries</c>; <c>timeline.test</c> for a test message, which has no entries.</param>
/// <param name="Timestamp">When it was sent.</param>
/// <param name="Data">What was found.</param>
public sealed record ViewDelivered(string Type, DateTimeOffset Timestamp, ViewDeliveredEntries Data);

/// <summary>What a kept query found, in the order in which it was recorded.</summary>
/// <param name="View">The query's name.</param>
/// <param name="Entries">The entries. An entry's <c>id</c> and <c>entryVersion</c> tell whether it came before.</param>
public sealed record ViewDeliveredEntries(string View, IReadOnlyList<TimelineEntry> Entries);
