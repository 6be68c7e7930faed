using Steady.Kernel;

namespace Steady.Incidents.Paging;

// These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins them.

public sealed record PagerFellIll(string Because, DateTimeOffset At);

public sealed record PagerRecovered(DateTimeOffset At);

/// <summary>Whether the pager works.</summary>
public sealed record Pager
{
    public static readonly Guid Stream = StableId.From("pager");

    public Guid Id { get; init; }
    public long Version { get; init; }
    public bool IsIll { get; init; }

    public static Pager Create(PagerFellIll _) => new() { IsIll = true };

    public Pager Apply(PagerFellIll _) => this with { IsIll = true };

    public Pager Apply(PagerRecovered _) => this with { IsIll = false };

    public static Decision Decide(Pager pager, string? ill, DateTimeOffset now) =>
        (pager.IsIll, ill) switch
        {
            (false, not null) => [new PagerFellIll(ill, now)],
            (true, null) => [new PagerRecovered(now)],
            _ => [],
        };
}

/// <summary>The pager's own alarm. Pure.</summary>
public static class PagerDiagnosis
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong with the pager; null when it works.</summary>
    /// <param name="lastRound">When it last got round.</param>
    /// <param name="oldestPage">Since when the page that waits longest has been due.</param>
    /// <param name="oldestStep">Since when the step that waits longest has been due.</param>
    /// <param name="now">Now.</param>
    public static string? Of(
        DateTimeOffset lastRound,
        DateTimeOffset? oldestPage,
        DateTimeOffset? oldestStep,
        DateTimeOffset now
    ) =>
        now - lastRound > Allowed ? "The pager does not get round."
        : now - oldestPage > Allowed ? $"Pages since {oldestPage:u} wait to be sent."
        : now - oldestStep > Allowed ? $"Steps of escalations since {oldestStep:u} wait to be taken."
        : null;
}
