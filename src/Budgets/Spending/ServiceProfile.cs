using Steady.Contracts.Budgets;

namespace Steady.Budgets.Spending;

// Events and state of what is known of a service besides its objectives. These names and shapes are what is stored.

public sealed record TeamNamed(string Service, string Team, string By, DateTimeOffset At);

public sealed record AttributionTuned(string Service, TuneAttribution Terms, string By, DateTimeOffset At);

public sealed record ServiceProfile
{
    /// <summary>Who comes first where several causes cover the same time: what was meant, then what was looked at, then what was near.</summary>
    public static IReadOnlyList<CauseKind> Order { get; } =
    [CauseKind.Run, CauseKind.Incident, CauseKind.Deploy, CauseKind.Team];

    public Guid Id { get; init; }
    public long Version { get; init; }
    public required string Service { get; init; }
    public string? Team { get; init; }
    public TuneAttribution Attribution { get; init; } = new(Order: Order);

    public static ServiceProfile Create(TeamNamed e) => new() { Service = e.Service, Team = e.Team };

    public static ServiceProfile Create(AttributionTuned e) => new() { Service = e.Service, Attribution = e.Terms };

    public ServiceProfile Apply(TeamNamed e) => this with { Team = e.Team };

    public ServiceProfile Apply(AttributionTuned e) => this with { Attribution = e.Terms };

    public static Guid IdOf(string service) => Kernel.StableId.From("service", service);

    public ServiceView View() => new(Service, Team, Attribution);
}
