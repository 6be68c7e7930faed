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
            var recounted = await Recounted(reader, budget, all[i].Number, until ?? clock.Moment(), stop);
            shown.Add(View(all[i], until, Frozen(budget, all[i].Number, until), recounted));
        }

        return TypedResults.Ok(shown);
    }

    // What was said when a revision ended stays what it was, whatever is counted or adjusted afterwards.
    private static ObjectiveRevision View(
        Revision revision,
        DateTimeOffset? until,
        RevisionFigures? frozen,
        RevisionFigures? recounted
    ) =>
        new(
            revision.Number,
            revision.DisplayName,
            revision.Service,
            revision.Sli,
            revision.Terms,
            revision.From,
            until,
            revision.By,
            frozen ?? recounted,
            frozen is null || frozen == recounted ? null : recounted
        );

    private static RevisionFigures? Frozen(Budget budget, int revision, DateTimeOffset? until)
    {
        if (until is not { } at || Statuses.ByRevision(budget, revision) is not { } then)
            return null;
        var stood = revision == budget.Revision ? budget.Stood : budget.Past.First(p => p.Revision == revision).Stood;
        return stood is { } tally && tally.Total > 0 ? Figures(then, tally, at) : null;
    }

    private static RevisionFigures Figures(Budget budget, Tally whole, DateTimeOffset at) =>
        new(whole.Good, whole.Bad, budget.Of.Unit, whole.Remaining(BurnRates.MayFail(budget.Target)), at);

    private static async Task<RevisionFigures?> Recounted(
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
        return whole.Total == 0 ? null : Figures(then, whole, at);
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
