using System.Security.Cryptography;
using System.Text;
using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.OpenSlo;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Design;

public static class Importing
{
    public static Decision Decide(ExperimentDesign design, ExperimentImported imported) =>
        [new ExperimentDrafted(design, imported.By, imported.At), imported];

    public static Decision Decide(Experiment experiment, ExperimentDesign design, ExperimentImported imported)
    {
        // The same file again says nothing new; another file for the same design is worth knowing while it is a draft.
        if (DesignHash.Of(design) == DesignHash.Of(experiment.Design))
            return experiment.FrozenHash is not null || experiment.Import?.SourceHash == imported.SourceHash
                ? []
                : [imported];
        if (experiment.FrozenHash is not null)
            return Drafting.Frozen(design);
        return [new DraftChanged(design, imported.By, imported.At), imported];
    }
}

public static class ImportExperimentEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments
            .MapPost("/import", Handle)
            .RequireScope("experiments:design")
            .WithSummary(
                "Draft an experiment from one of Chaos Toolkit, JSON or YAML; checked whole, kept whole or not at all"
            )
            .Accepts<object>("application/json", "application/yaml")
            .Produces<ExperimentView>(201)
            .Produces<ExperimentView>(200)
            .ProducesProblem(400)
            .ProducesProblem(409);

    private static async Task<IResult> Handle(
        HttpRequest request,
        NewStream stream,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var body = new StreamReader(request.Body);
        var text = await body.ReadToEndAsync(stop);
        var format = request.IsYaml() ? Format.Auto : Format.Json;
        var environment = new Dictionary<string, string>();
        foreach (var variable in request.Query["env"])
        {
            if (variable?.Split('=', 2) is not [{ Length: > 0 } key, var value])
                return Answers.Problem(
                    400,
                    "env-invalid",
                    "'env' is a variable for the experiment. Give it as env=KEY=VALUE."
                );
            environment[key] = value;
        }

        var (design, findings) = ChaosToolkitImport.Read(text, format, environment);
        if (design is null)
            return Refused(findings);
        var imported = new ExperimentImported(Hash(text), findings, by.Name, clock.GetUtcNow());
        var keeping = new DraftExperimentEndpoint.Keeping(
            StableId.From("experiment", design.Name),
            Importing.Decide(design, imported),
            experiment => Importing.Decide(experiment, design, imported)
        );
        return await DraftExperimentEndpoint.Keep(keeping, stream, version, by, streams, store, stop);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IResult Refused(IReadOnlyList<DocumentFinding> findings) =>
        Answers.Problem(
            400,
            "experiment-refused",
            "The experiment was not imported: some of it cannot be accepted. See 'errors' for each place and what would be accepted.",
            new Dictionary<string, object?>
            {
                ["errors"] = findings
                    .Where(finding => finding.Code.StartsWith('E'))
                    .GroupBy(finding => finding.Where)
                    .ToDictionary(
                        place => place.Key,
                        place => place.Select(finding => $"{finding.Code}: {finding.Message}").ToArray()
                    ),
            }
        );
}
