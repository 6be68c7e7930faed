using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.FollowUps;
using Steady.ServiceDefaults;

namespace Steady.Incidents.Response;

/// <summary>
/// What the one who asks may see, bound from the request: each door that tells of incidents takes it, and leaves out what is hidden. It is
/// also the one place that keeps who has read of private incidents.
/// </summary>
public sealed class Sight
{
    private readonly NpgsqlDataSource database;
    private readonly TimeProvider clock;
    private readonly Viewer viewer;
    private readonly IReadOnlySet<Guid> secret;
    private readonly IReadOnlySet<Guid> hidden;
    private Guid[]? subjects;

    private Sight(
        NpgsqlDataSource database,
        TimeProvider clock,
        Viewer viewer,
        IReadOnlySet<Guid> secret,
        IReadOnlySet<Guid> hidden
    )
    {
        (this.database, this.clock, this.viewer) = (database, clock, viewer);
        (this.secret, this.hidden) = (secret, hidden);
        Hidden = [.. hidden];
        subjects = Hidden.Length == 0 ? [] : null;
    }

    /// <summary>The incidents of which no trace may be found.</summary>
    public Guid[] Hidden { get; }

    /// <summary>Once for each request.</summary>
    public static async ValueTask<Sight?> BindAsync(HttpContext http)
    {
        if (http.Items[typeof(Sight)] is Sight known)
            return known;
        var services = http.RequestServices;
        var found = await Of(
            new Viewer(
                http.User.FindFirst("sub")?.Value ?? "anonymous",
                http.User.HasScope("admin"),
                http.User.HasScope(Viewer.Relay)
            ),
            services.GetRequiredService<IQuerySession>(),
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<TimeProvider>(),
            http.RequestAborted
        );
        http.Items[typeof(Sight)] = found;
        return found;
    }

    public static async Task<Sight> Of(
        Viewer viewer,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var all = await All(session, stop);
        var secret = all.SelectMany(Seeing.With).ToHashSet();
        if (secret.Count == 0)
            return new Sight(database, clock, viewer, secret, secret);
        var ids = secret.ToArray();
        var parts = await session
            .Query<IncidentPerson>()
            .Where(one => one.Person == viewer.Name && one.Incident.IsOneOf(ids))
            .ToListAsync(stop);
        var hasPartIn = parts.Select(one => one.Incident).ToHashSet();
        return new Sight(database, clock, viewer, secret, Seeing.Hidden(all, viewer, hasPartIn));
    }

    /// <summary>The same for a later moment: it may have become private since, or somebody lost the right.</summary>
    public Task<Sight> Again(IQuerySession session, CancellationToken stop) =>
        Of(viewer, session, database, clock, stop);

    /// <summary>All private incidents. What is part of another one stands with that.</summary>
    public static Task<IReadOnlyList<IncidentView>> All(IQuerySession session, CancellationToken stop) =>
        session
            .Query<IncidentView>()
            .Where(one => one.Private && one.Status != IncidentStatus.Merged)
            .ToListAsync(stop);

    /// <summary>Whether it may hear for whom something hidden is, without a word of it.</summary>
    public bool Relays => viewer.Relays;

    public bool Sees(Guid incident) => !hidden.Contains(incident);

    /// <summary>Keeps that the private ones among these were read. Nothing is shown before that is kept.</summary>
    public async Task Read(IEnumerable<Guid> shown, string what, CancellationToken stop)
    {
        if (secret.Count > 0 && shown.Where(secret.Contains).Distinct().ToList() is { Count: > 0 } read)
            await IncidentReadsSchema.Keep(
                database,
                read,
                new IncidentRead(clock.GetUtcNow(), viewer.Name, what),
                stop
            );
    }

    /// <summary>The hidden incidents and their follow-ups: what no line of a timeline may be about.</summary>
    public async Task<Guid[]> Subjects(IQuerySession session, CancellationToken stop)
    {
        if (subjects is not null)
            return subjects;
        var theirs = await session
            .Query<FollowUp>()
            .Where(one => one.Opened.SourceId.IsOneOf(Hidden))
            .Select(one => one.Id)
            .ToListAsync(stop);
        return subjects = [.. Hidden, .. theirs];
    }
}
