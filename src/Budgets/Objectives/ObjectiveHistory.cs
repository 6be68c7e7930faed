using Marten;
using Steady.Budgets.Burn;
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

    private static async Task<IResult> Revisions(
        string objective,
        BudgetReader reader,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var id = Edges.ObjectiveId(objective);
        var found = await session.LoadAsync<Objective>(id, stop);
        if (found is null)
            return Answers.Missing();
        var budget = (await session.LoadAsync<Budget>(Budget.IdOf(id), stop))!;
        var all = found.Revisions();
        var shown = new List<ObjectiveRevision>();
        for (var i = 0; i < all.Count; i++)
        {
            var until = i + 1 < all.Count ? all[i + 1].From : found.RetiredAt;
            var figures = await Figures(reader, budget, all[i].Number, until ?? clock.Moment(), stop);
            shown.Add(View(all[i], until, figures));
        }

        return TypedResults.Ok(shown);
    }

    private static ObjectiveRevision View(Revision revision, DateTimeOffset? until, RevisionFigures? figures) =>
        new(
            revision.Number,
            revision.DisplayName,
            revision.Service,
            revision.Sli,
            revision.Terms,
            revision.From,
            until,
            revision.By,
            figures
        );

    // Counts are kept, so what a revision said when it ended is read again rather than remembered.
    private static async Task<RevisionFigures?> Figures(
        BudgetReader reader,
        Budget budget,
        int revision,
        DateTimeOffset at,
        CancellationToken stop
    )
    {
        if (Statuses.ByRevision(budget, revision) is not { } then)
            return null;
        var whole = (await reader.Read(then, at, stop)).Whole(then.Terms);
        return whole.Total == 0
            ? null
            : new(whole.Good, whole.Bad, then.Of.Unit, whole.Remaining(BurnRates.MayFail(then.Target)), at);
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
