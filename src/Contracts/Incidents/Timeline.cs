using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>How exactly a moment is known.</summary>
public enum EntryPrecision
{
    /// <summary>A clock was read.</summary>
    Exact,

    /// <summary>To the second: it happened within the second that begins there.</summary>
    Second,

    /// <summary>To the minute.</summary>
    Minute,

    /// <summary>To the hour.</summary>
    Hour,

    /// <summary>Somebody's word: five minutes sooner or later.</summary>
    Approx,
}

/// <summary>How sure somebody is of what they say.</summary>
public enum EntryConfidence
{
    /// <summary>A guess.</summary>
    Low,

    /// <summary>Likely.</summary>
    Medium,

    /// <summary>Seen.</summary>
    High,
}

/// <summary>Where there is more about an entry.</summary>
/// <param name="Url">An http or https address. At most 2,000 characters.</param>
/// <param name="Title">What is there; null when nothing was said. At most 200 characters.</param>
public sealed record EntryLink(string Url, string? Title = null);

/// <summary>One line of a timeline, with both clocks.</summary>
/// <param name="Id">The event it tells of: the id is the same in every service.</param>
/// <param name="OccurredAt">When it happened, as it was stated.</param>
/// <param name="RecordedAt">When the timeline learned of it; what <c>knownAt</c> compares with. It rises from one event to the next in the order of the store.</param>
/// <param name="Source">Who says so: <c>incidents</c>, <c>budgets</c> or <c>experiments</c> for the platform itself, else the source's name.</param>
/// <param name="Kind">The event's name, for example <c>burn-alert-opened</c>.</param>
/// <param name="Services">The services that it touches.</param>
/// <param name="IncidentId">The incident it belongs to by itself; null for what came from outside the incident.</param>
/// <param name="SubjectId">The alert, run, gate decision or incident it is about.</param>
/// <param name="Actor">Who did it: a person, a machine account or a service.</param>
/// <param name="TraceId">The trace it happened in; null when it was not traced.</param>
/// <param name="Text">One sentence for people.</param>
/// <param name="Labels">What a foreign event says of itself beside that; null for what says nothing. <c>fact</c> names a fact that several sources tell.</param>
/// <param name="Category">What sort of thing it is, in one word that all sources share (<c>alert</c>, <c>deploy</c>, <c>note</c> …); for a kind that belongs to none, the kind itself.</param>
/// <param name="OccurredUntil">The end of the time in which it happened; null for a moment.</param>
/// <param name="Precision">How exactly the moment is known; null is exact.</param>
/// <param name="Sequence">Its position in the store.</param>
/// <param name="EntryVersion">1 as it was first recorded, one more with each amendment.</param>
/// <param name="SourceId">What the source itself calls it.</param>
/// <param name="Confidence">How sure its author is; null when nothing was said.</param>
/// <param name="Causes">Entries that caused it.</param>
/// <param name="CorrelationId">What it shares with others of one piece of work.</param>
/// <param name="Links">Where there is more.</param>
/// <param name="Corrects">The entry that an amendment or retraction is about.</param>
/// <param name="WrittenAt">When the source wrote it down, when it says so.</param>
/// <param name="KnownUntil">When a later version or a retraction took its place; null while it stands.</param>
public sealed record TimelineEntry(
    Guid Id,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    string Source,
    string Kind,
    IReadOnlyList<string> Services,
    Guid? IncidentId,
    Guid? SubjectId,
    string Actor,
    string? TraceId,
    string Text,
    IReadOnlyDictionary<string, string>? Labels = null,
    string Category = "",
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? OccurredUntil = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EntryPrecision? Precision = null,
    long Sequence = 0,
    int EntryVersion = 1,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SourceId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EntryConfidence? Confidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? Causes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CorrelationId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EntryLink>? Links = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Corrects = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? WrittenAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? KnownUntil = null
);

/// <summary>A page of a timeline.</summary>
/// <param name="Items">The entries, in order.</param>
/// <param name="Next">Where the next page begins; null after the last one.</param>
/// <param name="KnownThrough">Answers as of this moment or an earlier one never change again; null while nothing is recorded.</param>
/// <param name="Query">The query as it was understood, in its canonical spelling; null where none was asked.</param>
/// <param name="From">The first moment that was looked at; null without a limit.</param>
/// <param name="To">The last one; null without a limit.</param>
/// <param name="Gaps">Stretches in which nothing happened, for <c>| gaps</c>.</param>
/// <param name="Counts">How many there are of each, for <c>| count by</c>.</param>
/// <param name="Edges">What led to what among what was found and reached, for <c>| causes</c> and <c>| effects</c>.</param>
/// <param name="Diff">Two incidents step by step, for <c>diff</c>.</param>
/// <param name="Similar">The incidents most like one, for <c>similar</c>.</param>
/// <param name="Contradictions">What cannot be so, for <c>contradictions</c>.</param>
public sealed record TimelineAnswer(
    IReadOnlyList<TimelineEntry> Items,
    string? Next,
    DateTimeOffset? KnownThrough = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Query = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? From = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? To = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TimelineGap>? Gaps = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TimelineCount>? Counts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CausalEdge>? Edges = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IncidentDiff? Diff = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SimilarIncidents? Similar = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ContradictionList? Contradictions = null
);

