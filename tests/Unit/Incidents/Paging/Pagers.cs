using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;

namespace Steady.Tests.Unit.Incidents.Paging;

/// <summary>
/// An incident on a clock: things happen to it at some minutes, and the rule is asked whenever it wanted to be, as the worker does.
/// What it says is kept as lines: "5 page bo over mail".
/// </summary>
internal sealed class Pagers(EscalationPolicy? policy, Reach? reach = null)
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly List<string> lines = [];
    private Escalation? known;
    private DateTimeOffset? due = Noon;

    public Situation Incident { get; private set; } =
        new(Guid.Parse("01990000-0000-7000-8000-000000000001"), 7, "checkout", false, Severity.Sev2, null, null, 0);

    public IReadOnlyList<string> Lines => lines;

    public List<object> Events { get; } = [];

    public Escalation Escalation => known!;

    public static EscalationPolicy Policy(
        IReadOnlyList<EscalationStep> steps,
        int repeat = 0,
        int? acknowledgedFor = null
    ) =>
        EscalationPolicy.Create(
            new EscalationPolicySet("pay", ["checkout"], steps, repeat, acknowledgedFor, "So", "ana", Noon)
        );

    public static EscalationStep Step(int wait, string who, StepCondition? when = null) =>
        new([who.StartsWith('#') ? new EscalationTarget(who[1..]) : new EscalationTarget(Contact: who)], wait, when);

    /// <summary>Everybody has mail; whoever is named has more.</summary>
    public static Reach Everybody(
        Func<string, string?>? onCall = null,
        params (string Person, ChannelView Channel)[] more
    ) =>
        new(
            onCall ?? (_ => null),
            person =>
                [new("mail", ChannelKind.Email), .. more.Where(one => one.Person == person).Select(one => one.Channel)]
        );

    /// <summary>Lets time pass until a minute; the rule is asked when it wanted to be.</summary>
    public Pagers Until(int minute)
    {
        while (due is { } at && at <= Noon.AddMinutes(minute))
            Ask(at);
        return this;
    }

    /// <summary>Something happens to the incident at a minute, and the rule is asked.</summary>
    public Pagers At(int minute, Func<Situation, Situation> happens)
    {
        Until(minute);
        Incident = happens(Incident);
        Ask(Noon.AddMinutes(minute));
        return this;
    }

    public Pagers Taken(int minute, string by) =>
        At(minute, one => one with { HeldBy = by, LastActAt = Noon.AddMinutes(minute) });

    /// <summary>The rule is asked although nothing is due.</summary>
    public void Ask(DateTimeOffset now)
    {
        var (events, again) = Escalating.Decide(known, Incident, policy, reach ?? Everybody(), now);
        foreach (var e in events)
            Tell(e, now);
        due = again;
    }

    public void Tell(object e, DateTimeOffset now)
    {
        Events.Add(e);
        known = e switch
        {
            EscalationBegan began => known?.Apply(began) ?? Escalation.Create(began),
            EscalationUnrouted unrouted => Escalation.Create(unrouted),
            StepReached step => known!.Apply(step),
            EscalationStopped stopped => known!.Apply(stopped),
            EscalationResumed resumed => known!.Apply(resumed),
            EscalationHurried hurried => known!.Apply(hurried),
            EscalationExhausted exhausted => known!.Apply(exhausted),
            _ => known,
        };
        var minute = (int)(now - Noon).TotalMinutes;
        lines.AddRange(
            e switch
            {
                StepReached { Calls.Count: 0 } step => [$"{minute} nobody: {string.Join("; ", step.Unreachable)}"],
                StepReached step => step.Calls.Select(call =>
                    $"{(int)(call.DueAt - Noon).TotalMinutes} page {call.Person} over {call.Channel}"
                ),
                EscalationStopped stopped => [$"{minute} stop: {stopped.Because}"],
                EscalationResumed resumed => [$"{minute} again: {resumed.Because}"],
                EscalationExhausted exhausted => [$"{minute} end: {exhausted.Because}"],
                EscalationUnrouted => [$"{minute} no policy"],
                _ => [],
            }
        );
    }

    public void Hurry(int minute, string by, EscalationPolicy? now = null)
    {
        Until(minute);
        var at = Noon.AddMinutes(minute);
        foreach (var e in Escalating.Hurry(known!, now, "It burns", by, at))
            Tell(e, at);
        Ask(at);
    }
}
