using Steady.Contracts.Experiments;
using Steady.Experiments.Faults;
using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety.Gates;

/// <summary>Closed while a blocking alarm of the design is out of tolerance, or cannot be seen.</summary>
public sealed class AlarmGate(TimeProvider clock) : IGate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop) =>
        await Task.WhenAll(
            (question.Design.Alarms ?? [])
                .Where(alarm => alarm.Kind == AlarmKind.Blocking)
                .Select(alarm => Ask(alarm, stop))
        );

    private async Task<GateEvaluated> Ask(Alarm alarm, CancellationToken stop)
    {
        var seen = await Prober.Look(
            new SteadyState(alarm.Probe, alarm.Tolerance),
            AlarmWatch.Enough,
            Patience,
            clock,
            stop
        );
        var open = seen.Holds(alarm.Tolerance);
        var evidence =
            seen.Total == 0 ? $"Nothing was seen within {Patience.TotalSeconds:0} s; what cannot be seen is not fine."
            : open ? $"{seen.Good} of {seen.Total} requests were within tolerance."
            : AlarmWatch.Sentence(alarm, seen);
        return new("alarm", alarm.Name, open, evidence, clock.GetUtcNow());
    }
}
