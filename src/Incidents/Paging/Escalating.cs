using System.Globalization;
using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

/// <summary>What an escalation must know of its incident.</summary>
/// <param name="Number">For people.</param>
/// <param name="IsOver">Users no longer suffer, or it was none: nobody is to be paged.</param>
/// <param name="Severity">Now.</param>
/// <param name="HeldBy">Who has taken it; null while nobody has.</param>
/// <param name="LastActAt">The last thing that a responder did.</param>
/// <param name="Burn">How many times too fast the service's open burn alerts burn, the worst of them; 0 without one.</param>
/// <param name="HurtsAgainAt">Since when users suffer again, after it had been mitigated or over; null when they do not.</param>
public sealed record Situation(
    Guid IncidentId,
    long Number,
    string Service,
    bool IsOver,
    Severity Severity,
    string? HeldBy,
    DateTimeOffset? LastActAt,
    decimal Burn,
    DateTimeOffset? HurtsAgainAt = null
);

/// <summary>Who can be paged now.</summary>
/// <param name="OnCall">Schedule → who is on call in it; nobody in a gap.</param>
/// <param name="Channels">Person or room → how.</param>
public sealed record Reach(Func<string, string?> OnCall, Func<string, IReadOnlyList<ChannelView>> Channels);

/// <summary>Page whoever is next, until somebody takes the incident. Pure; asked at any time it answers what is due by then.</summary>
public static class Escalating
{
    /// <summary>What is to be done now, and when to ask again; null for not before something happens to the incident.</summary>
    public static (IReadOnlyList<object> Events, DateTimeOffset? AgainAt) Decide(
        Escalation? known,
        Situation incident,
        EscalationPolicy? policy,
        Reach reach,
        DateTimeOffset now
    )
    {
        var events = new List<object>();
        if (known is null)
        {
            if (incident.IsOver)
                return ([], null);
            if (policy is null)
                return ([new EscalationUnrouted(incident.IncidentId, incident.Number, incident.Service, now)], null);
            var began = Began(incident.IncidentId, incident.Number, incident.Service, policy, now);
            events.Add(began);
            known = Escalation.Create(began);
        }

        if (known.Policy is null)
            return (events, null);
        var reason = Quiet(known, incident, now);
        if (reason is not null)
        {
            if (known.Status != EscalationStatus.Stopped)
                events.Add(new EscalationStopped(incident.IncidentId, incident.Service, reason, now));
            return (events, incident.IsOver ? null : RunsOut(known, incident));
        }

        if (known.Status == EscalationStatus.Stopped)
        {
            var resumed = new EscalationResumed(
                incident.IncidentId,
                incident.Service,
                incident.HeldBy is { } by && RunsOut(known, incident) <= now
                        ? $"{by} took it, and nothing was heard for {known.Policy.AcknowledgedForMinutes} minutes"
                    : incident.HurtsAgainAt is null ? "it is open again"
                    : "users suffer again",
                Rule,
                now
            );
            events.Add(resumed);
            known = known.Apply(resumed);
        }

        return Step(known, incident, reach, now, events);
    }

    private const string PassedOver = "a step that was passed over is to be taken now";

    // It got worse after its steps had been passed over, or its burn was heard of late: nobody took it, and somebody is to be paged.
    private static bool IsWanted(Escalation known, Situation incident, DateTimeOffset now) =>
        known.Status == EscalationStatus.Exhausted
        && known
            .Policy!.Steps.Where((step, place) => !known.Reached.Contains(place) && Holds(step.When, incident, now))
            .Any();

    /// <summary>Next step at once; all of them anew when none is left; the first when a policy came since.</summary>
    public static Decision Hurry(
        Escalation known,
        EscalationPolicy? policy,
        string reason,
        string by,
        DateTimeOffset now
    ) =>
        known switch
        {
            { Status: EscalationStatus.Unrouted } => First(known.IncidentId, known.Number, known.Service, policy, now),
            { Status: EscalationStatus.Running } =>
            [
                new EscalationHurried(known.IncidentId, known.Service, reason, by, now),
            ],
            _ => [new EscalationResumed(known.IncidentId, known.Service, reason, by, now)],
        };

    /// <summary>Begins the escalation of an incident that had no policy as it was declared.</summary>
    public static Decision First(
        Guid incident,
        long number,
        string service,
        EscalationPolicy? policy,
        DateTimeOffset now
    ) =>
        policy is null
            ? new Refusal(
                "escalation-unrouted",
                $"No policy is for '{service}', so there is no next step. Page somebody by name, or set a policy first."
            )
            : [Began(incident, number, service, policy, now)];

    public const string Rule = "rule:escalation";

    /// <summary>The pages of one target at a moment, for one who asks.</summary>
    public static IReadOnlyList<Call> Calls(
        EscalationTarget target,
        Reach reach,
        DateTimeOffset now,
        Func<string, string, Guid> page
    )
    {
        var person = target.Contact ?? reach.OnCall(target.Schedule!);
        return person is null
            ? []
            :
            [
                .. reach
                    .Channels(person)
                    .Where(channel => !channel.IsOff)
                    .Select(channel => new Call(
                        page(person, channel.Name),
                        person,
                        channel.Name,
                        channel.Kind,
                        target.Schedule,
                        now.AddMinutes(channel.AfterMinutes)
                    )),
            ];
    }

