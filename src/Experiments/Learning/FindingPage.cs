using Marten;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Learning;

/// <summary>Findings as they are read: one, and all with the newest first.</summary>
public static class FindingPageEndpoint
{
    public static void Map(IEndpointRouteBuilder findings)
    {
        findings
            .MapGet("/", List)
            .RequireScope("experiments:read")
            .WithSummary("All findings, newest first; 'state=open' leaves out what is fixed, 'run' those of other runs")
            .Produces<Page<FindingView>>()
            .ProducesProblem(400);
        findings
            .MapGet("/{id:guid}", Get)
            .RequireScope("experiments:read")
            .WithSummary("One finding: what is to be done, its regression experiment, the run that showed it fixed")
            .Produces<FindingView>()
            .ProducesProblem(404);
    }

    public static async Task<FindingView?> Find(IDocumentStore store, Guid id, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<Lesson>(id, stop) is { } finding ? View(finding) : null;
    }

    public static async Task<IReadOnlyList<FindingView>> OfRuns(
        IDocumentStore store,
        IReadOnlyList<Guid> runs,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        var wanted = runs.ToArray();
        var found = await session.Query<Lesson>().Where(finding => wanted.Contains(finding.RunId)).ToListAsync(stop);
        return [.. found.OrderBy(finding => finding.At).Select(View)];
    }

    private static async Task<IResult> Get(Guid id, IDocumentStore store, CancellationToken stop) =>
        (await Find(store, id, stop)).ToView(view => view.Version);

    private static async Task<IResult> List(
        IDocumentStore store,
        CancellationToken stop,
        string? state = null,
        Guid? run = null,
        int limit = 100,
        Guid? after = null
    )
    {
        if (limit is < 1 or > 500)
            return Answers.Problem(400, "limit-out-of-range", "'limit' must be between 1 and 500.");
        if (state is not (null or "open"))
            return Answers.Problem(400, "filter-unknown", $"'state={state}' is unknown. Give 'open', or leave it out.");
        await using var session = store.QuerySession();
        // Ids are made in the order of time; those that follow from a request's key stand where they fall.
        var found = await session.QueryAsync<Lesson>(
            $"where id < ? and {(state is null ? "true" : "data ->> 'verifiedBy' is null")} and (? or data ->> 'runId' = ?) order by id desc limit ?",
            stop,
            after ?? Guid.AllBitsSet,
            run is null,
            $"{run}",
            limit + 1
        );
        var page = found.Take(limit).Select(View).ToList();
        return TypedResults.Ok(new Page<FindingView>(page, found.Count > limit ? $"{page[^1].Id}" : null));
    }

    private static FindingView View(Lesson finding) =>
        new(
            finding.Id,
            finding.Version,
            finding.RunId,
            finding.About.Experiment,
            finding.About.Services,
            finding.Kind,
            finding.Coupling,
            finding.About.Title,
            finding.Description,
            finding.Actions,
            finding.Regression,
            finding.VerifiedBy,
            finding.VerifiedAt,
            finding.By,
            finding.At
        );
}
