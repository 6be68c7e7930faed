using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

// Events and state of a schedule. These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins them.

public sealed record ScheduleSet(
    string Name,
    string TimeZone,
    IReadOnlyList<RotationLayer> Layers,
    string Reason,
    string By,
    DateTimeOffset At,
    IReadOnlyList<PersonChange>? Changes = null
);

public sealed record ScheduleOverridden(
    string Name,
    Guid OverrideId,
    string Person,
    DateTimeOffset From,
    DateTimeOffset To,
    string Reason,
    string By,
    DateTimeOffset At
);

public sealed record OverrideCancelled(string Name, Guid OverrideId, string By, DateTimeOffset At);

/// <summary>Somebody asks to swap. Nothing is swapped yet.</summary>
public sealed record SwapProposed(
    string Name,
    Guid SwapId,
    string With,
    Stretch Give,
    Stretch Take,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>The other said yes; two overrides follow in the same save.</summary>
public sealed record SwapAccepted(string Name, Guid SwapId, string By, DateTimeOffset At);

public sealed record SwapDeclined(string Name, Guid SwapId, string By, DateTimeOffset At);

public sealed record SwapWithdrawn(string Name, Guid SwapId, string By, DateTimeOffset At);

/// <summary>
/// A schedule and all that it was. The past is not planned again: each version says who is on call from when it was set until
/// the next one is.
/// </summary>
public sealed record Schedule
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public string Name { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ScheduleSet> Versions { get; init; } = [];

    /// <summary>In the order in which they were made: the last counts.</summary>
    public IReadOnlyList<ScheduleOverridden> Overrides { get; init; } = [];

    /// <summary>Those that wait for an answer, oldest first.</summary>
    public IReadOnlyList<SwapProposed> Swaps { get; init; } = [];

    /// <summary>Those that were answered, and how; so that saying it twice changes nothing.</summary>
    public IReadOnlyDictionary<Guid, string> Answered { get; init; } = new Dictionary<Guid, string>();

    /// <summary>The same name always means the same schedule.</summary>
    public static Guid IdOf(string name) => StableId.From("schedule", name);

    public static Schedule Create(ScheduleSet e) =>
        new()
        {
            Name = e.Name,
            Versions = [e],
            ChangedAt = e.At,
        };

    public Schedule Apply(ScheduleSet e) => this with { Versions = [.. Versions, e], ChangedAt = e.At };

    public Schedule Apply(ScheduleOverridden e) => this with { Overrides = [.. Overrides, e], ChangedAt = e.At };

    public Schedule Apply(OverrideCancelled e) =>
        this with
        {
            Overrides = [.. Overrides.Where(one => one.OverrideId != e.OverrideId)],
            ChangedAt = e.At,
        };

    public Schedule Apply(SwapProposed e) => this with { Swaps = [.. Swaps, e] };

    public Schedule Apply(SwapAccepted e) => With(e.SwapId, Swapping.Accepted);

    public Schedule Apply(SwapDeclined e) => With(e.SwapId, Swapping.Declined);

    public Schedule Apply(SwapWithdrawn e) => With(e.SwapId, Swapping.Withdrawn);

    public ScheduleView View(DateTimeOffset now)
    {
        var current = Versions[^1];
        return new ScheduleView(
            Id,
            Name,
            Version,
            current.TimeZone,
            current.Layers,
            current.Reason,
            current.By,
            current.At,
            [
                .. Overrides
                    .Where(one => one.To > now)
                    .OrderBy(one => one.From)
                    .Select(e => new ScheduleOverrideView(e.OverrideId, e.Person, e.From, e.To, e.Reason, e.By, e.At)),
            ],
            [
                .. Swaps
                    .Where(swap => !Swapping.IsOver(swap, now))
                    .Select(e => new SwapView(e.SwapId, e.By, e.With, e.Give, e.Take, e.Reason, e.At)),
            ]
        );
    }

    private Schedule With(Guid swap, string answer) =>
        this with
        {
            Swaps = [.. Swaps.Where(one => one.SwapId != swap)],
            Answered = new Dictionary<Guid, string>(Answered) { [swap] = answer },
        };
}
