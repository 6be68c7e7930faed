using System.Text.Json.Nodes;
using Marten;
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

    /// <summary>The same meaning is the same document: blanks and comments make no other objective.</summary>
    public static Decision Again(Objective objective, ObjectiveDraft draft) =>
        objective switch
        {
            { RetiredAt: not null } => Revising.Retired,
            _ when objective.Says(draft) => [],
            _ => new Refusal(
                "already-exists",
                $"The objective '{draft.Name}' already exists with other content. Revise it with PUT "
                    + $"/v1/objectives/{draft.Name}, or choose another name."
            ),
        };
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
        Actor by,
        ApplyDraftsEndpoint apply,
        IQuerySession session,
        CancellationToken stop,
        ReadMode? mode = null
    )
    {
        var drafts = await DraftsEndpoint.Read(request, mode?.Mode ?? Mode.Strict, stop);
        if (drafts.Findings.Count > 0)
            return DraftsEndpoint.Refused(drafts);
        var applied = await apply.Apply(drafts.Objectives, revise: false, ExpectedVersion.Any, by, stop);
        return applied.Refused.Count > 0 ? ApplyDraftsEndpoint.Problem(applied) : await Answer(drafts, session, stop);
    }

    private static async Task<IResult> Answer(Drafts drafts, IQuerySession session, CancellationToken stop)
    {
        var views = new List<ObjectiveView>();
        foreach (var draft in drafts.Objectives)
        {
            var view = (await session.LoadAsync<Objective>(Objective.IdOf(draft.Name), stop))!.View();
            view = await session.Hinted(view, stop);
            views.Add(view with { Repairs = drafts.Repairs.Count > 0 ? drafts.Repairs : null });
        }

        if (views.Count > 1)
            return TypedResults.Created("/v1/objectives", new Contracts.Page<ObjectiveView>(views, null));
        Outcome done = new Outcome.Done(views[0].Id, views[0].Version, 0);
        return await done.ToCreated(id => $"/v1/objectives/{id}", _ => Task.FromResult(views[0]));
    }
}
