using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

public static class Approving
{
    public static Decision Request(GameDay day, RequestApproval command, string by, DateTimeOffset now)
    {
        if (day.Over)
            return Refusals.Over(day);
        if (day.Approval is { State: ApprovalState.Requested or ApprovalState.Granted } open && open.ExpiresAt > now)
            return new Refusal(
                "approval-open",
                $"An approval is {(open.State == ApprovalState.Granted ? "given" : "asked for")} and holds until it lapses. Nothing need be asked."
            );
        return [new ApprovalRequested(day.About, now.AddHours(command.WithinHours), by, now)];
    }

    /// <summary>Whoever has an interest in its going ahead cannot be the one who says that it may.</summary>
    public static Decision Answer(
        GameDay day,
        AnswerApproval command,
        IReadOnlyCollection<string> owners,
        string by,
        DateTimeOffset now
    )
    {
        if (day.Over)
            return Refusals.Over(day);
        if (day.Approval is not { State: ApprovalState.Requested } asked || asked.ExpiresAt <= now)
            return new Refusal("approval-not-open", "No approval is asked for. Ask for one, then answer it.");
        if (!command.Granted)
            return string.IsNullOrWhiteSpace(command.Reason)
                ? new Refusal(
                    "reason-missing",
                    "A no needs a reason, so that something can be done about it. Give 'reason'."
                )
                : [new ApprovalRefused(day.About, command.Reason, by, now)];
        return Readiness.MayNotApprove(day, owners, by) is { } why
            ? new Refusal("approval-not-yours", $"{by} {why}, so the approval must come from somebody else.")
            : [new ApprovalGranted(day.About, command.Reason, by, now)];
    }
}

public static class ApproveEndpoint
{
    public static void Map(IEndpointRouteBuilder gamedays)
    {
        gamedays
            .MapPost("/{gameday}/approval/request", Request)
            .RequireScope("experiments:design")
            .WithSummary("Ask for the approval of a game day")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);
        gamedays
            .MapPost("/{gameday}/approval", Answer)
            .RequireScope("experiments:operate")
            .WithSummary(
                "Grant or refuse an approval; whoever planned it, owns it or commands it in production cannot grant it"
            )
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);
    }

    private static async Task<IResult> Request(
        string gameday,
        RequestApproval command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var id = GameDayPageEndpoint.IdOf(gameday);
        var outcome = await streams.Decide<GameDay>(
            id,
            version,
            by,
            day => Approving.Request(day, command, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }

    private static async Task<IResult> Answer(
        string gameday,
        AnswerApproval command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var id = GameDayPageEndpoint.IdOf(gameday);
        var owners = await Owners(store, id, stop);
        var outcome = await streams.Decide<GameDay>(
            id,
            version,
            by,
            day => Approving.Answer(day, command, owners, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }

    private static async Task<IReadOnlyCollection<string>> Owners(IDocumentStore store, Guid id, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var owners = new HashSet<string>();
        if (await session.LoadAsync<GameDay>(id, stop) is not { } day)
            return owners;
        foreach (var name in day.Plan.Agenda.Select(item => item.Experiment).OfType<string>())
        {
            var experiment = await session.LoadAsync<Experiment>(ExperimentPageEndpoint.IdOf(name), stop);
            owners.UnionWith(experiment?.Design.Owners ?? []);
        }

        return owners;
    }
}
