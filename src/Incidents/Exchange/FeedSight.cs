using System.Security.Claims;
using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Incidents.Exchange;

/// <summary>Private incidents, in what is announced and in the live feed.</summary>
public sealed class FeedSight(NpgsqlDataSource database, TimeProvider clock) : Privacy
{
    public override async Task<IReadOnlyDictionary<Guid, IReadOnlyCollection<string>>> Load(
        IQuerySession session,
        CancellationToken stop
    )
    {
        var all = await Sight.All(session, stop);
        if (all.Count == 0)
            return await base.Load(session, stop);
        var ids = all.SelectMany(Seeing.With).ToArray();
        var parts = await session.Query<IncidentPerson>().Where(one => one.Incident.IsOneOf(ids)).ToListAsync(stop);
        var people = parts.ToLookup(one => one.Incident, one => one.Person);
        // Whoever has a part in one that is part of another has a part in all.
        return all.Select(one => Seeing.With(one).ToList())
            .SelectMany(group =>
            {
                IReadOnlyCollection<string> who = [.. group.SelectMany(id => people[id]).Distinct()];
                return group.Select(id => (id, who));
            })
            .DistinctBy(one => one.id)
            .ToDictionary(one => one.id, one => one.who);
    }

    public override object Veil(object message) => Veils.Over(message);

    public override bool Sees(ClaimsPrincipal viewer, IReadOnlyCollection<string> people) =>
        viewer.HasScope("admin") || people.Contains(viewer.FindFirst("sub")?.Value ?? "");

    public override bool Relays(ClaimsPrincipal viewer) => viewer.HasScope(Viewer.Relay);

    public override Task Read(ClaimsPrincipal viewer, IReadOnlyCollection<Guid> streams, CancellationToken stop) =>
        IncidentReadsSchema.Keep(
            database,
            streams,
            new IncidentRead(clock.GetUtcNow(), viewer.FindFirst("sub")?.Value ?? "anonymous", "feed"),
            stop
        );
}
