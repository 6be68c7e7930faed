using System.Globalization;
using Steady.Contracts.Experiments;
using Steady.Experiments.Faults;
using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety;

/// <summary>
/// The alarms of a design, each with a probe of its own. A blocking alarm out of tolerance stops the run; an outcome alarm
/// breaks the rung that is held. The two are never mixed.
/// </summary>
public sealed class AlarmWatch(IReadOnlyList<Alarm> alarms, TimeProvider clock) : IAsyncDisposable
{
    private readonly List<(Alarm Alarm, Prober Prober)> watched =
    [
        .. alarms.Select(alarm => (alarm, new Prober(new SteadyState(alarm.Probe, alarm.Tolerance), clock))),
    ];

    /// <summary>The sentence of the first blocking alarm that is out of tolerance; null when none is.</summary>
    public string? Blocking()
    {
        foreach (var (alarm, prober) in watched)
            if (alarm.Kind == AlarmKind.Blocking)
            {
                var seen = Tallies.Of(prober.Samples.During(Window(alarm)));
                if (seen.Total >= Enough && !seen.Holds(alarm.Tolerance))
                    return Sentence(alarm, seen);
            }

        return null;
    }

    /// <summary>Names of the outcome alarms that did not hold in the last while. One that saw nothing has not held.</summary>
    public IReadOnlyList<string> Broken(TimeSpan last) =>
        [
            .. watched
                .Where(watch => watch.Alarm.Kind == AlarmKind.Outcome)
                .Where(watch => !Tallies.Of(watch.Prober.Samples.During(last)).Holds(watch.Alarm.Tolerance))
                .Select(watch => watch.Alarm.Name),
        ];

    /// <summary>Whether any of them has gone silent.</summary>
    public bool Blind() =>
        watched.Any(watch => Watching.IsBlind(watch.Alarm.Probe, watch.Prober.Samples.Last, watch.Prober.Samples.Now));

    public void Forget()
    {
        foreach (var (_, prober) in watched)
            prober.Samples.Forget();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, prober) in watched)
            await prober.DisposeAsync();
    }

    /// <summary>How many requests say something.</summary>
    public static int Enough => 3;

    /// <summary>Over how long an alarm is judged: long enough for some requests at its pace.</summary>
    public static TimeSpan Window(Alarm alarm) => TimeSpan.FromMilliseconds(Math.Max(2000, 5 * alarm.Probe.EveryMs));

    public static string Sentence(Alarm alarm, Tally seen) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Blocking alarm '{alarm.Name}': {seen.Bad} of {seen.Total} requests were out of tolerance."
        );
}
