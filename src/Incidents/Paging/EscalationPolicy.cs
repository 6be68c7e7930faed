using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

// Events and state of a policy. These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins them.

public sealed record EscalationPolicySet(
    string Name,
    IReadOnlyList<string> Services,
    IReadOnlyList<EscalationStep> Steps,
    int Repeat,
    int? AcknowledgedForMinutes,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>Whom to page for the incidents of some services, one step after the other.</summary>
public sealed record EscalationPolicy
{
    /// <summary>The services of no other policy.</summary>
    public const string Everything = "*";

    public Guid Id { get; init; }
    public long Version { get; init; }
    public string Name { get; init; } = "";
    public required EscalationPolicySet Current { get; init; }

    /// <summary>The same name always means the same policy.</summary>
    public static Guid IdOf(string name) => StableId.From("escalation-policy", name);

    public static EscalationPolicy Create(EscalationPolicySet e) => new() { Name = e.Name, Current = e };

    public EscalationPolicy Apply(EscalationPolicySet e) => this with { Current = e };

    /// <summary>The policy of a service: the one that names it, else the one for everything; null when there is none.</summary>
    public static EscalationPolicy? For(string service, IReadOnlyCollection<EscalationPolicy> all) =>
        all.FirstOrDefault(one => one.Current.Services.Contains(service))
        ?? all.FirstOrDefault(one => one.Current.Services.Contains(Everything));

    public EscalationPolicyView View() =>
        new(
            Name,
            Version,
            Current.Services,
            Current.Steps,
            Current.Repeat,
            Current.AcknowledgedForMinutes,
            Current.Reason,
            Current.By,
            Current.At
        );
}

/// <summary>What may be a policy. Pure.</summary>
public static class Policing
{
    private const int LongestService = 100;

    /// <summary>What is wrong with a policy, by field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="policy">What is to be set.</param>
    /// <param name="others">The other policies.</param>
    /// <param name="schedules">Schedules that there are.</param>
    /// <param name="contacts">Contacts that there are.</param>
    public static IEnumerable<(string Field, string Message)> Check(
        string name,
        SetEscalationPolicy policy,
        IReadOnlyCollection<EscalationPolicy> others,
        IReadOnlySet<string> schedules,
        IReadOnlySet<string> contacts
    )
    {
        for (var i = 0; i < policy.Services.Count; i++)
        {
            var service = policy.Services[i];
            if (string.IsNullOrWhiteSpace(service) || service.Length > LongestService)
                yield return ($"services[{i}]", $"A service has a name of 1 to {LongestService} characters.");
            else if (
                others.FirstOrDefault(one => one.Name != name && one.Current.Services.Contains(service)) is { } has
            )
                yield return (
                    $"services[{i}]",
                    $"'{service}' is escalated by '{has.Name}'. Take it out there first: an incident has one policy."
                );
        }

        for (var i = 0; i < policy.Steps.Count; i++)
        {
            foreach (var (field, message) in Check(policy.Steps[i], schedules, contacts))
                yield return ($"steps[{i}].{field}", message);
        }
    }

    private static IEnumerable<(string Field, string Message)> Check(
        EscalationStep step,
        IReadOnlySet<string> schedules,
        IReadOnlySet<string> contacts
    )
    {
        for (var i = 0; i < step.Notify.Count; i++)
        {
            if (Check(step.Notify[i], schedules, contacts) is { } problem)
                yield return ($"notify[{i}]", problem);
        }

        if (step.When is not { } when)
            yield break;
        if (when.Hours is { } hours)
        {
            if (when.TimeZone is null || WallClock.Zone(when.TimeZone) is null)
                yield return (
                    "when.timeZone",
                    "Hours need the zone of their clock. Give an IANA name, such as Europe/Berlin."
                );
            foreach (var (field, message) in WeekHours.Check(hours))
                yield return ($"when.{field}", message);
        }

        if (when.BurnAtLeast is <= 0)
            yield return ("when.burnAtLeast", "A burn rate is above 0. Give 14.4, for example.");
    }

    /// <summary>What is wrong with a target; null when it names somebody.</summary>
    public static string? Check(
        EscalationTarget target,
        IReadOnlySet<string> schedules,
        IReadOnlySet<string> contacts
    ) =>
        target switch
        {
            { Schedule: null, Contact: null } or { Schedule: not null, Contact: not null } =>
                "Name a schedule or a contact, one of the two.",
            { Schedule: { } schedule } when !schedules.Contains(schedule) =>
                $"There is no schedule '{schedule}'. GET /v1/schedules lists them.",
            { Contact: { } contact } when !contacts.Contains(contact) =>
                $"There is no contact '{contact}'. Set it first: PUT /v1/contacts/{contact}.",
            _ => null,
        };
}
