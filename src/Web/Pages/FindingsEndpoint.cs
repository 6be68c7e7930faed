using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What runs have shown, over all of them.</summary>
/// <param name="Findings">One page, newest first.</param>
/// <param name="All">Whether what is fixed is shown too.</param>
/// <param name="Run">Of which run alone; null for all.</param>
/// <param name="After">Where this page begins; null for the newest.</param>
public sealed record FindingsModel(Page<FindingView> Findings, bool All, Guid? Run, string? After, DateTimeOffset Now)
{
    public string Query => FindingsEndpoint.Query(All, Run, After);
}

/// <summary>The page of findings: what is open first, each with the run that showed it and what became of it.</summary>
public static class FindingsEndpoint
{
    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/findings", Page);
        pages.MapGet("/fragments/findings", Fragment);
    }

    public static string Query(bool all, Guid? run, string? after) =>
        AddressQuery.Of(("all", all ? "true" : null), ("run", run?.ToString()), ("after", after));

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        bool all = false,
        Guid? run = null,
        string? after = null
    ) => Html.Of<FindingsPage>(await Read(apis, clock, all, run, after, stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        bool all = false,
        Guid? run = null,
        string? after = null
    ) => Html.Of<FindingsPanel>(await Read(apis, clock, all, run, after, stop));

    // Of one run everything is shown, fixed or not: it is what the run's own page had no room for.
    private static async Task<FindingsModel> Read(
        Apis apis,
        TimeProvider clock,
        bool all,
        Guid? run,
        string? after,
        CancellationToken stop
    ) =>
        new(
            run is { } one
                ? await apis.Findings.OfRun(one, Most, after, stop)
                : await apis.Findings.List(!all, Most, after, stop),
            all,
            run,
            after,
            clock.GetUtcNow()
        );
}
