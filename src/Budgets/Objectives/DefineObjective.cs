using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.OpenSlo;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Objectives;

public static class Defining
{
    public static Decision Decide(ObjectiveDraft draft, string by, DateTimeOffset now) =>
        [
            new ObjectiveDefined(
                draft.Name,
                draft.DisplayName,
                draft.Service,
                draft.Sli,
                draft.Terms.Target,
                draft.Terms.Windows[0].Duration,
                by,
                now,
                draft.Terms,
                draft.Document,
                draft.Environment,
                draft.Team
            ),
        ];
}

public static class DefineObjectiveEndpoint
{
    private const string Example = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: checkout-availability
        spec:
          service: checkout
          indicatorRef: checkout-requests
          timeWindow:
            - duration: 30d
              isRolling: true
          budgetingMethod: Occurrences
          objectives:
            - target: 0.999
        """;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/objectives", Handle)
            .RequireScope("budgets:write")
            .AcceptsDocument(Example)
            .Produces<ObjectiveView>(StatusCodes.Status201Created)
            .WithTags("Objectives")
            .WithSummary("Defines objectives from OpenSLO documents (v1alpha, v1 or v2alpha), in YAML or JSON.");

    internal static RouteHandlerBuilder AcceptsDocument(this RouteHandlerBuilder route, string example) =>
        route
            .Accepts<string>("application/yaml", "text/yaml", "application/json")
            .WithExample("application/yaml", JsonValue.Create(example));

    private static async Task<IResult> Handle(
        HttpRequest request,
        NewStream stream,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        ReadMode? mode = null
    )
    {
        var drafts = await DraftsEndpoint.Read(request, mode?.Mode ?? Mode.Strict, stop);
        if (drafts.Findings.Count > 0)
            return DraftsEndpoint.Refused(drafts);
        var known = new List<Objective>();
        foreach (var draft in drafts.Objectives)
        {
            var found = await session.LoadAsync<Objective>(Objective.IdOf(draft.Name), stop);
            if (found is { RetiredAt: not null })
                return Answers.Problem(409, Revising.Retired.Code, Revising.Retired.Detail);
            // The same meaning is the same document: blanks and comments make no other objective.
            if (found is not null && !found.Says(draft))
                return Answers.Problem(409, "already-exists", Exists(draft.Name));
            if (found is not null)
                known.Add(found);
        }

        var fresh = drafts.Objectives.Where(draft => known.All(found => found.Name != draft.Name)).ToList();
        var outcome = fresh.Count == 0 ? null : await Start(fresh, stream, by, streams, clock.Moment(), stop);
        if (outcome is not null and not (Outcome.Done or Outcome.Repeated))
            return await outcome.ToCreated(_ => "", _ => Task.FromResult(""));
        return await Answer(drafts, session, stop);
    }

    private static string Exists(string name) =>
        $"The objective '{name}' already exists with other content. Revise it with PUT /v1/objectives/{name}, or choose "
        + "another name.";

    /// <summary>Starts all of them, with their budgets, or none.</summary>
    internal static Task<Outcome> Start(
        List<ObjectiveDraft> drafts,
        NewStream stream,
        Actor by,
        Streams streams,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var named = stream with
        {
            Id = Objective.IdOf(drafts[0].Name),
            BodyHash = JsonSerializer.Serialize(drafts.Select(draft => draft.Document)),
        };
        return streams.Start<Objective>(
            named,
            by,
            Defining.Decide(drafts[0], by.Name, now),
            stop,
            with: session => Start(session, drafts, by, now)
        );
    }

    private static void Start(IDocumentSession session, List<ObjectiveDraft> drafts, Actor by, DateTimeOffset now)
    {
        foreach (var draft in drafts)
        {
            var id = Objective.IdOf(draft.Name);
            if (draft != drafts[0])
                session.Events.StartStream<Objective>(id, Defining.Decide(draft, by.Name, now).Events);
            var of = new BudgetOf(id, draft.Name, draft.Service);
            var (terms, window) = (draft.Terms, draft.Terms.Windows[0].Duration);
            session.Events.StartStream<Budget>(
                Budget.IdOf(id),
                new BudgetOpened(of, draft.DisplayName, draft.Sli, terms.Target, window, now, terms)
            );
        }
    }

    private static async Task<IResult> Answer(Drafts drafts, IQuerySession session, CancellationToken stop)
    {
        var views = new List<ObjectiveView>();
        foreach (var draft in drafts.Objectives)
        {
            var view = (await session.LoadAsync<Objective>(Objective.IdOf(draft.Name), stop))!.View();
            views.Add(view with { Repairs = drafts.Repairs.Count > 0 ? drafts.Repairs : null });
        }

        if (views.Count > 1)
            return TypedResults.Created("/v1/objectives", new Contracts.Page<ObjectiveView>(views, null));
        Outcome done = new Outcome.Done(views[0].Id, views[0].Version, 0);
        return await done.ToCreated(id => $"/v1/objectives/{id}", _ => Task.FromResult(views[0]));
    }
}