    private static EscalationBegan Began(
        Guid incident,
        long number,
        string service,
        EscalationPolicy policy,
        DateTimeOffset now
    ) =>
        new(
            incident,
            number,
            service,
            policy.Name,
            policy.Current.Steps,
            policy.Current.Repeat,
            policy.Current.AcknowledgedForMinutes,
            now
        );

    // Why nobody is to be paged; null when somebody is.
    private static string? Quiet(Escalation known, Situation incident, DateTimeOffset now) =>
        incident.IsOver ? "it is over"
        : incident.HeldBy is null ? null
        : RunsOut(known, incident) is { } end && end <= now ? null
        // Begun anew over the head of who has it: that person's next act ends it, not the last one.
        : known.ResumedAt is { } anew && !(incident.LastActAt > anew) ? null
        // Who had it went home when the pain ended.
        : incident.HurtsAgainAt is { } again && !(incident.LastActAt > again) ? null
        : $"{incident.HeldBy} has it";

    private static DateTimeOffset? RunsOut(Escalation known, Situation incident) =>
        incident.HeldBy is not null && known.Policy!.AcknowledgedForMinutes is { } minutes
            ? (incident.LastActAt ?? known.Policy.At).AddMinutes(minutes)
            : null;

    private static (IReadOnlyList<object> Events, DateTimeOffset? AgainAt) Step(
        Escalation known,
        Situation incident,
        Reach reach,
        DateTimeOffset now,
        List<object> events
    )
    {
        if (IsWanted(known, incident, now))
        {
            var worse = new EscalationResumed(incident.IncidentId, incident.Service, PassedOver, Rule, now);
            events.Add(worse);
            known = known.Apply(worse);
        }

        if (known.Status != EscalationStatus.Running)
            return (events, null);
        var policy = known.Policy!;
        while (known.NextAt <= now)
        {
            var (round, step) = (known.Round, known.Step + 1);
            while (step < policy.Steps.Count && !Holds(policy.Steps[step].When, incident, now))
                step++;
            if (step == policy.Steps.Count)
            {
                if (known.CalledInRound == 0 || round == policy.Repeat)
                {
                    events.Add(Exhausted(known, incident, now));
                    return (events, null);
                }

                known = known with { Round = round + 1, Step = -1, CalledInRound = 0 };
                continue;
            }

            var reached = Reached(known, incident, round, step, reach, now);
            events.Add(reached);
            known = known.Apply(reached);
        }

        return (events, known.NextAt);
    }

    private static StepReached Reached(
        Escalation known,
        Situation incident,
        int round,
        int step,
        Reach reach,
        DateTimeOffset now
    )
    {
        var policy = known.Policy!;
        var (calls, unreachable) = (new List<Call>(), new List<string>());
        foreach (var target in policy.Steps[step].Notify)
        {
            var more = Calls(target, reach, now, (person, channel) => Page(known, round, step, person, channel));
            if (more.Count == 0)
                unreachable.Add(Unreachable(target, reach));
            // Who is on call in two schedules is paged once.
            calls.AddRange(more.Where(one => calls.All(had => had.PageId != one.PageId)));
        }

        // Nobody waits for somebody who cannot have heard.
        var next = calls.Count == 0 ? now : calls.Min(call => call.DueAt).AddMinutes(policy.Steps[step].WaitMinutes);
        return new StepReached(
            incident.IncidentId,
            incident.Service,
            policy.Policy,
            round,
            step,
            calls,
            unreachable,
            next,
            now
        );
    }

    /// <summary>Why a target reaches nobody.</summary>
    public static string Unreachable(EscalationTarget target, Reach reach) =>
        target.Contact is { } contact ? $"{contact} has no channel"
        : reach.OnCall(target.Schedule!) is { } person ? $"{person} of {target.Schedule} has no channel"
        : $"nobody is on call in {target.Schedule}";

    private static EscalationExhausted Exhausted(Escalation known, Situation incident, DateTimeOffset now) =>
        new(
            incident.IncidentId,
            incident.Service,
            known.CalledInRound == 0 ? "nobody could be paged" : "all steps were gone through and nobody took it",
            now
        );

    private static bool Holds(StepCondition? when, Situation incident, DateTimeOffset now) =>
        when is null
        || (
            when.Severities?.Contains(incident.Severity) is not false
            && (when.Hours is null || WeekHours.Hold(when.Hours, when.TimeZone!, now))
            && !(incident.Burn < when.BurnAtLeast)
        );

    private static Guid Page(Escalation known, int round, int step, string person, string channel) =>
        StableId.From(
            "page",
            known.IncidentId.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"{known.Beginnings}/{round}/{step}"),
            person,
            channel
        );
}
