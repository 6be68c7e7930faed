using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.GameDays;
using Steady.Experiments.Prediction;
using Steady.Experiments.Safety;
using Steady.Experiments.Safety.Gates;
using Steady.Experiments.Safety.Levers;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Runs;

/// <summary>Judges a design before anything of it is kept: by the rules that keep it, and by what would stand in a run's way today.</summary>
public static class LintDesignEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments
            .MapPost("/lint", Handle)
            .RequireScope("experiments:read")
            .WithSummary(
                "Say what is wrong with a design, what it would meet and what is expected of it; nothing is stored"
            )
            .Accepts<ExperimentDesign>("application/json", Edges.Yaml)
            .Produces<DesignLint>();

    private static async Task<IResult> Handle(
        HttpRequest request,
        Actor by,
        IDocumentStore store,
        StartWorker starts,
        LeverBoard levers,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var body = new StreamReader(request.Body);
        var (design, wrong) = DesignDocument.Read(await body.ReadToEndAsync(stop), request.IsYaml());
        if (design is null)
            // What is missing is also too short: once for each place is enough.
            return TypedResults.Ok(
                new DesignLint(false, [.. wrong.DistinctBy(finding => finding.Path).Select(Linting.Error)])
            );
        var now = clock.GetUtcNow();
        await using var session = store.QuerySession();
        var stands = await session.LoadAsync<Experiment>(ExperimentPageEndpoint.IdOf(design.Name), stop);
        var question = await starts.Ask(Guid.Empty, design, now, stop);
        var (expected, unknown) = await PredictExperimentEndpoint.At(now, design, store, stop);
        DesignFinding?[] findings =
        [
            Linting.Before(stands, design, by.Name),
            .. Linting.Of(design),
            .. Foreseeing.Of(question, levers.Closed(design.Environment)),
            .. Foreseeing.Overlaps(question, await Planned(session, design, now, stop)),
            .. Foreseeing.Of(expected, unknown),
        ];
        var told = findings.OfType<DesignFinding>().OrderBy(finding => finding.Weight).ToList();
        return TypedResults.Ok(
            new DesignLint(
                told.All(finding => finding.Weight != FindingWeight.Error),
                told,
                (int)BlackoutGate.Lasts(design).TotalSeconds,
                question.Dependents,
                ReserveGate.Reserved(question) is { Count: > 0 } reserved ? reserved : null,
                expected
            )
        );
    }

    // Game days of the environment that are not over, with what they run.
    private static async Task<IReadOnlyList<PlannedRun>> Planned(
        IQuerySession session,
        ExperimentDesign design,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var days = await session.QueryAsync<GameDay>(
            "where data -> 'plan' ->> 'environment' = ? and data ->> 'concludedAt' is null",
            stop,
            design.Environment
        );
        var planned = new List<PlannedRun>();
        foreach (var day in days)
        {
            var (opens, closes) = WindowTimes.Of(day.Plan.Window);
            if (closes <= now)
                continue;
            foreach (var name in day.Plan.Agenda.Select(item => item.Experiment).OfType<string>())
            {
                if (await session.LoadAsync<Experiment>(ExperimentPageEndpoint.IdOf(name), stop) is { } theirs)
                    planned.Add(new PlannedRun(day.Plan.Name, opens, closes, theirs.Design));
            }
        }

        return planned;
    }
}
