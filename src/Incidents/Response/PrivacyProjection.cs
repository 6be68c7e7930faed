using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Somebody has a part in an incident: while it is private, they see it.</summary>
public sealed record IncidentPerson
{
    public Guid Id { get; init; }
    public Guid Incident { get; init; }
    public required string Person { get; init; }
    public required string Because { get; init; }
    public DateTimeOffset Since { get; init; }

    public static Guid IdOf(Guid incident, string person) => StableId.From("incident-person", $"{incident}", person);

    public IncidentPersonView View() => new(Person, Because, Since);
}

/// <summary>
/// Who has a part in which incident, also while it is public: it may become private. Built with the write itself, so that whoever is
/// paged or asked finds the incident at once.
/// </summary>
public sealed partial class IncidentPeopleProjection : EventProjection
{
    private const string Role = "has a role";

    public IncidentPeopleProjection()
    {
        Name = "incident-people";
        Options.DeleteViewTypeOnTeardown<IncidentPerson>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (e.Data is PersonRemoved removed)
            operations.Delete<IncidentPerson>(IncidentPerson.IdOf(e.StreamId, removed.Person));
        else if (Of(e.StreamId, e.Data) is { } part)
            operations.Store(part);
        return ValueTask.CompletedTask;
    }

    /// <summary>The part that an event gives somebody; null when it gives none. A rule is nobody. Pure.</summary>
    public static IncidentPerson? Of(Guid stream, object data) =>
        data switch
        {
            IncidentDeclared e => Part(stream, e.By, "declared it", e.At),
            IncidentAcknowledged e => Part(stream, e.By, "took it", e.At),
            RoleAssigned e => Part(stream, e.Person, Role, e.At),
            HandoverOffered e => Part(stream, e.To, "was offered a role", e.At),
            HandoverConfirmed e => Part(stream, e.To, Role, e.At),
            IncidentMadePrivate e => Part(stream, e.By, "made it private", e.At),
            PersonAdded e => Part(stream, e.Person, $"was added by {e.By}", e.At),
            PageRequested { IncidentId: { } incident } e => Part(incident, e.Person, "was paged", e.At),
            _ => null,
        };

    private static IncidentPerson? Part(Guid incident, string person, string because, DateTimeOffset at) =>
        person.StartsWith("rule:", StringComparison.Ordinal)
            ? null
            : new IncidentPerson
            {
                Id = IncidentPerson.IdOf(incident, person),
                Incident = incident,
                Person = person,
                Because = because,
                Since = at,
            };
}

/// <summary>The board's part of it.</summary>
public sealed partial class IncidentBoardProjection
{
    public IncidentView Apply(IEvent<IncidentMadePrivate> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Private = true,
        };

    public IncidentView Apply(IEvent<IncidentMadePublic> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Private = false,
        };

    public IncidentView Apply(IEvent<PersonAdded> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<PersonRemoved> e, IncidentView view) => view with { Version = e.Version };
}
