using System.Text.Json;
using Marten;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.Safety.Blackouts;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

public static class Planning
{
    public static Decision Decide(GameDayPlan plan, string by, DateTimeOffset now) =>
        [new GameDayPlanned(GameDay.Of(plan), plan, by, now)];

    /// <summary>
    /// Another plan takes the approval, the votes and the acknowledgements with it: they were about the one before. Once
    /// something was run the plan is history.
    /// </summary>
    public static Decision Decide(GameDay day, GameDayPlan plan, string by, DateTimeOffset now)
    {
        if (Same(day.Plan, plan))
            return [];
        if (day.Over)
            return Refusals.Over(day);
        return day.Runs.Count > 0
            ? new Refusal(
                "gameday-begun",
                $"'{plan.Name}' has begun: a run was started from its agenda. Plan the change as another game day."
            )
            : [new GameDayReplanned(GameDay.Of(plan), plan, by, now)];
    }

    private static bool Same(GameDayPlan one, GameDayPlan other) =>
        JsonSerializer.Serialize(one, Json.Options) == JsonSerializer.Serialize(other, Json.Options);
}

public static class PlanGameDayEndpoint
{
    public static void Map(IEndpointRouteBuilder gamedays) =>
        gamedays
            .MapPost("/", Handle)
            .RequireScope("experiments:design")
            .WithSummary("Plan a game day, or change a plan, from YAML or JSON")
            .Accepts<GameDayPlan>("application/json", Edges.Yaml)
            .Produces<GameDayView>(201)
            .Produces<GameDayView>(200)
            .ProducesProblem(400)
            .ProducesProblem(409)
            .ProducesProblem(412);

    private static async Task<IResult> Handle(
        HttpRequest request,
        NewStream stream,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var body = new StreamReader(request.Body);
        var (plan, findings) = PlanDocument.Read(await body.ReadToEndAsync(stop), request.IsYaml());
        var now = clock.GetUtcNow();
        if (plan is not null)
            findings =
            [
                .. PlanRules.Against(plan, await Environments(store, plan, stop)),
                .. PlanRules.Outside(plan, await BlackoutPageEndpoint.Of(store, plan.Environment, stop), now),
            ];
        if (findings.Count > 0)
            return Edges.Invalid(
                "plan-invalid",
                $"The plan was not kept: {findings.Count} places in it cannot be accepted. See 'errors' for each place and what would be accepted.",
                findings
            );

        var id = GameDayPageEndpoint.IdOf(plan!.Name);
        var (outcome, begun) = await streams.Keep<GameDay>(
            stream.At(id),
            version,
            by,
            Planning.Decide(plan, by.Name, now),
            day => Planning.Decide(day, plan, by.Name, now),
            stop
        );
        if (begun)
            return await outcome.ToCreated(made => $"/v1/gamedays/{made}", _ => Show());
        return outcome is Outcome.Done ? (await Show()).ToView(view => view.Version) : outcome.ToResult();

        async Task<GameDayView> Show() => (await GameDayPageEndpoint.Find(store, id, now, stop))!;
    }

    private static async Task<Func<string, string?>> Environments(
        IDocumentStore store,
        GameDayPlan plan,
        CancellationToken stop
    )
    {
        var found = new Dictionary<string, string?>();
        foreach (var name in plan.Agenda.Select(item => item.Experiment).OfType<string>().Distinct())
        {
            var experiment = await ExperimentPageEndpoint.Find(store, ExperimentPageEndpoint.IdOf(name), stop);
            found[name] = experiment?.Design.Environment;
        }

        return name => found[name];
    }
}
