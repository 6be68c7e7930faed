using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>Whether what is stored is what was stored, computed again whenever somebody looks.</summary>
public static class ProofEndpoint
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/timeline/proof", Page);

    private static async Task<IResult> Page(Apis apis, CancellationToken stop) =>
        Html.Of<ProofPage>(await apis.Incidents.Proof(stop));
}