/// <summary>Writes evidence into a timeline.</summary>
/// <param name="Kind">What sort of thing it is, in small letters, digits and hyphens (<c>deploy</c>, <c>hypothesis</c>, <c>detect</c>). 1 to 100 characters.</param>
/// <param name="Text">One sentence for people. 1 to 4,000 characters.</param>
/// <param name="OccurredAt">When it happened; now when absent. Not in the future.</param>
/// <param name="OccurredUntil">The end of the time in which it happened; not before <paramref name="OccurredAt"/>.</param>
/// <param name="Precision">How exactly the moment is known.</param>
/// <param name="Incident">The incident it belongs to, by id or number; none when absent, and then <paramref name="Services"/> is needed.</param>
/// <param name="Services">The services it touches; the incident's when absent. At most 20.</param>
/// <param name="Source">Who says so; <c>api</c> when absent. Not a service of the platform. 1 to 100 characters.</param>
/// <param name="SourceId">What the source calls it: sent again, the same source and id is the same entry. At most 200 characters.</param>
/// <param name="Author">Who said or did it in the words of the source; kept as the label <c>author</c>. At most 100 characters.</param>
/// <param name="Confidence">How sure the author is.</param>
/// <param name="Labels">At most 32, names of at most 100, values of at most 1,000 characters.</param>
/// <param name="Links">At most 20.</param>
/// <param name="Causes">Entries that caused it. At most 20.</param>
/// <param name="CorrelationId">What it shares with others of one piece of work. At most 200 characters.</param>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="WrittenAt">When the source wrote it down.</param>
public sealed record RecordEntry(
    [property: Required, StringLength(100, MinimumLength = 1)] string Kind,
    [property: Required, StringLength(4000, MinimumLength = 1)] string Text,
    DateTimeOffset? OccurredAt = null,
    DateTimeOffset? OccurredUntil = null,
    EntryPrecision? Precision = null,
    [property: StringLength(100)] string? Incident = null,
    IReadOnlyList<string>? Services = null,
    [property: StringLength(100, MinimumLength = 1)] string? Source = null,
    [property: StringLength(200, MinimumLength = 1)] string? SourceId = null,
    [property: StringLength(100, MinimumLength = 1)] string? Author = null,
    EntryConfidence? Confidence = null,
    IReadOnlyDictionary<string, string>? Labels = null,
    IReadOnlyList<EntryLink>? Links = null,
    IReadOnlyList<Guid>? Causes = null,
    [property: StringLength(200, MinimumLength = 1)] string? CorrelationId = null,
    [property: StringLength(32, MinimumLength = 32)] string? TraceId = null,
    DateTimeOffset? WrittenAt = null
);

/// <summary>Where evidence that was sent is found.</summary>
/// <param name="Ids">The entries, in the order in which they were sent.</param>
/// <param name="New">How many were not known before.</param>
public sealed record RecordedEntries(IReadOnlyList<Guid> Ids, int New);

/// <summary>Corrects an entry. What is absent stays; the version before is kept and shown.</summary>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
/// <param name="Text">1 to 4,000 characters.</param>
/// <param name="Kind">1 to 100 characters.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="OccurredUntil">The end of the time in which it happened.</param>
/// <param name="Precision">How exactly the moment is known.</param>
/// <param name="Services">At most 20.</param>
/// <param name="Confidence">How sure the author is.</param>
/// <param name="Labels">In place of all that were there.</param>
/// <param name="Links">In place of all that were there.</param>
/// <param name="Causes">In place of all that were there.</param>
public sealed record AmendEntry(
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason,
    [property: StringLength(4000, MinimumLength = 1)] string? Text = null,
    [property: StringLength(100, MinimumLength = 1)] string? Kind = null,
    DateTimeOffset? OccurredAt = null,
    DateTimeOffset? OccurredUntil = null,
    EntryPrecision? Precision = null,
    IReadOnlyList<string>? Services = null,
    EntryConfidence? Confidence = null,
    IReadOnlyDictionary<string, string>? Labels = null,
    IReadOnlyList<EntryLink>? Links = null,
    IReadOnlyList<Guid>? Causes = null
);

/// <summary>Takes an entry back: it was never so. It stays to be seen among the versions.</summary>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record RetractEntry([property: Required, StringLength(1000, MinimumLength = 1)] string Reason);

/// <summary>One version of an entry.</summary>
/// <param name="Entry">What was said.</param>
/// <param name="By">Who said it so.</param>
/// <param name="Reason">Why it was amended; null for the first version.</param>
/// <param name="Changed">What differs from the version before, by field.</param>
public sealed record EntryVersionView(
    TimelineEntry Entry,
    string By,
    string? Reason,
    IReadOnlyList<FieldChange> Changed
);

/// <summary>What a correction changed.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Before">As it was, as text; null for nothing.</param>
/// <param name="After">As it is; null for nothing.</param>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>An entry with all that was ever said in its place.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Version">The newest version; its ETag.</param>
/// <param name="Retracted">Who took it back, when and why; null while it stands.</param>
/// <param name="Versions">Oldest first.</param>
public sealed record EntryHistory(
    Guid Id,
    int Version,
    EntryRetraction? Retracted,
    IReadOnlyList<EntryVersionView> Versions
);

/// <summary>That an entry was taken back.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
public sealed record EntryRetraction(string By, DateTimeOffset At, string Reason);

/// <summary>Destroys the words of an entry in all its versions, for good: that it was, when and by whom stays.</summary>
/// <param name="Reason">Why. It is shown; do not repeat in it what must not be read. 1 to 1,000 characters.</param>
public sealed record RedactEntry([property: Required, StringLength(1000, MinimumLength = 1)] string Reason);

/// <summary>Whether what is stored is what was stored.</summary>
/// <param name="Holds">The chain of hashes, computed again from what is stored, is the one that was written down.</param>
/// <param name="Events">How many events were found as they were.</param>
/// <param name="Through">The number of the last of them.</param>
/// <param name="Head">The head of the chain there, hexadecimal: kept elsewhere, it proves later that nothing before was changed.</param>
/// <param name="BrokenAt">The number of the first event that is gone or was changed; null while the chain holds.</param>
public sealed record TimelineProof(bool Holds, long Events, long Through, string Head, long? BrokenAt);
