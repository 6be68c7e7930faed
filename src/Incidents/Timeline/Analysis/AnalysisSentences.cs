using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What people concluded from a timeline, as lines of it.</summary>
public static class AnalysisSentences
{
    public static Line? Of(object data) =>
        data switch
        {
            ContradictionRuled e => new Line(e.At, [e.Service], e.IncidentId, Ruled(e))
            {
                By = e.By,
                IncidentId = e.IncidentId,
            },
            CauseStated e => new Line(
                e.At,
                e.Services,
                e.Effect,
                $"{e.By} says that one entry led to another ({e.Confidence.ToString().ToLowerInvariant()} confidence): {e.Why}"
            )
            {
                By = e.By,
                IncidentId = e.IncidentId,
            },
            CauseWithdrawn e => new Line(
                e.At,
                e.Services,
                e.Effect,
                $"{e.By} takes back that one entry led to another: {e.Reason}"
            )
            {
                By = e.By,
                IncidentId = e.IncidentId,
            },
            _ => null,
        };

    private static string Ruled(ContradictionRuled e) =>
        $"{e.By} ruled on {Words(e.Kind)}: {Verdict(e.Verdict)}. {e.Reason}";

    private static string Words(ContradictionKind kind) =>
        kind switch
        {
            ContradictionKind.EffectBeforeCause => "an effect before its cause",
            ContradictionKind.DifferentTimes => "two accounts that date one fact differently",
            ContradictionKind.DifferentPeople => "two accounts that name different people",
            ContradictionKind.ForbiddenState => "something that happened too early or too late",
            ContradictionKind.CausalCycle => "causes in a circle",
            ContradictionKind.MissedForecast => "a promise that was not kept",
            _ => "a means to tell others that failed with the service",
        };

    private static string Verdict(RulingVerdict verdict) =>
        verdict switch
        {
            RulingVerdict.OneHolds => "one entry holds",
            RulingVerdict.AllHold => "all of it is true",
            RulingVerdict.NoneHolds => "none of it is true",
            _ => "it cannot be found out",
        };
}
