using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

// Who may know of an incident. These names and shapes are what is stored.

public sealed record IncidentMadePrivate(string Service, string Reason, string By, DateTimeOffset At);

public sealed record IncidentMadePublic(string Service, string Reason, string By, DateTimeOffset At);

/// <summary>Somebody is to see it while it is private.</summary>
public sealed record PersonAdded(string Service, string Person, string Reason, string By, DateTimeOffset At);

/// <summary>Somebody is not to see it any more, whatever part they had.</summary>
public sealed record PersonRemoved(string Service, string Person, string Reason, string By, DateTimeOffset At);

/// <summary>What decisions need to know of who may know of it.</summary>
public sealed partial record Incident
{
    /// <summary>Only whoever has a part in it knows of it.</summary>
    public bool Private { get; init; }

    public Incident Apply(IncidentMadePrivate e) => Acted(e.By, e.At) with { Private = true };

    public Incident Apply(IncidentMadePublic e) => Acted(e.By, e.At) with { Private = false };

    public Incident Apply(PersonAdded e) => Acted(e.By, e.At);

    public Incident Apply(PersonRemoved e) => Acted(e.By, e.At);
}

/// <summary>Making an incident private, and letting people see it. Pure.</summary>
public static class Confiding
{
    private const int LongestName = 100;

    /// <summary>What is wrong with a change of people, by field.</summary>
    public static IEnumerable<(string Field, string Message)> Check(ChangePeople command)
    {
        var (added, removed) = (command.Add ?? [], command.Remove ?? []);
        if (added.Count + removed.Count == 0)
            yield return ("add", "Name somebody to add or to remove.");
        foreach (var (field, names) in new[] { ("add", added), ("remove", removed) })
        {
            if (names.Any(name => string.IsNullOrWhiteSpace(name) || name.Length > LongestName))
                yield return (field, $"A name has 1 to {LongestName} characters.");
        }

        if (added.Intersect(removed).FirstOrDefault() is { } both)
            yield return ("remove", $"'{both}' cannot be added and removed at once. Leave one of the two out.");
    }

    public static Decision Set(Incident incident, SetPrivacy command, Actor by, DateTimeOffset now) =>
        Standing.Merged(incident, "made private or public") is { } refusal ? refusal
        : incident.Private == command.Private ? []
        : command.Private ? [new IncidentMadePrivate(incident.Service, command.Reason, by.Name, now)]
        : [new IncidentMadePublic(incident.Service, command.Reason, by.Name, now)];

    /// <summary>Nothing is asked of whether they see it already: who was paged since does, and is removed all the same.</summary>
    public static Decision Change(Incident incident, ChangePeople command, Actor by, DateTimeOffset now)
    {
        if (Standing.Merged(incident, "shown to others") is { } refusal)
            return refusal;
        foreach (var person in command.Remove ?? [])
        {
            if (Needed(incident, person) is { } needed)
                return needed;
        }

        return
        [
            .. (command.Add ?? [])
                .Distinct()
                .Select(who => new PersonAdded(incident.Service, who, command.Reason, by.Name, now)),
            .. (command.Remove ?? [])
                .Distinct()
                .Select(who => new PersonRemoved(incident.Service, who, command.Reason, by.Name, now)),
        ];
    }

    // Whoever has a role works on it, or will think so.
    private static Refusal? Needed(Incident incident, string person) =>
        incident.Crew.Roles.FirstOrDefault(one => one.Person == person) is { } role
            ? new Refusal(
                "person-needed",
                $"{person} is {Staffing.Name(role.Role)} and must see it. Hand the role over or release it first."
            )
        : incident.Crew.Handovers.FirstOrDefault(one => one.To == person) is { } offer
            ? new Refusal(
                "person-needed",
                $"{person} was asked to be {Staffing.Name(offer.Role)} and must see it. Withdraw the offer first."
            )
        : null;
}
