using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>The eleven moments of an incident that measures hang on.</summary>
public enum IncidentMoment
{
    /// <summary>Users began to suffer.</summary>
    ImpactStarted,

    /// <summary>Somebody or something noticed.</summary>
    Detected,

    /// <summary>The first person was told.</summary>
    FirstNotified,

    /// <summary>Somebody took it.</summary>
    Acknowledged,

    /// <summary>It was said to be an incident.</summary>
    Declared,

    /// <summary>Somebody took command.</summary>
    CommanderJoined,

    /// <summary>The cause was known.</summary>
    Identified,

    /// <summary>Users no longer suffered.</summary>
    Mitigated,

    /// <summary>It was over.</summary>
    Resolved,

    /// <summary>Nothing more was to be done.</summary>
    Closed,

    /// <summary>What was learned was published.</summary>
    PostmortemPublished,
}

/// <summary>Says when something happened, or corrects what was said before.</summary>
/// <param name="Moment">What.</param>
/// <param name="OccurredAt">When, not in the future; null takes back what people have said, so that what the incident's own events say holds again.</param>
/// <param name="Reason">How that is known. 1 to 1,000 characters.</param>
public sealed record StateTimestamp(
    [property: JsonRequired] IncidentMoment Moment,
    DateTimeOffset? OccurredAt,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>What was once said about a moment.</summary>
/// <param name="OccurredAt">When it happened; null where it was taken back.</param>
/// <param name="RecordedAt">When that was written down.</param>
/// <param name="By">Who said so.</param>
/// <param name="Stated">True when somebody said it by hand; false when it follows from an act.</param>
/// <param name="Reason">How that is known, where it was said by hand.</param>
public sealed record MomentTold(
    DateTimeOffset? OccurredAt,
    DateTimeOffset RecordedAt,
    string By,
    bool Stated,
    string? Reason
);

/// <summary>One of the eleven moments of an incident, with both clocks.</summary>
/// <param name="Moment">Which.</param>
/// <param name="Holds">What holds; null while nobody has said anything.</param>
/// <param name="Before">What was said before that, oldest first.</param>
public sealed record IncidentTimestamp(IncidentMoment Moment, MomentTold? Holds, IReadOnlyList<MomentTold> Before);

/// <summary>What is measured between two moments.</summary>
public enum MeasureName
{
    /// <summary>From the beginning of the impact until it was detected.</summary>
    TimeToDetect,

    /// <summary>From the first notice to a person until somebody took it.</summary>
    TimeToAcknowledge,

    /// <summary>From detection until it was declared.</summary>
    TimeToDeclare,

    /// <summary>From the beginning of the impact until users no longer suffered.</summary>
    TimeToMitigate,

    /// <summary>From the beginning of the impact until it was over.</summary>
    TimeToResolve,

    /// <summary>From its declaration until it was over, as others measure it.</summary>
    DeclaredToResolved,
}

/// <summary>Whether a measure can be used.</summary>
public enum MeasureValidity
{
    /// <summary>One of its moments is not known.</summary>
    Missing,

    /// <summary>It can be used.</summary>
    Valid,

    /// <summary>It would end before it begins: one of its moments is wrong.</summary>
    Invalid,
}

/// <summary>What was measured of one incident.</summary>
/// <param name="Measure">Which.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Validity">Whether it can be used.</param>
/// <param name="Seconds">How long, in whole seconds; null unless it is valid.</param>
/// <param name="Because">Why it cannot be used; null when it is valid.</param>
public sealed record IncidentMeasure(
    MeasureName Measure,
    IncidentMoment From,
    IncidentMoment To,
    MeasureValidity Validity,
    long? Seconds,
    string? Because
);

/// <summary>The moments of an incident and what follows from them.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Drill">An exercise: whoever adds measures up leaves it out.</param>
/// <param name="Timestamps">All eleven, in the order in which they usually come.</param>
/// <param name="Measures">What is measured between them.</param>
/// <param name="Reopened">When it went on after it had been over: a measure does not hide that.</param>
public sealed record IncidentTimestamps(
    Guid IncidentId,
    long Number,
    long Version,
    bool Drill,
    IReadOnlyList<IncidentTimestamp> Timestamps,
    IReadOnlyList<IncidentMeasure> Measures,
    IReadOnlyList<ReopenedSpan> Reopened
);
