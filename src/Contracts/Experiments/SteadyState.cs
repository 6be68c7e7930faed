namespace Steady.Contracts.Experiments;

/// <summary>What the probe saw in one second.</summary>
/// <param name="At">When that second began.</param>
/// <param name="Good">Requests within tolerance.</param>
/// <param name="Bad">Requests out of tolerance; the failed ones are among them.</param>
/// <param name="Failed">Requests that failed altogether.</param>
/// <param name="SlowestMs">The longest request.</param>
public sealed record ProbedSecond(DateTimeOffset At, int Good, int Bad, int Failed, int SlowestMs);

/// <summary>How far a run is from being aborted by one criterion.</summary>
/// <param name="FailingAbove">The share of failed requests above which it is aborted.</param>
/// <param name="ForSeconds">Over how many seconds that is counted.</param>
/// <param name="Failing">The share that fails now.</param>
/// <param name="Left">Room to the line, 1 when nothing fails and 0 on the line.</param>
public sealed record AbortRoom(decimal FailingAbove, int ForSeconds, decimal Failing, decimal Left);

/// <summary>The steady state of a run that goes on, as its probe sees it right now. Nothing of it is kept.</summary>
/// <param name="RunId">The run.</param>
/// <param name="At">When this was read.</param>
/// <param name="MinimumGood">The share of good requests that counts as well.</param>
/// <param name="WithinMs">The longest time of a good request.</param>
/// <param name="Seconds">The last minute, oldest first; a second without an answer is missing.</param>
/// <param name="Room">Room to each abort criterion.</param>
public sealed record SteadyStateView(
    Guid RunId,
    DateTimeOffset At,
    decimal MinimumGood,
    int WithinMs,
    IReadOnlyList<ProbedSecond> Seconds,
    IReadOnlyList<AbortRoom> Room
);
