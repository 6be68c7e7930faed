using Marten;
using Marten.Linq.MatchesSql;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Gates;

public static class PolicyListEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/gates/policies", List)
            .RequireScope("gate:ask", "budgets:read")
            .Produces<Page<GatePolicyView>>()
            .WithTags("Gates")
            .WithSummary("Lists gate policies by name.");
        routes
            .MapGet("/gates/policies/{name}", Read)
            .RequireScope("gate:ask", "budgets:read")
            .Produces<GatePolicyView>()
            .WithTags("Gates")
            .WithSummary("Shows a gate policy, as it is or as one of its revisions was.");
        routes
            .MapGet("/gates/policies/{name}/revisions", Revisions)
            .RequireScope("gate:ask", "budgets:read")
            .Produces<Page<GatePolicyView>>()
            .WithTags("Gates")
            .WithSummary("Lists the revisions of a gate policy, newest first.");
    }

    private static async Task<IResult> List([AsParameters] Paging page, IQuerySession session, CancellationToken stop)
    {
        var found = await session
            .Query<GatePolicy>()
            .Where(policy => policy.MatchesSql("d.data ->> 'name' > ?", page.Key))
            .OrderBySql("d.data ->> 'name'")
            .Take(page.Limit + 1)
            .ToListAsync(stop);
        return TypedResults.Ok(page.Cut(found, policy => policy.Name, policy => policy.View()));
    }

    private static async Task<IResult> Read(
        string name,
        IQuerySession session,
        CancellationToken stop,
        long? revision = null
    )
    {
        var id = GatePolicy.IdOf(name);
        var policy = revision is null
            ? await session.LoadAsync<GatePolicy>(id, stop)
            : await session.Events.AggregateStreamAsync<GatePolicy>(id, version: revision.Value, token: stop);
        return policy is null || (revision is { } wanted && policy.Version != wanted)
            ? Answers.Missing()
            : policy.View().ToView(view => view.Revision);
    }

    private static async Task<IResult> Revisions(
        string name,
        [AsParameters] Paging page,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var id = GatePolicy.IdOf(name);
        if (await session.LoadAsync<GatePolicy>(id, stop) is not { } newest)
            return Answers.Missing();
        // A policy changes a few times a month, so folding each revision by itself is cheap enough.
        var before = page.Key is ""
            ? newest.Version
            : long.Parse(page.Key, System.Globalization.CultureInfo.InvariantCulture) - 1;
        var found = new List<GatePolicy>();
        for (var revision = before; revision > 0 && found.Count <= page.Limit; revision--)
            found.Add((await session.Events.AggregateStreamAsync<GatePolicy>(id, version: revision, token: stop))!);
        return TypedResults.Ok(
            page.Cut(
                found,
                policy => policy.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                policy => policy.View()
            )
        );
    }
}
