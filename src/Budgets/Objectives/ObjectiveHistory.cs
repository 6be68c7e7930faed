using Marten;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.OpenSlo;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Objectives;

public static class ObjectiveHistoryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/objectives/{objective}/revisions", Revisions)
            .RequireScope("budgets:read")
            .Produces<IReadOnlyList<ObjectiveRevision>>()
            .WithTags("Objectives")
            .WithSummary("Shows all that an objective ever said, oldest first, with the figures of each.");
        routes
            .MapGet("/objectives/{objective}/export", Written)
            .RequireScope("budgets:read")
            .Produces<string>(StatusCodes.Status200OK, "application/yaml", "application/json")
            .WithTags("Objectives")
            .WithSummary("Writes an objective as an OpenSLO v1 document: YAML, or JSON when that is accepted.");
    }

    private static async Task<IResult> Revisions(string objective, IQuerySession session, CancellationToken stop)
    {
        var found = await session.LoadAsync<Objective>(Edges.ObjectiveId(objective), stop);
        if (found is null)
            return Answers.Missing();
        var all = found.Revisions();
        return TypedResults.Ok(
            all.Select(
                (revision, i) =>
                    new ObjectiveRevision(
                        revision.Number,
                        revision.DisplayName,
                        revision.Service,
                        revision.Sli,
                        revision.Terms,
                        revision.From,
                        i + 1 < all.Count ? all[i + 1].From : found.RetiredAt,
                        revision.By
                    )
            )
        );
    }

    private static async Task<IResult> Written(
        string objective,
        HttpRequest request,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var found = await session.LoadAsync<Objective>(Edges.ObjectiveId(objective), stop);
        if (found is null)
            return Answers.Missing();
        var document = Documents.Of(found.Name, found.Latest());
        var json = request.GetTypedHeaders().Accept.Any(type => type.MediaType == "application/json");
        return json
            ? TypedResults.Text(Export.Json(document), "application/json")
            : TypedResults.Text(Export.Yaml(document), "application/yaml");
    }
}
