using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Budgets;

/// <summary>Which way the counters of an indicator come in.</summary>
public enum SourceOrigin
{
    /// <summary>A Prometheus, or whatever speaks its protocol, sends them: remote-write 1.0 or 2.0.</summary>
    RemoteWrite,

    /// <summary>An OpenTelemetry SDK or collector sends them: OTLP over HTTP.</summary>
    Otlp,

    /// <summary>We ask a Prometheus for them.</summary>
    Pull,
}

/// <summary>
/// Where an indicator's good and bad events are counted. Exactly one of <paramref name="Counters"/> and <paramref name="Latency"/> is given.
/// </summary>
/// <param name="Origin">Which way the counters come in.</param>
/// <param name="Counters">Counters of good events and of bad or all ones.</param>
/// <param name="Latency">A histogram of durations and the longest good one.</param>
/// <param name="Pull">Where to ask; given for <see cref="SourceOrigin.Pull"/> only.</param>
public sealed record SetSource(
    [property: EnumDataType(typeof(SourceOrigin))] SourceOrigin Origin,
    CounterTerms? Counters = null,
    LatencyTerms? Latency = null,
    PullTerms? Pull = null
);

/// <summary>
/// Counters by selector, written as in PromQL: a metric's name and <c>= != =~ !~</c> on its labels. Exactly one of
/// <paramref name="Total"/> and <paramref name="Bad"/> is given.
/// </summary>
/// <param name="Good">Series that count good events, for example <c>http_requests_total{job="shop",code!~"5.."}</c>.</param>
/// <param name="Total">Series that count all events; must cover the good ones, or be another metric with the same labels.</param>
/// <param name="Bad">Series that count bad events.</param>
public sealed record CounterTerms(
    [property: Required, StringLength(2000, MinimumLength = 1)] string Good,
    [property: StringLength(2000, MinimumLength = 1)] string? Total = null,
    [property: StringLength(2000, MinimumLength = 1)] string? Bad = null
);

/// <summary>Events are good when they took at most <paramref name="Threshold"/>.</summary>
/// <param name="Histogram">Selector of a histogram, by its name without <c>_bucket</c>.</param>
/// <param name="Threshold">Longest good duration, in the metric's own unit; one of the histogram's bounds.</param>
/// <param name="Unit">OTLP only: the unit that the metric must be measured in, for example <c>s</c>.</param>
public sealed record LatencyTerms(
    [property: Required, StringLength(2000, MinimumLength = 1)] string Histogram,
    decimal Threshold,
    [property: StringLength(60, MinimumLength = 1)] string? Unit = null
);

/// <summary>Where and how often to ask for counters.</summary>
/// <param name="Url">Base address of a Prometheus; one of those that the operator allows.</param>
/// <param name="EverySeconds">How often, 60 to 3600 seconds.</param>
public sealed record PullTerms(
    [property: Required, StringLength(500, MinimumLength = 1)] string Url,
    [property: Range(60, 3600)] int EverySeconds = 60
);

/// <summary>An indicator's source and how it goes.</summary>
/// <param name="Sli">The indicator.</param>
/// <param name="Version">Version of its stream; the ETag.</param>
/// <param name="Enabled">False after it was switched off: nothing is counted from it.</param>
/// <param name="Terms">What was set last.</param>
/// <param name="SetAt">When; increments before this moment are not counted.</param>
/// <param name="By">Who.</param>
/// <param name="Series">Series that are counted now.</param>
/// <param name="LastSampleAt">Time of the newest sample since this process started; null before the first.</param>
/// <param name="PulledUntil">Until when counters have been asked for; null unless they are pulled.</param>
/// <param name="Refused">What was refused since this process started, most first.</param>
public sealed record SourceView(
    string Sli,
    long Version,
    bool Enabled,
    SetSource Terms,
    DateTimeOffset SetAt,
    string By,
    int Series,
    DateTimeOffset? LastSampleAt,
    DateTimeOffset? PulledUntil,
    IReadOnlyList<RefusedSamples> Refused
);

/// <summary>Samples that were refused for one reason.</summary>
/// <param name="Reason">Stable word.</param>
/// <param name="Count">How many.</param>
/// <param name="Message">What was wrong and what would be accepted, with an example.</param>
public sealed record RefusedSamples(string Reason, long Count, string Message);
