using Marten;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>Stores what deliveries say of alerts, from whichever door they come.</summary>
public sealed class IncomingAlerts(Streams streams, IntakeLane lane, TimeProvider clock)
{
    private volatile Compiled? compiled;

    /// <summary>Stores all that a message says, or nothing; false when too many wait already.</summary>
    public async Task<bool> Take(Actor by, IEnumerable<Signal> signals, CancellationToken stop)
    {
        // As exact as the store is, so that the list can be continued from any of them.
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var heard = signals.ToLookup(one => one.Key.Id);
        if (!await lane.Enter(stop))
            return false;
        try
        {
            await streams.Together<string>(by, session => Hear(session, heard, now, stop), stop);
            return true;
        }
        finally
        {
            lane.Leave();
        }
    }

    private async Task<IReadOnlyList<string>> Hear(
        IDocumentSession session,
        ILookup<Guid, Signal> heard,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var routes = await Current(session, stop);
        var known = (await session.LoadManyAsync<Alert>(stop, heard.Select(one => one.Key))).ToDictionary(one =>
            one.Id
        );
        var happened = new List<(Guid Id, long Version, IReadOnlyList<object> Events)>();
        foreach (var signals in heard)
        {
            var alert = known.GetValueOrDefault(signals.Key);
            var events = Hearing.All(alert, signals, routes, now);
            if (events.Count > 0)
                happened.Add((signals.Key, alert?.Version ?? 0, events));
        }

        var silences = ReadySilence.Of(await SilencesEndpoint.Current(session, now, stop));
        var fired = happened
            .Select(one => one.Events[0])
            .OfType<AlertFired>()
            .Select(one => one with { SilencedBy = Silencing.Of(silences, one.Labels, now) })
            .ToList();
        var told = new Queue<AlertFired>(Hearing.Told(fired, await ToldGroups.Of(session, fired, now, stop)));
        foreach (var (id, version, events) in happened)
        {
            if (version == 0)
                session.Events.StartStream<Alert>(id, [told.Dequeue(), .. events.Skip(1)]);
            else
                session.Events.Append(id, version + events.Count, events);
        }

        return [];
    }

    // Patterns are compiled once for each version of the documents.
    private async Task<Routes> Current(IQuerySession session, CancellationToken stop)
    {
        var current = await RoutesEndpoint.Current(session, stop);
        var grouping = await GroupingEndpoint.Current(session, stop);
        if (compiled is { } known && known.Version == current.Version && known.Grouping == grouping.Version)
            return known.Routes;
        var routes = Routes.Of(current.Routes, current.ServiceLabels, Grouping.Of(grouping.Rules));
        compiled = new Compiled(current.Version, grouping.Version, routes);
        return routes;
    }

    private sealed record Compiled(long Version, long Grouping, Routes Routes);
}
