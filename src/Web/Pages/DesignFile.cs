using System.Text;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;

namespace Steady.Web.Pages;

/// <summary>A design as a file that drafts it again, here or in Chaos Toolkit.</summary>
public static class DesignFile
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/experiments/{name}/file", File);

    /// <summary>Chaos Toolkit has no words for what is not done to a connection.</summary>
    public static bool HasToolkitWords(ExperimentDesign design) =>
        FaultKinds.Injector(design.Ladder.Rungs[0].Fault) == PlaceLease.Tcp;

    private static async Task<IResult> File(string name, Apis apis, CancellationToken stop, string format = "steady")
    {
        var (type, file) =
            format == "chaostoolkit"
                ? ("application/json", $"{name}.chaostoolkit.json")
                : ("application/yaml", $"{name}.yaml");
        return TypedResults.File(Encoding.UTF8.GetBytes(await apis.Experiments.Export(name, format, stop)), type, file);
    }
}
