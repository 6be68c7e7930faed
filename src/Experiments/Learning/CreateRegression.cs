using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.Runs;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Learning;

/// <summary>From a finding to the experiment that fails until it is fixed: pure.</summary>
public static class Regressing
{
    private const int LongestName = 63;

    /// <summary>
    /// The run's design with the ladder up to where it broke: what held below, and as the last rung the strength that it has
    /// to hold now. Null when the run did not break.
    /// </summary>
    public static ExperimentDesign? Design(Run run, Guid finding)
    {
        if (Ladders.Broke(run.Rungs) is not { } broke)
            return null;
        var mustHold = new Rung(broke.Fault, broke.At);
        // A bisection goes down again, and a ladder rises.
        var below = run
            .Rungs.Where(rung =>
                rung.Held == true && (rung.Rung.Fault != broke.Fault || rung.Rung.Magnitude < broke.At)
            )
            .Select(rung => rung.Rung)
            .Distinct()
            .GroupBy(rung => rung.Fault)
            .SelectMany(kind => kind.OrderBy(rung => rung.Magnitude));
        var suffix = $"-holds-{finding.ToString("N")[^8..]}";
        var name =
            run.Design.Name[..Math.Min(run.Design.Name.Length, LongestName - suffix.Length)].TrimEnd('-') + suffix;
        return run.Design with
        {
            Name = name,
            Ladder = run.Design.Ladder with { Rungs = [.. below, mustHold], Bisect = null },
        };
    }

    public static Decision Decide(Lesson finding, ExperimentDesign? design, string by, DateTimeOffset now) =>
        finding.Regression is not null ? []
        : design is null
            ? new Refusal(
                "finding-not-broken",
                "The run of this finding did not break, so there is no strength that must be held. Design an experiment by hand."
            )
        :
        [
            new RegressionExperimentCreated(
                StableId.From("experiment", design.Name),
                design.Name,
                design.Ladder.Rungs[^1],
                by,
                now
            ),
        ];
}

public static class CreateRegressionEndpoint
{
    public static void Map(IEndpointRouteBuilder findings) =>
        findings
            .MapPost("/{id:guid}/regression", Handle)
            .RequireScope("experiments:design")
            .WithSummary("Draft the experiment that must hold where the finding's run broke; as good twice as once")
            .Produces<ExperimentView>()
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Handle(
        Guid id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await FindingPageEndpoint.Find(store, id, stop) is not { } finding)
            return Answers.Missing();
        var run = (await RunPageEndpoint.Load(store, finding.RunId, stop))!;
        var design = Regressing.Design(run, id);
        var now = clock.GetUtcNow();
        // The draft and the finding's word of it are stored together or not at all.
        var outcome = await streams.Decide<Lesson>(
            id,
            version,
            by,
            state => Regressing.Decide(state, design, by.Name, now),
            stop,
            with: session =>
                session.Events.StartStream<Experiment>(
                    StableId.From("experiment", design!.Name),
                    new ExperimentDrafted(design, by.Name, now)
                )
        );
        if (outcome is not Outcome.Done)
            return outcome.ToResult();
        var made = StableId.From("experiment", design!.Name);
        return (await ExperimentPageEndpoint.Find(store, made, stop)).ToView(view => view.Version);
    }
}
