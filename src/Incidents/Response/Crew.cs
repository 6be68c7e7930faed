using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

// Who does what. These names and shapes are what is stored.

public sealed record RoleAssigned(string Service, IncidentRole Role, string Person, string By, DateTimeOffset At);

public sealed record RoleReleased(string Service, IncidentRole Role, string Person, string By, DateTimeOffset At);

public sealed record HandoverOffered(
    string Service,
    Guid HandoverId,
    IncidentRole Role,
    string From,
    string To,
    string? Briefing,
    DateTimeOffset ExpiresAt,
    string By,
    DateTimeOffset At
);

public sealed record HandoverConfirmed(
    string Service,
    Guid HandoverId,
    IncidentRole Role,
    string From,
    string To,
    string By,
    DateTimeOffset At
);

public sealed record HandoverDeclined(
    string Service,
    Guid HandoverId,
    IncidentRole Role,
    string To,
    string Reason,
    string By,
    DateTimeOffset At
);

public sealed record HandoverWithdrawn(
    string Service,
    Guid HandoverId,
    IncidentRole Role,
    string To,
    string By,
    DateTimeOffset At
);

public sealed record HandoverExpired(
    string Service,
    Guid HandoverId,
    IncidentRole Role,
    string From,
    string To,
    DateTimeOffset At
);

/// <summary>Who has which role, and what was offered to whom. Pure.</summary>
public sealed record Crew
{
    public IReadOnlyList<RoleHolder> Roles { get; init; } = [];
    public IReadOnlyList<OpenHandover> Handovers { get; init; } = [];

    public RoleHolder? Holder(IncidentRole role) => Roles.FirstOrDefault(one => one.Role == role);

    /// <summary>Who takes it first commands, where nobody does.</summary>
    public Crew Taken(string by, DateTimeOffset at) =>
        Holder(IncidentRole.Commander) is null ? With(IncidentRole.Commander, by, at) : this;

    public Crew With(IncidentRole role, string person, DateTimeOffset since) =>
        this with
        {
            Roles =
            [
                .. Roles
                    .Where(one => one.Role != role || (!role.IsSingle() && one.Person != person))
                    .Append(new RoleHolder(role, person, since))
                    .OrderBy(one => one.Role),
            ],
        };

    // Who has a role no longer cannot hand it over.
    public Crew Without(IncidentRole role, string person) =>
        this with
        {
            Roles = [.. Roles.Where(one => one.Role != role || one.Person != person)],
            Handovers = [.. Handovers.Where(one => one.Role != role || one.From != person)],
        };

    public Crew Offered(HandoverOffered e) =>
        this with
        {
            Handovers = [.. Handovers, new(e.HandoverId, e.Role, e.From, e.To, e.Briefing, e.By, e.At, e.ExpiresAt)],
        };

    public Crew Over(Guid handover) => this with { Handovers = [.. Handovers.Where(one => one.Id != handover)] };
}

/// <summary>Giving, handing over and taking roles. Pure.</summary>
public static class Staffing
{
    public static Decision Assign(Incident incident, StaffRole command, Actor by, DateTimeOffset now)
    {
        if (Standing.Against(incident, "staffed") is { } refusal)
            return refusal;
        var (role, person) = (command.Role, command.Person);
        if (incident.Crew.Roles.Any(one => one.Role == role && one.Person == person))
            return [];
        return role.IsSingle() && incident.Crew.Holder(role) is { } holder
            ? new Refusal(
                "role-held",
                $"{holder.Person} is {Name(role)}. Hand the role over, so that both know: POST …/handovers."
            )
            : [new RoleAssigned(incident.Service, role, person, by.Name, now)];
    }

    public static Decision Release(Incident incident, StaffRole command, Actor by, DateTimeOffset now)
    {
        if (Standing.Merged(incident, "staffed") is { } refusal)
            return refusal;
        return incident.Crew.Roles.Any(one => one.Role == command.Role && one.Person == command.Person)
            ? [new RoleReleased(incident.Service, command.Role, command.Person, by.Name, now)]
            : [];
    }

