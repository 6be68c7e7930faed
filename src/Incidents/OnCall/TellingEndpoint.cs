using Marten;
using Steady.Incidents.Paging;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

/// <summary>Changes a schedule and tells whom it concerns, as one.</summary>
public static class TellingEndpoint
{
    public static async Task<Outcome> Decide(
        string schedule,
        ExpectedVersion version,
        Actor by,
        Func<Schedule, Decision> rule,
        Streams streams,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var contacts = await Contacts(session, stop);
        // Decided again when somebody was faster: what is told is what was stored.
        IReadOnlyList<Notice> notices = [];
        return await streams.Decide<Schedule>(
            Schedule.IdOf(schedule),
            version,
            by,
            before =>
            {
                var decision = rule(before);
                notices = Noticing.Of(before, decision.Events, by.Name, now);
                return decision;
            },
            stop,
            with: one => PagesEndpoint.Tell(one, notices, contacts, by, now)
        );
    }

    public static async Task<Outcome> Start(
        string schedule,
        Actor by,
        Decision decision,
        Streams streams,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var contacts = await Contacts(session, stop);
        var notices = Noticing.Of(null, decision.Events, by.Name, now);
        return await streams.Start<Schedule>(
            NewStream.Of(Schedule.IdOf(schedule)),
            by,
            decision,
            stop,
            with: one => PagesEndpoint.Tell(one, notices, contacts, by, now)
        );
    }

    private static async Task<IReadOnlyDictionary<string, Contact>> Contacts(
        IQuerySession session,
        CancellationToken stop
    ) => (await session.Query<Contact>().ToListAsync(stop)).ToDictionary(one => one.Name);
}
