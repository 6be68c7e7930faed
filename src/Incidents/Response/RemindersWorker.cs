using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Incidents.FollowUps;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>What time alone brings about. Pure.</summary>
public static class Reminding
{
    public static Decision Decide(Incident incident, DateTimeOffset now) =>
        [.. Staffing.Expired(incident, now), .. Tasking.Overdue(incident, now), .. Posting.Overdue(incident, now)];
}

/// <summary>
/// Looks every second for what has become due and writes it onto the timeline, once: the rule finds what another node has
/// already written. The hour at which a follow-up is overdue is midnight UTC after its day.
/// </summary>
public sealed class RemindersWorker(
    IDocumentStore store,
    Streams streams,
    TimeProvider clock,
    ILogger<RemindersWorker> log
) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FollowUpsEvery = TimeSpan.FromMinutes(1);
    private static readonly Actor Rule = new("rule:reminder");
    private DateTimeOffset nextFollowUps = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or MartenCommandException or TimeoutException)
            {
                log.LogWarning("The store could not be asked this time ({Reason})", e.Message);
            }
        }
    }

    private async Task Look(DateTimeOffset now, CancellationToken stop)
    {
        await using var session = store.LightweightSession();
        var due = await session
            .Query<Deadline>()
            .Where(one => one.At <= now)
            .OrderBy(one => one.At)
            .Take(AtOnce)
            .ToListAsync(stop);
        foreach (var incident in due.GroupBy(one => one.Incident))
            await Try("incident", incident.Key, () => Remind(session, incident, now, stop), stop);

        await session.SaveChangesAsync(stop);
        if (now < nextFollowUps)
            return;
        nextFollowUps = now + FollowUpsEvery;
        foreach (var one in await session.Query<FollowUp>().Where(one => one.IsOpen).ToListAsync(stop))
            await Try("follow-up", one.Id, () => Remind(one, now, stop), stop);
    }

    private async Task Remind(
        IDocumentSession session,
        IGrouping<Guid, Deadline> due,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var outcome = await streams.Decide<Incident>(
            due.Key,
            ExpectedVersion.Any,
            Rule,
            state => Reminding.Decide(state, now),
            stop
        );
        // What the rule knows nothing of any more (a role was released) must not be asked for ever.
        if (outcome is not Outcome.Done { Appended: > 0 })
        {
            var gone = due.Select(one => one.Id).ToArray();
            session.DeleteWhere<Deadline>(one => one.Id.IsOneOf(gone) && one.At <= now);
        }
    }

    private async Task Remind(FollowUp one, DateTimeOffset now, CancellationToken stop)
    {
        if (FollowingUp.Remind(one, now).Events.Count > 0)
            await streams.Decide<FollowUp>(
                one.Id,
                ExpectedVersion.Any,
                Rule,
                state => FollowingUp.Remind(state, now),
                stop
            );
    }

    // One that cannot be looked at must not keep the others from being reminded of; it stays due, and is said each time.
    private async Task Try(string what, Guid id, Func<Task> remind, CancellationToken stop)
    {
        try
        {
            await remind();
        }
        catch (Exception e)
            when (!stop.IsCancellationRequested
                && e is not (NpgsqlException or MartenCommandException or TimeoutException)
            )
        {
            log.LogError(e, "What is due of the {What} {Id} cannot be looked at", what, id);
        }
    }
}
