using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
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
                draft.Target,
                draft.Window,
                by,
                now
            ),
        ];
}

public static class DefineObjectiveEndpoint
{
    private const string Refused = "The document was refused and nothing was stored. Repair what 'findings' lists.";
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
            .Accepts<string>("application/yaml", "text/yaml", "application/json")
            .Produces<ObjectiveView>(StatusCodes.Status201Created)
            .WithTags("Objectives")
            .WithSummary("Defines an objective from an OpenSLO v1 document of kind SLO, in YAML or JSON.")
            .WithExample("application/yaml", JsonValue.Create(Example));

    private static async Task<IResult> Handle(
        HttpRequest request,
        NewStream stream,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(stop);
        var import = OpenSloImport.Read(text, json: request.HasJsonContentType());
        if (import.Draft is not { } draft)
            return Edges.Invalid("openslo-invalid", Refused, import.Findings);

        var now = clock.Moment();
        var id = Objective.IdOf(draft.Name);
        // The same meaning is the same document: blanks and comments make no other objective.
        var named = stream with
        {
            Id = id,
            BodyHash = JsonSerializer.Serialize(draft),
        };
        var of = new BudgetOf(id, draft.Name, draft.Service);
        var opened = new BudgetOpened(of, draft.DisplayName, draft.Sli, draft.Target, draft.Window, now);
        var outcome = await streams.Start<Objective>(
            named,
            by,
            Defining.Decide(draft, by.Name, now),
            stop,
            with: budget => budget.Events.StartStream<Budget>(Budget.IdOf(id), opened)
        );
        return await outcome.ToCreated(
            created => $"/v1/objectives/{created}",
            async created => (await session.LoadAsync<Objective>(created, stop))!.View()
        );
    }
}
