using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Faults;
using Steady.Experiments.Prediction;
using Steady.Experiments.Safety;
using Steady.Experiments.Safety.Blackouts;
using Steady.Experiments.Safety.Gates;
using Steady.Experiments.Spending;
using Steady.Kernel;

namespace Steady.Experiments.Runs;

/// <summary>Starts runs, whoever asks: a person through the API, a game day, a schedule. Nobody gets around the gates.</summary>
public sealed class StartWorker(
    IDocumentStore store,
    Streams streams,
    AllGates gates,
    FaultAgentClient agent,
    Dependencies declared,
    RunWorker worker,
    SpendReader spending,
    TimeProvider clock
)
{
    /// <summary>
    /// Asks every gate and starts the run when all are open; else the run is kept as refused, with each reason. A design
    /// that is not frozen is refused without a trace.
    /// </summary>
    public async Task<Outcome> Begin(NewStream stream, ExperimentView experiment, Actor by, CancellationToken stop)
    {
        var design = experiment.Design;
        if (experiment.FrozenHash is null)
            return new Outcome.Refused(
                new Refusal(
                    "design-not-frozen",
                    $"'{design.Name}' is a draft, and what may still change cannot be run. Freeze it first."
                )
            );

        var now = clock.GetUtcNow();
        var question = await Ask(stream.Id, design, now, stop);
        var claims = Claiming.Of(design, question.Dependents);
        var answers = await gates.Ask(question, stop);
        var about = new About(design.Name, design.BlastRadius.Edge, design.BlastRadius.Services, now, by.Name);
        var request = new RunRequested(about, experiment.Id, design, experiment.FrozenHash, now, question.Dependents);
        return await Start(stream, by, request, answers, ReserveGate.Reserved(question), claims, stop);
    }

    /// <summary>What every gate is asked before a run of this design.</summary>
    public async Task<GateQuestion> Ask(Guid run, ExperimentDesign design, DateTimeOffset now, CancellationToken stop)
    {
        var dependents = await Dependents(design, stop);
        var budgets = design.Budget is null
            ? null
            : await spending.Of(design.BlastRadius.Services.Union(dependents), stop);
        var taken = await ClaimEndpoint.Find(store, Claiming.Of(design, dependents), stop);
        var blackouts = await BlackoutPageEndpoint.Of(store, design.Environment, stop);
        return new GateQuestion(run, design, dependents, new Standing(taken, budgets, blackouts), now);
    }

    private async Task<Outcome> Start(
        NewStream stream,
        Actor by,
        RunRequested request,
        IReadOnlyList<GateEvaluated> answers,
        IReadOnlyList<BudgetReservation> reserved,
        IReadOnlyList<string> claims,
        CancellationToken stop
    )
    {
        var decision = Starting.Decide(request, answers, reserved);
        if (answers.Any(gate => !gate.Open))
            return await streams.Start<Run>(stream, by, decision, stop);
        // From here on the run may be found by whoever looks for runs that nobody drives; this one is ours.
        worker.Expect(stream.Id);
        var take = ClaimEndpoint.Take(claims, stream.Id, request.At);
        var started = await streams.Start<Run>(stream, by, decision, stop, with: take);
        if (started is Outcome.Taken { KeyReused: false })
        {
            var taken = await ClaimEndpoint.Find(store, claims, stop);
            var lost = ClaimGate.Lost(request.About.Edge, [.. taken.Select(claim => claim.Id)], clock.GetUtcNow());
            return await Start(stream, by, request, [.. answers, lost], reserved, claims, stop);
        }

        if (started is Outcome.Done)
            worker.Begin(stream.Id);
        return started;
    }

    // An agent that does not answer closes its own gate.
    private async Task<IReadOnlyList<string>> Dependents(ExperimentDesign design, CancellationToken stop)
    {
        var services = design.BlastRadius.Services;
        var edges = (await agent.Edges(stop)).Value;
        var topology = await TopologyPageEndpoint.Load(store, design.Environment, stop);
        return declared
            .Also(topology?.Said ?? [])
            .With(edges is null ? [] : edges.Keys, services)
            .DependentsOf(services);
    }
}
