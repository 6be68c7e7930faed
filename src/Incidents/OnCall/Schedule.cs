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
    DateTimeOffset At
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

/// <summary>
/// A schedule and all that it was. The past is not planned again: each version says who is on call from when it was set until
/// the next one is.
/// </summary>
public sealed record Schedule
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public string Name { get; init; } = "";

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ScheduleSet> Versions { get; init; } = [];

    /// <summary>In the order in which they were made: the last counts.</summary>
    public IReadOnlyList<ScheduleOverridden> Overrides { get; init; } = [];

    /// <summary>The same name always means the same schedule.</summary>
    public static Guid IdOf(string name) => StableId.From("schedule", name);

    public static Schedule Create(ScheduleSet e) => new() { Name = e.Name, Versions = [e] };

    public Schedule Apply(ScheduleSet e) => this with { Versions = [.. Versions, e] };

    public Schedule Apply(ScheduleOverridden e) => this with { Overrides = [.. Overrides, e] };

    public Schedule Apply(OverrideCancelled e) =>
        this with
        {
            Overrides = [.. Overrides.Where(one => one.OverrideId != e.OverrideId)],
        };

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
            ]
        );
    }
}