    public static Decision Offer(Incident incident, Guid id, OfferHandover command, Actor by, DateTimeOffset now)
    {
        if (Standing.Against(incident, "staffed") is { } refusal)
            return refusal;
        var role = command.Role;
        if (!role.IsSingle())
            return new Refusal("role-shared", $"Any number of people can be {Name(role)}. Assign the role instead.");
        if (incident.Crew.Holder(role) is not { } holder)
            return new Refusal("role-free", $"Nobody is {Name(role)}, so nobody can hand it over. Assign the role.");
        if (incident.Crew.Handovers.Any(one => one.Id == id))
            return [];
        if (holder.Person == command.To)
            return new Refusal("role-held", $"{holder.Person} is {Name(role)} already. Name somebody else.");
        if (incident.Crew.Handovers.FirstOrDefault(one => one.Role == role) is { } open)
            return new Refusal(
                "handover-open",
                $"The role was offered to {open.To}, who has not answered. Withdraw that first, or wait until {open.ExpiresAt.ToUniversalTime():HH:mm} UTC."
            );
        return
        [
            new HandoverOffered(
                incident.Service,
                id,
                role,
                holder.Person,
                command.To,
                command.Briefing,
                now.AddMinutes(command.ExpiresInMinutes),
                by.Name,
                now
            ),
        ];
    }

    /// <summary>Only who takes it can say so: that is what makes a hand-over one.</summary>
    public static Decision Confirm(Incident incident, Guid id, Actor by, DateTimeOffset now) =>
        Standing.Against(incident, "staffed") is { } refusal ? refusal
        : Answerable(incident, id, now, out var open) is { } gone ? gone
        : open!.To != by.Name ? NotYours($"{open.To} was asked")
        : [new HandoverConfirmed(incident.Service, id, open.Role, open.From, open.To, by.Name, now)];

    public static Decision Decline(Incident incident, Guid id, DeclineHandover command, Actor by, DateTimeOffset now) =>
        Answerable(incident, id, now, out var open) is { } gone ? gone
        : open!.To != by.Name ? NotYours($"{open.To} was asked")
        : [new HandoverDeclined(incident.Service, id, open.Role, open.To, command.Reason, by.Name, now)];

    public static Decision Withdraw(Incident incident, Guid id, Actor by, DateTimeOffset now) =>
        Answerable(incident, id, now, out var open) is { } gone ? gone
        : open!.From != by.Name && open.OfferedBy != by.Name ? NotYours($"{open.OfferedBy} offered it")
        : [new HandoverWithdrawn(incident.Service, id, open.Role, open.To, by.Name, now)];

    /// <summary>What nobody answered in time.</summary>
    public static IEnumerable<object> Expired(Incident incident, DateTimeOffset now) =>
        incident
            .Crew.Handovers.Where(one => one.ExpiresAt <= now)
            .Select(one => new HandoverExpired(incident.Service, one.Id, one.Role, one.From, one.To, now));

    public static string Name(IncidentRole role) =>
        role switch
        {
            IncidentRole.OperationsLead => "operations lead",
            IncidentRole.CommunicationsLead => "communications lead",
            IncidentRole.PlanningLead => "planning lead",
            IncidentRole.SubjectExpert => "subject expert",
            _ => role.ToString().ToLowerInvariant(),
        };

    private static Refusal? Answerable(Incident incident, Guid id, DateTimeOffset now, out OpenHandover? open)
    {
        open = incident.Crew.Handovers.FirstOrDefault(one => one.Id == id);
        return open is { } one && now < one.ExpiresAt
            ? null
            : new Refusal(
                "handover-over",
                "This hand-over is not open: it was answered or withdrawn, or its time is over. Offer the role again."
            );
    }

    private static Refusal NotYours(string why) =>
        new Refusal("handover-not-yours", $"This answer is not yours to give: {why}. Ask them.");
}
