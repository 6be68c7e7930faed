using JasperFx.Events;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Response;

/// <summary>
/// The eleven moments of an incident, from its events. What people say by hand goes before what follows from their acts;
/// nothing is overwritten: what was said before is kept with both its clocks. Pure.
/// </summary>
public static class Timestamps
{
    public static IReadOnlyList<IncidentTimestamp> Of(IReadOnlyList<IEvent> story)
    {
        var moments = Enum.GetValues<IncidentMoment>().ToDictionary(moment => moment, _ => new Moments());
        foreach (var stored in story)
        {
            foreach (var (moment, told) in Said(stored, moments))
                moments[moment].Hear(told);
            if (stored.Data is IncidentReopened)
                IncidentGoesOn(moments);
        }

        return [.. moments.Select(one => one.Value.View(one.Key))];
    }

    private static IEnumerable<(IncidentMoment, MomentTold)> Said(
        IEvent stored,
        Dictionary<IncidentMoment, Moments> known
    )
    {
        var recorded = stored.Timestamp.ToUniversalTime();
        switch (stored.Data)
        {
            case IncidentDeclared e:
                yield return (IncidentMoment.ImpactStarted, Act(e.StartedAt, e.By));
                yield return (IncidentMoment.Detected, Act(e.DetectedAt ?? e.At, e.By));
                yield return (IncidentMoment.Declared, Act(e.At, e.By));
                break;
            case IncidentAbsorbed e when e.StartedAt < known[IncidentMoment.ImpactStarted].Acted:
                yield return (IncidentMoment.ImpactStarted, Act(e.StartedAt, e.By));
                break;
            case IncidentAcknowledged e:
                if (known[IncidentMoment.Acknowledged].Acted is null)
                    yield return (IncidentMoment.Acknowledged, Act(e.At, e.By));
                if (known[IncidentMoment.CommanderJoined].Acted is null)
                    yield return (IncidentMoment.CommanderJoined, Act(e.At, e.By));
                break;
            case RoleAssigned { Role: IncidentRole.Commander } e
                when known[IncidentMoment.CommanderJoined].Acted is null:
                yield return (IncidentMoment.CommanderJoined, Act(e.At, e.By));
                break;
            case TimestampStated e:
                yield return (
                    e.Moment,
                    new MomentTold(e.OccurredAt?.ToUniversalTime(), recorded, e.By, true, e.Reason)
                );
                break;
            default:
                if (Single(stored.Data) is var (one, at, by))
                    yield return (one, Act(at, by));
                break;
        }

        MomentTold Act(DateTimeOffset at, string by) => new(at.ToUniversalTime(), recorded, by, false, null);
    }

    private static (IncidentMoment Moment, DateTimeOffset At, string By)? Single(object data) =>
        data switch
        {
            FirstPersonNotified e => (IncidentMoment.FirstNotified, e.At, e.By),
            IncidentMitigated e => (IncidentMoment.Mitigated, e.At, e.By),
            IncidentResolved e => (IncidentMoment.Resolved, e.At, e.By),
            IncidentClosed e => (IncidentMoment.Closed, e.At, e.By),
            _ => null,
        };

    // The pain came back: when it ended the first time is history.
    private static void IncidentGoesOn(Dictionary<IncidentMoment, Moments> moments)
    {
        moments[IncidentMoment.Mitigated].Forget();
        moments[IncidentMoment.Resolved].Forget();
        moments[IncidentMoment.Closed].Forget();
    }

    private sealed class Moments
    {
        private readonly List<MomentTold> all = [];
        private MomentTold? act;
        private MomentTold? stated;

        public DateTimeOffset? Acted => act?.OccurredAt;

        public void Hear(MomentTold told)
        {
            all.Add(told);
            if (told.Stated)
                stated = told.OccurredAt is null ? null : told;
            else
                act = told;
        }

        public void Forget() => (act, stated) = (null, null);

        public IncidentTimestamp View(IncidentMoment moment)
        {
            var holds = stated ?? act;
            return new IncidentTimestamp(moment, holds, [.. all.Where(one => !ReferenceEquals(one, holds))]);
        }
    }
}

/// <summary>What is measured between the moments of one incident. Pure.</summary>
public static class Measures
{
    private static readonly (MeasureName Name, IncidentMoment From, IncidentMoment To)[] All =
    [
        (MeasureName.TimeToDetect, IncidentMoment.ImpactStarted, IncidentMoment.Detected),
        (MeasureName.TimeToAcknowledge, IncidentMoment.FirstNotified, IncidentMoment.Acknowledged),
        (MeasureName.TimeToDeclare, IncidentMoment.Detected, IncidentMoment.Declared),
        (MeasureName.TimeToMitigate, IncidentMoment.ImpactStarted, IncidentMoment.Mitigated),
        (MeasureName.TimeToResolve, IncidentMoment.ImpactStarted, IncidentMoment.Resolved),
        (MeasureName.DeclaredToResolved, IncidentMoment.Declared, IncidentMoment.Resolved),
    ];

    public static IReadOnlyList<IncidentMeasure> Of(IReadOnlyList<IncidentTimestamp> timestamps)
    {
        var known = timestamps.ToDictionary(one => one.Moment, one => one.Holds?.OccurredAt);
        return [.. All.Select(one => Measured(one.Name, one.From, one.To, known))];
    }

    private static IncidentMeasure Measured(
        MeasureName name,
        IncidentMoment from,
        IncidentMoment to,
        Dictionary<IncidentMoment, DateTimeOffset?> known
    )
    {
        IncidentMoment[] unknown = [.. new[] { from, to }.Where(moment => known[moment] is null)];
        if (unknown.Length > 0)
            return Unusable(MeasureValidity.Missing, $"{string.Join(" and ", unknown.Select(Name))} is not known.");
        var (begin, end) = (known[from]!.Value, known[to]!.Value);
        return end < begin
            ? Unusable(MeasureValidity.Invalid, $"{Name(to)} lies before {Name(from)}. State the one that is wrong.")
            : new IncidentMeasure(name, from, to, MeasureValidity.Valid, (long)(end - begin).TotalSeconds, null);

        IncidentMeasure Unusable(MeasureValidity validity, string because) =>
            new(name, from, to, validity, null, because);
    }

    private static string Name(IncidentMoment moment) => $"{char.ToLowerInvariant($"{moment}"[0])}{$"{moment}"[1..]}";
}
