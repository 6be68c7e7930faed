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
    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments
            .MapPost("/", Handle)
            .RequireScope("experiments:design")
            .WithSummary("Draft an experiment, or change a draft, from YAML or JSON")
            .Accepts<ExperimentDesign>("application/json", Edges.Yaml)
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
        var (design, findings) = DesignDocument.Read(await body.ReadToEndAsync(stop), request.IsYaml());
        if (design is null)
            return Edges.Invalid(
                "design-invalid",
                $"The design was not kept: {findings.Count} places in it cannot be accepted. See 'errors' for each place and what would be accepted.",
                findings
            );

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
        var (outcome, begun) = await streams.Keep(
            stream.At(keeping.Id),
            version,
            by,
            keeping.First,
            keeping.Change,
            stop
        );
        if (begun)
            return await outcome.ToCreated(made => $"/v1/experiments/{made}", _ => Show());
        return outcome is Outcome.Done ? (await Show()).ToView(view => view.Version) : outcome.ToResult();

        async Task<ExperimentView> Show() => (await ExperimentPageEndpoint.Find(store, keeping.Id, stop))!;
    }
}
