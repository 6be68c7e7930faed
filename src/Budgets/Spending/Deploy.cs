using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Spending;

// Events and states of what spends: deployments, and periods that a team takes on itself. These names and shapes are what
// is stored.

public sealed record DeployRecorded(
    string Service,
    string Ref,
    string Environment,
    IReadOnlyList<string> Affects,
    string? Team,
    string Class,
    bool Rollback,
    string By,
    DateTimeOffset At
);

public sealed record PeriodClaimed(
    string Service,
    string Team,
    DateTimeOffset From,
    DateTimeOffset To,
    string Reason,
    string Class,
    string By,
    DateTimeOffset At
);

public sealed record Deploy
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required string Service { get; init; }
    public required string Environment { get; init; }
    public required string Ref { get; init; }
    public required string[] Affects { get; init; }
    public string? Team { get; init; }
    public required string Class { get; init; }
    public bool Rollback { get; init; }
    public DateTimeOffset At { get; init; }

    public static Deploy Create(DeployRecorded e) =>
        new()
        {
            Service = e.Service,
            Environment = e.Environment,
            Ref = e.Ref,
            Affects = [.. e.Affects],
            Team = e.Team,
            Class = e.Class,
            Rollback = e.Rollback,
            At = e.At,
        };

    public DeployView View() => new(Id, Service, Ref, Environment, At, Affects, Team, Class, Rollback);
}

public sealed record Claim
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required string Service { get; init; }
    public required string Team { get; init; }
    public DateTimeOffset From { get; init; }
    public DateTimeOffset To { get; init; }
    public required string Reason { get; init; }
    public required string Class { get; init; }

    public static Claim Create(PeriodClaimed e) =>
        new()
        {
            Service = e.Service,
            Team = e.Team,
            From = e.From,
            To = e.To,
            Reason = e.Reason,
            Class = e.Class,
        };

    public ClaimView View() => new(Id, Service, Team, From, To, Reason, Class);

    public Cause Cause() => new(CauseKind.Team, Id, $"{Team}: {Reason}", From, To, Team, Class);
}

/// <summary>Deployments as causes. Pure.</summary>
public static class Deploys
{
    /// <summary>
    /// Each covers the time after it, up to a length, and ends where the next one of the same service and environment
    /// begins; a rollback ends the one before it and covers nothing.
    /// </summary>
    /// <param name="deploys">In any order.</param>
    /// <param name="covers">How long one covers at most.</param>
    /// <param name="counts">Whether an environment counts.</param>
    /// <param name="teamOf">The team of a service.</param>
    public static IReadOnlyList<Cause> Causes(
        IEnumerable<Deploy> deploys,
        TimeSpan covers,
        Func<string, bool> counts,
        Func<string, string?> teamOf
    ) =>
        [
            .. deploys
                .Where(deploy => counts(deploy.Environment))
                .GroupBy(deploy => (deploy.Service, deploy.Environment))
                .SelectMany(same => Chain([.. same.OrderBy(deploy => deploy.At).ThenBy(deploy => deploy.Id)], covers))
                .Where(one => !one.Deploy.Rollback && one.Until > one.Deploy.At)
                .Select(one => new Cause(
                    CauseKind.Deploy,
                    one.Deploy.Id,
                    $"{one.Deploy.Service} {one.Deploy.Ref}",
                    one.Deploy.At,
                    one.Until,
                    one.Deploy.Team ?? teamOf(one.Deploy.Service),
                    one.Deploy.Class
                )),
        ];

    private static IEnumerable<(Deploy Deploy, DateTimeOffset Until)> Chain(
        IReadOnlyList<Deploy> same,
        TimeSpan covers
    ) =>
        same.Select(
            (deploy, i) =>
            {
                var until = deploy.At + covers;
                return (deploy, i + 1 < same.Count && same[i + 1].At < until ? same[i + 1].At : until);
            }
        );
}
