using Steady.Contracts.Incidents;

namespace Steady.Incidents.Paging;

/// <summary>Plays a policy through for an incident that nobody takes, by the very rule that pages. Pure.</summary>
public static class Previewing
{
    private const string Nobody = "preview";

    public static EscalationPreview Of(
        EscalationPolicy policy,
        Severity severity,
        decimal burn,
        DateTimeOffset at,
        Func<DateTimeOffset, Reach> reach
    )
    {
        var incident = new Situation(Guid.Empty, 0, Nobody, IsOver: false, severity, null, null, burn);
        var (calls, unreachable) = (new List<PreviewedCall>(), new List<string>());
        Escalation? known = null;
        var end = at;
        for (DateTimeOffset? moment = at; moment is { } now; )
        {
            (var events, moment) = Escalating.Decide(known, incident, policy, reach(now), now);
            foreach (var e in events)
            {
                known = e switch
                {
                    EscalationBegan began => Escalation.Create(began),
                    StepReached step => known!.Apply(step),
                    EscalationExhausted exhausted => known!.Apply(exhausted),
                    _ => known,
                };
                if (e is not StepReached reached)
                    continue;
                calls.AddRange(
                    reached.Calls.Select(call => new PreviewedCall(
                        call.DueAt,
                        reached.Round + 1,
                        reached.Step + 1,
                        call.Person,
                        call.Channel,
                        call.Schedule
                    ))
                );
                unreachable.AddRange(reached.Unreachable.Select(who => $"{who} (step {reached.Step + 1})"));
            }

            end = now;
        }

        return new EscalationPreview(policy.Name, severity, at, calls, [.. unreachable.Distinct()], end);
    }
}
