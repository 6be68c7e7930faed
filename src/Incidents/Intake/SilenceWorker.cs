using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>
/// When a silence is over, what it held back and still fires is told: it declares its incident then. The alert's version decides which
/// node does it.
/// </summary>
public sealed class SilenceWorker(IDocumentStore store, TimeProvider clock, ILogger<SilenceWorker> log)
    : BackgroundService
{
    private const int AtATime = 500;
    private const string Rule = "rule:silence";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or MartenCommandException or TimeoutException)
            {
                log.LogWarning("Alerts whose silence is over wait: {Reason}", e.Message);
            }
            catch (ConcurrencyException e)
            {
                log.LogDebug("Another node, or the sender, was faster: {Reason}", e.Message);
            }
        }
    }

    private async Task Look(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var session = store.LightweightSession();
        session.SetHeader(EventHeaders.Actor, Rule);
        var silences = await SilencesEndpoint.Current(session, now, stop);
        var active = silences.Where(one => one.IsActive(now)).Select(one => (Guid?)one.Id).ToArray();
        var ready = ReadySilence.Of(silences);
        try
        {
            await Free(session, await Held(session, active).Take(AtATime).ToListAsync(stop), ready, now, stop);
        }
        catch (Exception e) when (IsSick(e, stop))
        {
            var each = await Held(session, active).Select(one => one.Id).Take(AtATime).ToListAsync(stop);
            log.LogError(e, "{Count} alerts whose silence is over are told one by one", each.Count);
            foreach (var alert in each)
                await One(alert, active, ready, now, stop);
        }
    }

    // One that cannot be read or told must not keep the others silent; it is tried again with the next look, and said each time.
    private async Task One(
        Guid alert,
        Guid?[] active,
        IReadOnlyList<ReadySilence> silences,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await using var session = store.LightweightSession();
        session.SetHeader(EventHeaders.Actor, Rule);
        try
        {
            var held = await Held(session, active).Where(one => one.Id == alert).ToListAsync(stop);
            await Free(session, held, silences, now, stop);
        }
        catch (Exception e) when (IsSick(e, stop))
        {
            log.LogError(e, "The alert {AlertId}, whose silence is over, cannot be told", alert);
        }
    }

    private static IQueryable<Alert> Held(IQuerySession session, Guid?[] active) =>
        session
            .Query<Alert>()
            .Where(one => one.IsFiring && one.SilencedBy != null && !one.SilencedBy.IsOneOf(active))
            .OrderBy(one => one.ReceivedAt);

    // Not the database, and not that somebody was faster: the alert itself.
    private static bool IsSick(Exception e, CancellationToken stop) =>
        !stop.IsCancellationRequested
        && e is not (NpgsqlException or MartenCommandException or TimeoutException or ConcurrencyException);

    private static async Task Free(
        IDocumentSession session,
        IReadOnlyList<Alert> held,
        IReadOnlyList<ReadySilence> silences,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (held.Count == 0)
            return;
        var fired = held.Select(one => one.Fired with { SilencedBy = Silencing.Of(silences, one.Fired.Labels, now) })
            .ToList();
        var told = Hearing.Told(fired, await ToldGroups.Of(session, fired, now, stop));
        foreach (var (alert, news) in held.Zip(told))
            session.Events.Append(
                alert.Id,
                alert.Version + 1,
                new AlertUnsilenced(
                    news.Integration,
                    news.Fingerprint,
                    news.Name,
                    news.Service,
                    news.Severity,
                    news.Title,
                    news.StartsAt,
                    now,
                    news.IsNews,
                    news.SilencedBy,
                    news.GroupedBy,
                    news.WindowMinutes
                )
            );
        await session.SaveChangesAsync(stop);
    }
}
