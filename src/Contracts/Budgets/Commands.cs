using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Budgets;

/// <summary>
/// A batch of counted requests of one service level indicator, additive. The pair (<paramref name="Source"/>,
/// <paramref name="Sequence"/>) names the batch: sent again with the same content it changes nothing, with other
/// content it is refused (409 <c>batch-differs</c>).
/// </summary>
/// <param name="Source">Who counted, unique per process start, for example <c>checkout-638991</c>. 1 to 200 characters.</param>
/// <param name="Sequence">The source's own number of this batch, 1 or more.</param>
/// <param name="Buckets">What was counted; 1 to 5,000 buckets.</param>
public sealed record RecordCounts(
    [property: Required, StringLength(200, MinimumLength = 1)] string Source,
    [property: Range(1, long.MaxValue)] long Sequence,
    [property: Required, MinLength(1), MaxLength(5000)] IReadOnlyList<CountBucket> Buckets
);

/// <summary>Good and bad events of one stretch of time. Buckets add up; they never replace.</summary>
/// <param name="Start">Beginning of the bucket, a whole multiple of its length since 1970-01-01T00:00Z.</param>
/// <param name="Seconds">Length: 10, 60 or 3600 seconds.</param>
/// <param name="Good">Events that met the indicator, 0 or more.</param>
/// <param name="Bad">Events that did not, 0 or more.</param>
public sealed record CountBucket(
    DateTimeOffset Start,
    [property: Range(10, 3600)] int Seconds,
    [property: Range(0, long.MaxValue)] long Good,
    [property: Range(0, long.MaxValue)] long Bad
);

/// <summary>What the answer to a batch of counts says (202).</summary>
/// <param name="Accepted">Buckets added; 0 for a duplicate.</param>
/// <param name="Duplicate">True when this (source, sequence) had been stored before with the same content.</param>
/// <param name="Watermark">End of the newest bucket known for this indicator.</param>
public sealed record CountsAccepted(int Accepted, bool Duplicate, DateTimeOffset Watermark);

/// <summary>What somebody wants to do with the budget.</summary>
public enum GateAction
{
    /// <summary>Bring a new version into the environment.</summary>
    Deploy,

    /// <summary>Run an experiment that may spend budget on purpose.</summary>
    Experiment,
}

/// <summary>Asks whether a service has the error budget for an action.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Ref">What it is about: a commit, a release, a run id. 1 to 200 characters.</param>
/// <param name="Environment">Where, for example <c>production</c>. 1 to 60 characters.</param>
/// <param name="ExpectedSpend">Share of the whole budget the action may spend, 0 to 1; null when unknown.</param>
/// <param name="Change">Kind of change, for example <c>feature</c>, <c>p0-fix</c> or <c>security</c>: policies name the kinds they let through.</param>
/// <param name="IdempotencyKey">As the header <c>Idempotency-Key</c>, for callers that can send none: the same key is the same decision.</param>
public sealed record AskGate(
    GateAction Action,
    [property: Required, StringLength(200, MinimumLength = 1)] string Ref,
    [property: Required, StringLength(60, MinimumLength = 1)] string Environment,
    [property: Range(0.0, 1.0)] decimal? ExpectedSpend = null,
    [property: StringLength(60, MinimumLength = 1)] string? Change = null,
    [property: StringLength(200, MinimumLength = 1)] string? IdempotencyKey = null
);
