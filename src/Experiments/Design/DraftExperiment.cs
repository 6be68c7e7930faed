using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Design;

public static class Drafting
{
    public static Decision Decide(ExperimentDesign design, string by, DateTimeOffset now) =>
        [new ExperimentDrafted(design, by, now)];

    public static Decision Decide(Experiment experiment, ExperimentDesign design, string by, DateTimeOffset now)
    {
        if (DesignHash.Of(design) == DesignHash.Of(experiment.Design))
            return [];
        return experiment.FrozenHash is null ? [new DraftChanged(design, by, now)] : Frozen(design);
    }

    public static Refusal Frozen(ExperimentDesign design) =>
        new(
            "design-frozen",
            $"The design '{design.Name}' is frozen and cannot be changed: runs refer to it. Draft the change under another name."
        );
}

public static class DraftExperimentEndpoint
{
    private static readonly string[] Yaml = ["application/yaml", "application/x-yaml", "text/yaml"];

    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments
            .MapPost("/", Handle)
            .RequireScope("experiments:design")
            .WithSummary("Draft an experiment, or change a draft, from YAML or JSON")
            .Accepts<ExperimentDesign>("application/json", Yaml)
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
        var (design, findings) = DesignDocument.Read(await body.ReadToEndAsync(stop), IsYaml(request));
        if (design is null)
            return Invalid(findings);

        var now = clock.GetUtcNow();
        var keeping = new Keeping(
            StableId.From("experiment", design.Name),
            Drafting.Decide(design, by.Name, now),
            experiment => Drafting.Decide(experiment, design, by.Name, now)
        );
        return await Keep(keeping, stream, version, by, streams, store, stop);
    }

    /// <summary>What begins a stream of this id, or goes on with the one that is there.</summary>
    internal sealed record Keeping(Guid Id, Decision First, Func<Experiment, Decision> Change);

    internal static async Task<IResult> Keep(
        Keeping keeping,
        NewStream stream,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        CancellationToken stop
    )
    {
        var outcome = await Change();
        if (outcome is Outcome.Missing)
        {
            outcome = await streams.Start<Experiment>(stream.At(keeping.Id), by, keeping.First, stop);
            if (outcome is Outcome.Done or Outcome.Repeated)
                return await outcome.ToCreated(made => $"/v1/experiments/{made}", _ => Show());
            // Somebody drafted the same name a moment ago: then this is a change of their draft.
            outcome = await Change();
        }

        return outcome is Outcome.Done ? (await Show()).ToView(view => view.Version) : outcome.ToResult();

        async Task<ExperimentView> Show() => (await ExperimentPageEndpoint.Find(store, keeping.Id, stop))!;

        Task<Outcome> Change() => streams.Decide<Experiment>(keeping.Id, version, by, keeping.Change, stop);
    }

    internal static bool IsYaml(HttpRequest request) =>
        request.ContentType?.Contains("yaml", StringComparison.OrdinalIgnoreCase) == true;

    private static IResult Invalid(IReadOnlyList<Finding> findings) =>
        Answers.Problem(
            400,
            "design-invalid",
            $"The design was not kept: {findings.Count} places in it cannot be accepted. See 'errors' for each place and what would be accepted.",
            new Dictionary<string, object?>
            {
                ["errors"] = findings
                    .GroupBy(finding => finding.Path)
                    .ToDictionary(place => place.Key, place => place.Select(finding => finding.Message).ToArray()),
            }
        );
}
