using Steady.Contracts.Experiments;
using Steady.Experiments.Faults;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Levers;
using Steady.Experiments.Spending;

namespace Steady.Experiments.Safety;

/// <summary>
/// Everything that is looked at while a run goes on: the steady state, the design's alarms, the lease in hand, the safety
/// lever, and whoever asks for a halt. Twenty times a second it is asked whether there is a cause to stop.
/// </summary>
public sealed class Lookout : IAsyncDisposable
{
    private readonly ExperimentDesign design;
    private readonly LeverBoard levers;
    private readonly Senses senses;
    private readonly FaultsInHand faults;
    private readonly Prober steady;
    private readonly AlarmWatch alarms;
    private readonly BudgetWatch budget;
    private readonly TaskCompletionSource<Cause> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LeaseKeeper? keeper;

    public Lookout(
        ExperimentDesign design,
        FaultAgentClient agent,
        LeverBoard levers,
        Senses senses,
        BudgetWatch budget,
        TimeProvider clock
    )
    {
        (this.design, this.levers, this.senses, this.budget) = (design, levers, senses, budget);
        steady = new Prober(design.SteadyState, clock);
        alarms = new AlarmWatch(design.Alarms ?? [], clock);
        faults = new FaultsInHand(agent, steady.Samples, clock);
    }

    public Samples Samples => steady.Samples;

    public FaultsInHand Faults => faults;

    /// <summary>Done once somebody has asked for a halt.</summary>
    public Task Asked => asked.Task;

    /// <summary>Since when the rung in place is held; null while none is.</summary>
    public TimeSpan? HoldingSince { get; set; }

    public void Halt(Cause cause) => asked.TrySetResult(cause);

    /// <summary>The keeper of the lease in place; none while no fault is in.</summary>
    public async Task Keep(LeaseKeeper? next)
    {
        if (keeper is { } current)
            await current.DisposeAsync();
        keeper = next;
    }

    /// <summary>Why the run has to stop now; null while it may go on.</summary>
    public Cause? Alarm()
    {
        if (asked.Task.IsCompletedSuccessfully)
            return asked.Task.Result;
        if (levers.Closed(design.Environment) is { } closed)
            return new Cause(closed, "rule:lever");
        if (alarms.Blocking() is { } alarm)
            return new Cause(alarm, "rule:alarm");
        if (budget.Breach() is { } spent)
            return new Cause(spent, "rule:budget");
        if (!faults.Any)
            return null;
        if (keeper?.Lost is { } lost)
            return new Cause(lost, "rule:lease");
        if (senses.Silent(TimeSpan.FromSeconds(Driving.Ttl(design))) is { } silent)
            return new Cause(silent, "rule:senses");
        if (Watching.Breach(design.Abort, Samples.During) is { } breach)
            return new Cause(breach, "rule:abort");
        return Watching.IsBlind(design.SteadyState.Probe, Samples.Last, Samples.Now) || alarms.Blind()
            ? new Cause("The probe has gone silent; what cannot be seen is not fine.", "rule:probe")
            : null;
    }

    public Tally Tally(TimeSpan from) =>
        Tallies.Of(Samples.Since(from, TimeSpan.FromMilliseconds(design.SteadyState.Tolerance.WithinMs)));

    /// <summary>Outcome alarms that were out of tolerance since then: they break the rung.</summary>
    public IReadOnlyList<string> Broken(TimeSpan since) => alarms.Broken(Samples.Now - since);

    /// <summary>Drops what nobody looks back on.</summary>
    public void Forget()
    {
        Samples.Forget();
        alarms.Forget();
    }

    public async ValueTask DisposeAsync()
    {
        await Keep(null);
        await steady.DisposeAsync();
        await alarms.DisposeAsync();
        await budget.DisposeAsync();
    }
}
