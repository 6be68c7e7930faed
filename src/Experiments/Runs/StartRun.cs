using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Runs;

public static class Starting
{
    /// <summary>A run begins when every gate is open; else it is refused, with each closed gate's reason.</summary>
    public static Decision Decide(
        RunRequested request,
        IReadOnlyList<GateEvaluated> gates,
        IReadOnlyList<BudgetReservation>? reserved = null
    )
    {
        var closed = gates.Where(gate => !gate.Open).ToList();
        object outcome =
            closed.Count == 0
                ? new RunStarted(request.About, request.ExperimentId, request.At)
                : new RunRefused(
                    request.About,
                    string.Join(" ", closed.Select(gate => $"{Capital(gate.Kind)} ({gate.Subject}): {gate.Evidence}")),
                    request.At
                );
        return closed.Count == 0 && reserved is { Count: > 0 }
            ? [request, .. gates, new BudgetReserved(request.Design.Budget!.SpendAtMost, reserved, request.At), outcome]
            : [request, .. gates, outcome];
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

public static class StartRunEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments
            .MapPost("/{experiment}/runs", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Run a frozen experiment; the answer says whether a gate refused it")
            .Produces<RunView>(201)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

    private static async Task<IResult> Handle(
        string experiment,
        NewStream stream,
        Actor by,
        IDocumentStore store,
        StartWorker starts,
        CancellationToken stop
    )
    {
        var found = await ExperimentPageEndpoint.Find(store, ExperimentPageEndpoint.IdOf(experiment), stop);
        if (found is null)
            return Answers.Missing();
        return await (await starts.Begin(stream, found, by, stop)).ToCreated(
            id => $"/v1/runs/{id}",
            async id => (await RunPageEndpoint.Find(store, id, stop))!
        );
    }
}
