using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Status;

/// <summary>
/// Finds what the status page tells since the last mail. That it was found and the mails that tell it are one transaction, so a change is
/// told once, whatever is killed. Wishes that nobody confirmed are forgotten here too.
/// </summary>
public sealed class StatusNewsWorker(
    IDocumentStore store,
    StatusSettings settings,
    TimeProvider clock,
    ILogger<StatusNewsWorker> log
) : BackgroundService
{
    // Whoever was down for longer does not tell what has been over since.
    private const int Days = 7;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromMinutes(1);
    private DateTimeOffset nextForget = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Without a server nobody is told; once there is one again, what is new since then is one mail.
        if (!settings.TakesAddresses)
            return;
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or MartenCommandException or TimeoutException)
            {
                log.LogWarning("News of the status page wait: {Reason}", e.Message);
            }
        }
    }

    private async Task Look(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var session = store.QuerySession();
        var stories = (await StatusSchema.Stories(session, now.AddDays(-Days), log, stop))
            .Where(Summarizing.IsShown)
            .ToList();
        var told = (await session.LoadManyAsync<StatusTold>(stop, stories.Select(one => one.Id))).ToDictionary(one =>
            one.Id
        );
        var news = stories.Where(one => Mailing.News(one, told.GetValueOrDefault(one.Id)) is not null).ToList();
        var known = await StatusSchema.Titles(session, news.Select(one => one.Service).Distinct(), stop);
        // What customers do not know is told when they do.
        foreach (var story in news.Where(one => known.ContainsKey(one.Service)))
            await One(story, stop);
        if (now < nextForget)
            return;
        nextForget = now + ForgetEvery;
        await Forget(now, stop);
    }

    private async Task One(PublicStory story, CancellationToken stop)
    {
        try
        {
            await Tell(story, stop);
        }
        catch (Exception e) when (e is ConcurrencyException or DocumentAlreadyExistsException)
        {
            log.LogDebug("Another node tells it: {Reason}", e.Message);
        }
        catch (Exception e)
            when (!stop.IsCancellationRequested
                && e is not (NpgsqlException or MartenCommandException or TimeoutException)
            )
        {
            // Those behind it are told; it is looked at again, and said each time.
            log.LogError(e, "What the status page tells of {IncidentId} cannot be mailed", story.Id);
        }
    }

    private async Task Tell(PublicStory story, CancellationToken stop)
    {
        await using var session = store.LightweightSession();
        var before = await session.LoadAsync<StatusTold>(story.Id, stop);
        if (Mailing.News(story, before) is not { } news)
            return;
        if (before is null)
            session.Insert(news);
        else
            session.Store(news);
        var subscribers = await session.Query<StatusSubscriber>().ToListAsync(stop);
        session.Insert([.. Mailing.To(subscribers, story.Service, news, before, clock.GetUtcNow())]);
        await session.SaveChangesAsync(stop);
    }

    private async Task Forget(DateTimeOffset now, CancellationToken stop)
    {
        await using var session = store.LightweightSession();
        var over = now - Subscribing.Kept;
        session.DeleteWhere<StatusWish>(wish => wish.AskedAt <= over);
        await session.SaveChangesAsync(stop);
    }
}
