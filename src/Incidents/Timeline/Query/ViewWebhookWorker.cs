using System.Collections.Concurrent;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Query;

/// <summary>
/// Posts what kept queries find from now on, in the order in which it is recorded: what comes next is sent once the receiver has
/// taken what came before. Whoever dies in between is overtaken, so a stretch may come twice and none is lost.
/// </summary>
public sealed class ViewWebhookWorker(
    IDocumentStore store,
    Streams streams,
    NpgsqlDataSource database,
    WebhookSender sender,
    TimeProvider clock,
    ILogger<ViewWebhookWorker> log
) : BackgroundService
{
    private const int AtATime = 16;

    // How much of the store is looked through at once, and how far behind its keeping may be while nothing is found.
    private const long Stretch = 20_000;
    private const long Behind = 1_000;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly Actor By = new("rule:webhooks");
    private readonly Dictionary<Guid, Task> sending = [];
    private readonly ConcurrentDictionary<(Guid View, int Turn), long> looked = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var done in sending.Where(one => one.Value.IsCompleted).Select(one => one.Key).ToList())
                sending.Remove(done);
            try
            {
                await Start(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or MartenCommandException or TimeoutException)
            {
                log.LogWarning("Webhooks of views wait: {Reason}", e.Message);
            }
        }
    }

    private async Task Start(CancellationToken stop)
    {
        var due = await ViewDeliveriesSchema.Due(database, clock.GetUtcNow(), stop);
        if (due.Count == 0)
            return;
        var written = await TimelineQuerySchema.Written(database, stop);
        foreach (var one in due.Where(one => !sending.ContainsKey(one.View)))
        {
            if (sending.Count >= AtATime)
                return;
            if (one.Until is not null || Looked(one) < written)
                sending[one.View] = Send(one, written, stop);
        }
    }

    private async Task Send(ViewDelivery next, long written, CancellationToken stop)
    {
        try
        {
            await using var session = store.QuerySession();
            if (
                await session.LoadAsync<SavedView>(next.View, stop) is { IsRemoved: false, Webhook: { } webhook } view
                && Parsing.Read(view.Current.Query).Search is { } search
                && await session.LoadAsync<ViewWebhook>(view.Current.Name, stop) is { } secret
            )
                await Send(next, view, webhook, secret, search, written, session, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.LogInformation("The webhook of view {ViewId} goes on when its turn has run out", next.View);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogError(e, "The webhook of view {ViewId} goes on when its turn has run out", next.View);
        }
    }

    private async Task Send(
        ViewDelivery next,
        SavedView view,
        ViewWebhookSet webhook,
        ViewWebhook secret,
        Search search,
        long written,
        IQuerySession session,
        CancellationToken stop
    )
    {
        // Who set it may see no more than they see themselves, as it is now.
        var sight = await Sight.Of(new Viewer(webhook.By, false, false), session, database, clock, stop);
        var range = next.Until is { } end
            ? new NewRange(next.Position, end, (int)Stretch)
            : new NewRange(Looked(next), Math.Min(written, Looked(next) + Stretch), webhook.Batch);
        var page = await NewEntriesSchema.Page(search, sight, session, database, clock, range, stop);
        if (page?.Entries.Count == 0)
        {
            await Nothing(next, next.Until ?? page.End, stop);
            return;
        }

        var until = next.Until ?? page?.End ?? range.Until;
        var now = clock.GetUtcNow();
        if (!await ViewDeliveriesSchema.Take(database, next, until, now + Posting.Lease, stop))
            return;
        var taken = next with { Until = until, Attempt = next.Attempt + 1 };
        if (page is null)
        {
            await Settle(taken, 0, new Delivery(false, "the query reads too much to be asked again and again"), stop);
            return;
        }

        await sight.Read(page.Entries.Select(entry => entry.IncidentId).OfType<Guid>(), "webhook", stop);
        var id = Posting.IdOf(next, until);
        var body = Posting.Body(view.Current.Name, page.Entries, now);
        var delivery = await sender.Post(secret.Address, secret.Secret, $"{id}", body, stop);
        await Settle(taken, page.Entries.Count, delivery, stop);
    }

    // Nothing to be told: kept now and then, so that a restart does not look through everything again.
    private async Task Nothing(ViewDelivery next, long end, CancellationToken stop)
    {
        looked[(next.View, next.Turn)] = end;
        if (next.Until is not null || end - next.Position >= Behind)
            await ViewDeliveriesSchema.Settle(database, next, end, 0, null, clock.GetUtcNow(), stop);
    }

    private async Task Settle(ViewDelivery taken, int count, Delivery delivery, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (delivery.Delivered)
        {
            await ViewDeliveriesSchema.Settle(database, taken, taken.Until!.Value, count, delivery.Result, now, stop);
            return;
        }

        var again = Posting.Again(taken.Attempt, delivery, now);
        if (
            await ViewDeliveriesSchema.Fail(database, taken, delivery.Result, now, again, stop)
            && Posting.GivesUp(taken, delivery, now) is { } because
        )
            await streams.Decide<SavedView>(
                taken.View,
                ExpectedVersion.Any,
                By,
                view => Keeping.SwitchOff(view, because, now),
                stop,
                with: session => ViewDeliveriesSchema.SwitchOff(session, taken.View)
            );
    }

    private long Looked(ViewDelivery one) => Math.Max(one.Position, looked.GetValueOrDefault((one.View, one.Turn)));
}
