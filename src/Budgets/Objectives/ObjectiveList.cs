using Marten;
using Marten.Linq.MatchesSql;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Objectives;

/// <summary>All doors of the room.</summary>
public static class ObjectivesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        DefineObjectiveEndpoint.Map(routes);
        ReviseObjectiveEndpoint.Map(routes);
        RetireObjectiveEndpoint.Map(routes);
        LintDocumentEndpoint.Map(routes);
        ObjectiveListEndpoint.Map(routes);
        ObjectiveHistoryEndpoint.Map(routes);
    }
}

public static class ObjectiveListEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/objectives", List)
            .RequireScope("budgets:read")
            .Produces<Page<ObjectiveView>>()
            .WithTags("Objectives")
            .WithSummary("Lists objectives by name.");
        routes
            .MapGet("/objectives/{objective}", Read)
            .RequireScope("budgets:read")
            .Produces<ObjectiveView>()
            .WithTags("Objectives")
            .WithSummary("Shows an objective, by id or name.");
    }

    private static async Task<IResult> List([AsParameters] Paging page, IQuerySession session, CancellationToken stop)
    {
        var found = await session
            .Query<Objective>()
            .Where(objective => objective.MatchesSql("d.data ->> 'name' > ?", page.Key))
            .OrderBySql("d.data ->> 'name'")
            .Take(page.Limit + 1)
            .ToListAsync(stop);
        return TypedResults.Ok(page.Cut(found, objective => objective.Name, objective => objective.View()));
    }

    private static async Task<IResult> Read(string objective, IQuerySession session, CancellationToken stop)
    {
        var found = await session.LoadAsync<Objective>(Edges.ObjectiveId(objective), stop);
        var view = found is null ? null : await session.Hinted(found.View(), stop);
        return view.ToView(shown => shown.Version);
    }
}
