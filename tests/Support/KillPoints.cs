using Steady.Contracts.Experiments;
using Xunit;

namespace Steady.Tests.Support;

/// <summary>What came of one kill.</summary>
/// <param name="Seed">Shows it again.</param>
/// <param name="Victim">Who was killed.</param>
/// <param name="Aimed">Whether it was waited for until a fault was felt.</param>
/// <param name="AfterMs">How long after the run was asked for, or after the fault was felt.</param>
/// <param name="InPlace">Whether a fault was felt around that moment, or later.</param>
/// <param name="GoneMs">From the kill until nothing was held any more; 0 when nothing was.</param>
/// <param name="Left">Whether anything was held later than the lease and a second allow, or after everything was back.</param>
public sealed record KillPoint(
    int Seed,
    Mortal Victim,
    bool Aimed,
    double AfterMs,
    bool InPlace,
    double GoneMs,
    bool Left
);

/// <summary>Kills a process at a random moment of a run and watches the data path until everything is well again.</summary>
public static class KillPoints
{
    private const int Latency = 1500;
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(1000);

    // A busy machine can keep a request waiting for half a second all by itself.
    private static readonly TimeSpan Aim = 0.8 * Held;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(KillGround.TtlSeconds);

    // From the request to the end of the last hold, as it goes when nobody is killed.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(11);

    // What surely is left of a hold once it was felt, also on a busy machine.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(700);

    public static ExperimentDesign Design { get; } =
        Of("kill-points", hold: 2, [new(FaultKind.Latency, Latency), new(FaultKind.Latency, Latency + 100)]);

    /// <summary>A design in a sandbox that holds whatever comes, so that only the kill ends it.</summary>
    public static ExperimentDesign Of(string name, int hold, IReadOnlyList<Rung> rungs) =>
        new(
            name,
            "Nothing is left behind, whoever dies.",
            "sandbox",
            new SteadyState(
                new HttpProbe("http://127.0.0.1:1/ok", "GET", TimeoutMs: 5000, EveryMs: 100),
                new Tolerance(200, WithinMs: 5000, MinimumGood: 0.5m)
            ),
            [],
            new BlastRadius(KillGround.Edge, ["kill-consumer"]),
            new Ladder(rungs, hold),
            new LeaseTerms(KillGround.TtlSeconds, 60),
            RecoveryWithinSeconds: 5,
            ["team-shop"]
        );

    public static ExperimentDesign Through(this ExperimentDesign design, Uri url) =>
        design with
        {
            SteadyState = design.SteadyState with { Probe = design.SteadyState.Probe with { Url = url.ToString() } },
        };

    public static async Task<KillPoint> Play(
        KillGround ground,
        ExperimentView experiment,
        int seed,
        Mortal victim,
        CancellationToken stop
    )
    {
        // A kill at any moment mostly meets no fault. So three of four wait for one; the others show what comes before and after.
        var aimed = seed / Enum.GetValues<Mortal>().Length % 4 != 0;
        var delay = (aimed ? Rest : Longest) * new Random(seed).NextDouble();
        await using var path = new DataPath(ground.Path1);
        var beginning = ground.Begin(experiment, stop);
        if (aimed)
            await Felt(path, beginning);
        await Task.Delay(delay, TimeProvider.System, stop);
        // A killed agent cuts off who waits at once, before its end is seen here.
        var aboutTo = path.Now;
        await ground.Kill(victim);
        var killed = path.Now;
        // What is held by the end of this must have been let go before.
        var allowed = Lease + TimeSpan.FromSeconds(1);
        await Task.Delay(allowed + Held + Held, TimeProvider.System, stop);
        await ground.Revive(victim, stop);
        await ground.AllEnded(stop);
        await beginning;
        var back = path.Now;
        await Task.Delay(Held + Held, TimeProvider.System, stop);
        var held = path.Held(Held).Where(sample => sample.Ended > killed).ToList();
        // Whoever waited at the moment of the kill shows that a fault was in place, also when the kill cut them off.
        var felt = path.Samples.Any(sample =>
            sample.Started < aboutTo && sample.Ended >= aboutTo && sample.Ended - sample.Started > Held / 2
        );
        var gone = held.Count == 0 ? TimeSpan.Zero : held.Max(sample => sample.Ended) - killed;
        var left = gone > allowed || held.Any(sample => sample.Ended > back) || !path.Samples[^1].Answered;
        return new(seed, victim, aimed, delay.TotalMilliseconds, felt || held.Count > 0, gone.TotalMilliseconds, left);
    }

    private static Task Felt(DataPath path, Task<RunView?> beginning) =>
        Eventually.Holds(
            async () =>
            {
                if (beginning.IsCompleted && await beginning is null)
                    Assert.Fail("The run was refused, so there is no fault to aim at.");
                return path.Holds(Aim);
            },
            "A fault is felt",
            Longest * 3
        );
}
