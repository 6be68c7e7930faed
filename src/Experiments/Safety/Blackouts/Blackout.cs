using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Kernel;

namespace Steady.Experiments.Safety.Blackouts;

// Events of a blackout. These names and shapes are what is stored.
public sealed record BlackoutDeclared(
    string Environment,
    string Name,
    BlackoutWindow Window,
    string Reason,
    string By,
    DateTimeOffset At
);

public sealed record BlackoutLifted(string Environment, string Name, string Reason, string By, DateTimeOffset At);

/// <summary>A time in which nothing may be broken on purpose in one environment.</summary>
public sealed record Blackout
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public string Environment { get; init; } = "";
    public string Name { get; init; } = "";
    public BlackoutWindow Window { get; init; } = null!;
    public string Reason { get; init; } = "";
    public bool Lifted { get; init; }
    public string? LiftedBecause { get; init; }
    public string By { get; init; } = "";
    public DateTimeOffset At { get; init; }

    public static Guid IdOf(string environment, string name) => StableId.From("blackout", environment, name);

    public static Blackout Create(BlackoutDeclared e) => new Blackout().Apply(e);

    public Blackout Apply(BlackoutDeclared e) =>
        this with
        {
            Environment = e.Environment,
            Name = e.Name,
            Window = e.Window,
            Reason = e.Reason,
            Lifted = false,
            LiftedBecause = null,
            By = e.By,
            At = e.At,
        };

    public Blackout Apply(BlackoutLifted e) =>
        this with
        {
            Lifted = true,
            LiftedBecause = e.Reason,
            By = e.By,
            At = e.At,
        };
}

/// <summary>When a blackout is declared and lifted.</summary>
public static class Forbidding
{
    /// <summary>The same once more changes nothing; another window takes the place of the one before.</summary>
    public static Decision Declare(
        Blackout? before,
        string environment,
        string name,
        DeclareBlackout command,
        string by,
        DateTimeOffset now
    ) =>
        Wrong(command.Window) is { } wrong ? new Refusal("blackout-invalid", wrong)
        : before is { Lifted: false } && before.Window == command.Window && before.Reason == command.Reason ? []
        : [new BlackoutDeclared(environment, name, command.Window, command.Reason, by, now)];

    public static Decision Lift(Blackout blackout, string reason, string by, DateTimeOffset now) =>
        blackout.Lifted ? [] : [new BlackoutLifted(blackout.Environment, blackout.Name, reason, by, now)];

    private static string? Wrong(BlackoutWindow window)
    {
        if (WallClock.Zone(window.Zone) is null)
            return $"'{window.Zone}' is no IANA time zone. Give one such as 'Europe/Berlin', or 'UTC'.";
        if (window.From.Kind != DateTimeKind.Unspecified || window.Until.Kind != DateTimeKind.Unspecified)
            return "'from' and 'until' are on the wall clock of the zone. Give them without an offset.";
        var days = window.EveryWeek ? 7 : 366;
        return window.Until <= window.From || window.Until > window.From.AddDays(days)
            ? $"'until' must be after 'from', and at most {days} days later."
            : null;
    }
}
