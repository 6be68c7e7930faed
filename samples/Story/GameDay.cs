using Steady.Client;
using Steady.Contracts.Experiments;

namespace Steady.Story;

/// <summary>The ledger is made slower step by step until checkout breaks; then the fault is taken out.</summary>
public static class GameDay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    public static async Task<RunView> Play(
        ExperimentsClient experiments,
        Uri checkout,
        Narrator tell,
        CancellationToken stop
    )
    {
        var document = await Places.Sample("experiments", "slow-ledger.yaml", stop);
        document = document.Replace("http://127.0.0.1:8090/", checkout.ToString(), StringComparison.Ordinal);
        var experiment = await experiments.Apply(document, stop: stop);
        if (experiment.FrozenHash is null)
            experiment = await experiments.Freeze(experiment.Id.ToString(), stop);
        tell.Expect(
            experiment.FrozenHash is not null,
            $"{experiment.Design.Name} is frozen as {experiment.FrozenHash![..12]}: {experiment.Design.Hypothesis}"
        );

        var run = await experiments.Start(experiment.Id.ToString(), stop: stop);
        tell.Expect(
            run.State is not RunState.Refused,
            $"{(run.State is RunState.Refused ? run.Reason : "Both gates let the run begin")}"
        );
        run = await Watch(experiments, tell, run.Id, stop);
        tell.Expect(run.Verdict == Verdict.Broke, $"Verdict: {$"{run.Finding} {run.Reason}".Trim()}");
        tell.Expect(
            run.FaultsLive == 0 && run.Rungs.All(r => r.RevertedAt is not null),
            $"Every fault is out; the steady state was back after {run.RecoverySeconds} s"
        );
        return run;
    }

    private static async Task<RunView> Watch(
        ExperimentsClient experiments,
        Narrator tell,
        Guid id,
        CancellationToken stop
    )
    {
        var told = 0;
        return await tell.Until(
            "the run has ended",
            async () =>
            {
                var view = await experiments.Run(id, stop);
                foreach (
                    var rung in view
                        .Rungs.Skip(told)
                        .Where(r => r.Held is not null || r.RevertedAt is not null)
                        .ToList()
                )
                {
                    told++;
                    var held = rung.Held is { } answer ? (answer ? "held" : "broke") : "ended early";
                    tell.Saw(
                        $"Rung {rung.Number}, latency {rung.Rung.Magnitude} ms: {held}, {rung.Good} good and {rung.Bad} bad probes, {(rung.EffectVerified ? "the fault was felt" : "the fault was not felt")}"
                    );
                }

                return view;
            },
            view => view.State is RunState.Concluded or RunState.Halted or RunState.RevertUnconfirmed,
            Patience,
            stop
        );
    }
}
