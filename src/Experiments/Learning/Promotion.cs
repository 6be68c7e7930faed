using Steady.Contracts.Experiments;
using Steady.Kernel;

namespace Steady.Experiments.Learning;

// Events of a promotion. These names and shapes are what is stored.
public sealed record ExperimentPromoted(
    string Experiment,
    string Environment,
    string Target,
    string TargetHash,
    PromotionEvidence Evidence,
    DateTimeOffset ValidUntil,
    string By,
    DateTimeOffset At
);

public sealed record PromotionRevoked(
    string Experiment,
    string Environment,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>The leave of one experiment to run in one further environment.</summary>
public sealed record Promotion
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public string Experiment { get; init; } = "";
    public string Environment { get; init; } = "";
    public string Target { get; init; } = "";
    public string TargetHash { get; init; } = "";
    public PromotionEvidence Evidence { get; init; } = null!;
    public DateTimeOffset ValidUntil { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public string? RevokedBecause { get; init; }
    public string By { get; init; } = "";
    public DateTimeOffset At { get; init; }

    public static Guid IdOf(string experiment, string environment) =>
        StableId.From("promotion", experiment, environment);

    public bool Holds(DateTimeOffset now) => RevokedAt is null && now < ValidUntil;

    public static Promotion Create(ExperimentPromoted e) => new Promotion().Apply(e);

    public Promotion Apply(ExperimentPromoted e) =>
        this with
        {
            Experiment = e.Experiment,
            Environment = e.Environment,
            Target = e.Target,
            TargetHash = e.TargetHash,
            Evidence = e.Evidence,
            ValidUntil = e.ValidUntil,
            RevokedBecause = null,
            RevokedAt = null,
            By = e.By,
            At = e.At,
        };

    public Promotion Apply(PromotionRevoked e) => this with { RevokedAt = e.At, RevokedBecause = e.Reason };
}
