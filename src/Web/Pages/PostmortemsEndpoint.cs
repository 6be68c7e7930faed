using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>Postmortems over all incidents.</summary>
/// <param name="Rows">Soonest due first; what is published comes last.</param>
/// <param name="All">Whether those that are published are listed, too.</param>
/// <param name="Later">Whether sooner ones stand on a page before.</param>
public sealed record PostmortemsModel(Page<PostmortemRow> Rows, bool All, bool Later, DateTimeOffset Now)
{
    public string QueryWith(string? after) => AddressQuery.Of(("all", All ? "true" : null), ("after", after));
}

/// <summary>What is to be written and published, and what was.</summary>
public static class PostmortemsEndpoint
{
    private const int OnePage = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/postmortems", Page);
        pages.MapGet("/fragments/postmortems", Fragment);
    }

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        bool all = false,
        string? after = null
    ) => Html.Of<PostmortemsPage>(await Read(apis, clock, all, after, stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        bool all = false,
        string? after = null
    ) => Html.Of<PostmortemsPanel>(await Read(apis, clock, all, after, stop));

    private static async Task<PostmortemsModel> Read(
        Apis apis,
        TimeProvider clock,
        bool all,
        string? after,
        CancellationToken stop
    ) => new(await apis.Postmortems.List(all, OnePage, after, stop), all, after is not null, clock.GetUtcNow());
}
