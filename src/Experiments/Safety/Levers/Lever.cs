using Steady.Kernel;

namespace Steady.Experiments.Safety.Levers;

// Events of a safety lever. These names and shapes are what is stored.
public sealed record LeverEngaged(string Environment, string Reason, string By, DateTimeOffset At);

public sealed record LeverReleased(string Environment, string Reason, string By, DateTimeOffset At);

/// <summary>The safety lever of one environment.</summary>
public sealed record Lever
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public string Environment { get; init; } = "";
    public bool Engaged { get; init; }
    public string Reason { get; init; } = "";
    public string By { get; init; } = "";
    public DateTimeOffset At { get; init; }

    public static Guid IdOf(string environment) => StableId.From("lever", environment);

    public static Lever Create(LeverEngaged e) => new Lever().Apply(e);

    public Lever Apply(LeverEngaged e) =>
        this with
        {
            Environment = e.Environment,
            Engaged = true,
            Reason = e.Reason,
            By = e.By,
            At = e.At,
        };

    public Lever Apply(LeverReleased e) => this with { Engaged = false, Reason = e.Reason, By = e.By, At = e.At };
}

/// <summary>When a lever moves.</summary>
public static class Pulling
{
    private const string Rule = "rule:";

    /// <summary>Engaging a lever that is engaged changes nothing: who pulled it first is who pulled it.</summary>
    public static Decision Engage(Lever? lever, string environment, string reason, string by, DateTimeOffset now) =>
        lever?.Engaged == true ? [] : [new LeverEngaged(environment, reason, by, now)];

    /// <summary>A rule may stop everything, but only a person may say that it is safe again.</summary>
    public static Decision Release(Lever lever, string reason, string by, DateTimeOffset now) =>
        !lever.Engaged ? []
        : by.StartsWith(Rule, StringComparison.Ordinal)
            ? new Refusal(
                "lever-needs-a-person",
                "A rule cannot release a safety lever. Let a person look and release it."
            )
        : [new LeverReleased(lever.Environment, reason, by, now)];
}
