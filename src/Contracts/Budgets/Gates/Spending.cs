using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Budgets;

/// <summary>Tells that a version of a service went out. What fails for a while after it is put down to it.</summary>
/// <param name="Service">The service that changed.</param>
/// <param name="Ref">What went out: a commit, a release. 1 to 200 characters.</param>
/// <param name="Environment">Where, for example <c>production</c>.</param>
/// <param name="At">When; now when absent. Not in the future.</param>
/// <param name="Affects">Other services whose users may feel it.</param>
/// <param name="Team">The team that changed it; the service's own team when absent.</param>
/// <param name="Class">Class of the change, for example <c>config</c>; <c>deploy</c> when absent.</param>
/// <param name="Rollback">It takes an earlier one back: it ends that one's time and covers none itself.</param>
public sealed record RecordDeploy(
    [property: Required, StringLength(200, MinimumLength = 1)] string Service,
    [property: Required, StringLength(200, MinimumLength = 1)] string Ref,
    [property: Required, StringLength(60, MinimumLength = 1)] string Environment,
    DateTimeOffset? At = null,
    [property: MaxLength(50)] IReadOnlyList<string>? Affects = null,
    [property: StringLength(60, MinimumLength = 1)] string? Team = null,
    [property: StringLength(60, MinimumLength = 1)] string? Class = null,
    bool Rollback = false
);

/// <summary>A deployment as it was told. It names no person.</summary>
/// <param name="Id">Which.</param>
/// <param name="Service">The service that changed.</param>
/// <param name="Ref">What went out.</param>
/// <param name="Environment">Where.</param>
/// <param name="At">When.</param>
/// <param name="Affects">Every service whose users may feel it, its own first.</param>
/// <param name="Team">The team that changed it, when it was told.</param>
/// <param name="Class">Class of the change.</param>
/// <param name="Rollback">It took an earlier one back.</param>
public sealed record DeployView(
    Guid Id,
    string Service,
    string Ref,
    string Environment,
    DateTimeOffset At,
    IReadOnlyList<string> Affects,
    string? Team,
    string Class,
    bool Rollback
);

/// <summary>A team says that what fails in a period is its own, for example while it moves a database.</summary>
/// <param name="Team">The team.</param>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Reason">What it does. 1 to 200 characters.</param>
/// <param name="Class">Class of the work; <c>team</c> when absent.</param>
public sealed record ClaimPeriod(
    [property: Required, StringLength(60, MinimumLength = 1)] string Team,
    DateTimeOffset From,
    DateTimeOffset To,
    [property: Required, StringLength(200, MinimumLength = 1)] string Reason,
    [property: StringLength(60, MinimumLength = 1)] string? Class = null
);

/// <summary>A period that a team has taken on itself.</summary>
/// <param name="Id">Which.</param>
/// <param name="Service">Whose failures.</param>
/// <param name="Team">The team.</param>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Reason">What it does.</param>
/// <param name="Class">Class of the work.</param>
public sealed record ClaimView(
    Guid Id,
    string Service,
    string Team,
    DateTimeOffset From,
    DateTimeOffset To,
    string Reason,
    string Class
);

/// <summary>Says which team a service belongs to.</summary>
/// <param name="Team">The team. 1 to 60 characters.</param>
public sealed record NameTeam([property: Required, StringLength(60, MinimumLength = 1)] string Team);

/// <summary>Says how what a service spends is put down to causes.</summary>
/// <param name="BackgroundRate">Share of all events that always fails, 0 to 1: expected failures are taken off first.</param>
/// <param name="DeployMinutes">How long a deployment covers, unless another one of the service ends it earlier.</param>
/// <param name="Environments">In which environments deployments count: a name or a pattern with <c>*</c>.</param>
/// <param name="Order">Who comes first where several causes cover the same minute: run, incident, deploy, team, each once.</param>
public sealed record TuneAttribution(
    [property: Range(0.0, 1.0)] decimal BackgroundRate = 0,
    [property: Range(1, 1440)] int DeployMinutes = 60,
    [property: Required, StringLength(60, MinimumLength = 1)] string Environments = "prod*",
    IReadOnlyList<CauseKind>? Order = null
);

/// <summary>What is known of a service besides its objectives.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Team">Its team; null when nobody named one.</param>
/// <param name="Attribution">How what it spends is put down to causes.</param>
public sealed record ServiceView(string Service, string? Team, TuneAttribution Attribution);

/// <summary>How a report of what was spent is grouped.</summary>
public enum SpendBy
{
    /// <summary>By cause, largest first.</summary>
    Cause,

    /// <summary>By team, largest first.</summary>
    Team,

    /// <summary>Minute by minute, and in it by cause.</summary>
    Minute,
}

/// <summary>What an objective's failures in a stretch of time are put down to. The parts always add up to <paramref name="Bad"/>.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Service">Its service.</param>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Good">Good events, without excluded periods.</param>
/// <param name="Bad">Failures, without excluded periods.</param>
/// <param name="ExcludedBad">Failures inside excluded periods; nobody spent them.</param>
/// <param name="Parts">Who spent it.</param>
public sealed record SpendReport(
    string Objective,
    string Service,
    DateTimeOffset From,
    DateTimeOffset To,
    long Good,
    long Bad,
    long ExcludedBad,
    IReadOnlyList<SpendPart> Parts
);

/// <summary>A part of what was spent.</summary>
/// <param name="Kind">What kind of cause; in a report by team <see cref="CauseKind.Team"/> for all that a team answers for.</param>
/// <param name="CauseId">The incident, run, deployment or claim.</param>
/// <param name="Label">A word for it. It never names a person.</param>
/// <param name="Team">The team that answers for it, when one is known.</param>
/// <param name="Bad">Failures.</param>
/// <param name="ShareOfBudget">Those failures as a share of the whole budget of the stretch, rounded for reading.</param>
/// <param name="Minute">The minute, in a report by minute.</param>
public sealed record SpendPart(
    CauseKind Kind,
    Guid? CauseId,
    string Label,
    string? Team,
    long Bad,
    decimal ShareOfBudget,
    DateTimeOffset? Minute = null
);
