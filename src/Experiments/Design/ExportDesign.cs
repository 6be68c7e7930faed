using Marten;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Design;

public static class ExportDesignEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments
            .MapGet("/{experiment}/export", Handle)
            .RequireScope("experiments:read")
            .WithSummary(
                "A design as a document: our YAML, or an experiment of Chaos Toolkit; each reads back as the same design"
            )
            .Produces<string>(200, "application/yaml", "application/json")
            .ProducesProblem(400)
            .ProducesProblem(404);

    private static async Task<IResult> Handle(
        string experiment,
        IDocumentStore store,
        CancellationToken stop,
        string format = "steady"
    )
    {
        if (format is not ("steady" or "chaostoolkit"))
            return Answers.Problem(400, "export-format-unknown", "'format' must be steady or chaostoolkit.");
        if (await ExperimentPageEndpoint.Find(store, ExperimentPageEndpoint.IdOf(experiment), stop) is not { } found)
            return Answers.Missing();
        if (format == "chaostoolkit" && FaultKinds.Injector(found.Design.Ladder.Rungs[0].Fault) != PlaceLease.Tcp)
            return Answers.Problem(
                400,
                "export-unmappable",
                "Chaos Toolkit has no words for this kind of failure. Export it as steady."
            );
        return format == "steady"
            ? TypedResults.Text(DesignExport.Write(found.Design), "application/yaml")
            : TypedResults.Text(ChaosToolkitExport.Write(found.Design), "application/json");
    }
}
