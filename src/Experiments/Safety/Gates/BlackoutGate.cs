using System.Globalization;
using Steady.Contracts.Experiments;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Blackouts;

namespace Steady.Experiments.Safety.Gates;

/// <summary>
/// Closed in a time in which nothing may be broken in the environment, and so shortly before it that a run would reach into
/// it: a run is not begun that could not end in time.
/// </summary>
public sealed class BlackoutGate : IGate
{
    private const int BesidesHolding = 6;

    public Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<GateEvaluated>>([Judge(question)]);

    public static GateEvaluated Judge(GateQuestion question)
    {
        var environment = question.Design.Environment;
        var until = question.At + Lasts(question.Design);
        foreach (var blackout in question.Standing.Blackouts ?? [])
            if (BlackoutTimes.Touched(blackout, question.At, until) is { } touched)
                return new("blackout", environment, false, Sentence(blackout, touched, question.At), question.At);
        return new("blackout", environment, true, $"Nothing forbids to break something in {environment}.", question.At);
    }

    /// <summary>How long a run of this design takes when every rung is held and the recovery takes all its time.</summary>
    public static TimeSpan Lasts(ExperimentDesign design) =>
        TimeSpan.FromSeconds(
            (design.Ladder.Rungs.Count + (design.Ladder.Bisect ?? 0)) * (design.Ladder.HoldSeconds + BesidesHolding)
                + BesidesHolding
                + design.RecoveryWithinSeconds
        );

    private static string Sentence(
        Blackout blackout,
        (DateTimeOffset Begins, DateTimeOffset Ends) touched,
        DateTimeOffset now
    ) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The blackout '{blackout.Name}' {(touched.Begins <= now ? "holds" : $"begins at {touched.Begins:yyyy-MM-dd HH:mm}Z, before the run would be over, and holds")} until {touched.Ends:yyyy-MM-dd HH:mm}Z: {blackout.Reason}"
        );
}
