namespace Steady.Contracts.Incidents;

/// <summary>How far a figure of one incident can be trusted.</summary>
public enum FigureState
{
    /// <summary>Both moments are known, in order, as they were when the postmortem was published.</summary>
    Valid,

    /// <summary>One of the two moments is not known.</summary>
    Missing,

    /// <summary>The end lies before the beginning: one of the two is wrong. It counts in no figure.</summary>
    Invalid,

    /// <summary>One of the two moments was corrected after the postmortem was published: what was published is not what holds. It counts as it is now.</summary>
    Stale,
}

/// <summary>How long things took, across incidents. There is no mean: lengths of incidents are skewed, and a mean says what happened to nobody.</summary>
/// <param name="From">Incidents that were declared from then on.</param>
/// <param name="To">And before then.</param>
/// <param name="Service">Of this service; null for all.</param>
/// <param name="Severity">Of this severity; null for all.</param>
/// <param name="Incidents">How many there are, drills left out, as is what was declined or became part of another one.</param>
/// <param name="Measures">One per kind.</param>
/// <param name="Figures">The incidents behind them, newest first; at most 500.</param>
public sealed record IncidentMeasures(
    DateTimeOffset From,
    DateTimeOffset To,
    string? Service,
    Severity? Severity,
    int Incidents,
    IReadOnlyList<Measure> Measures,
    IReadOnlyList<MeasuredIncident> Figures
);

/// <summary>One kind of figure across incidents.</summary>
/// <param name="Kind">Which.</param>
/// <param name="N">How many incidents have it, stale ones included.</param>
/// <param name="Missing">How many lack a moment for it.</param>
/// <param name="Invalid">How many contradict themselves.</param>
/// <param name="Stale">How many were corrected after publication.</param>
/// <param name="P50Seconds">The shortest that at least half of them do not exceed; null when there is none.</param>
/// <param name="P90Seconds">The shortest that at least nine tenths do not exceed.</param>
/// <param name="MedianInterval">Where the median of incidents like these lies; null with fewer than six.</param>
/// <param name="Histogram">How many there are of each length.</param>
public sealed record Measure(
    MeasureName Kind,
    int N,
    int Missing,
    int Invalid,
    int Stale,
    long? P50Seconds,
    long? P90Seconds,
    MedianInterval? MedianInterval,
    IReadOnlyList<MeasureBucket> Histogram
);

/// <summary>An interval that holds the median with at least 95 %, whatever the lengths are distributed like.</summary>
/// <param name="LowSeconds">Its lower end.</param>
/// <param name="HighSeconds">Its upper end.</param>
/// <param name="Confidence">With which probability, 0.95 to 1, rounded down to four places.</param>
public sealed record MedianInterval(long LowSeconds, long HighSeconds, decimal Confidence);

/// <summary>How many incidents have a length.</summary>
/// <param name="UpToMinutes">At most so long, and longer than the bucket before; null for longer than all.</param>
/// <param name="Count">How many.</param>
public sealed record MeasureBucket(int? UpToMinutes, int Count);

/// <summary>The figures of one incident.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Number">Its number.</param>
/// <param name="Service">Its service.</param>
/// <param name="Severity">How bad it was.</param>
/// <param name="Title">Its title.</param>
/// <param name="Figures">One per kind.</param>
public sealed record MeasuredIncident(
    Guid IncidentId,
    long Number,
    string Service,
    Severity Severity,
    string Title,
    IReadOnlyList<MeasureFigure> Figures
);

/// <summary>One figure of one incident.</summary>
/// <param name="Kind">Which.</param>
/// <param name="State">How far it can be trusted.</param>
/// <param name="Seconds">Its length, in whole seconds; null when it is missing or invalid.</param>
public sealed record MeasureFigure(MeasureName Kind, FigureState State, long? Seconds);
