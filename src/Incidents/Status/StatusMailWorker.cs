using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Incidents.Timeline;

namespace Steady.Incidents.Status;

/// <summary>
/// Sends the mails that are due, few at a time, beside the pager and never in its way. A mail is taken by its row before it is sent and
/// the row goes when the server took it: whoever dies in between is overtaken, so none is lost, and one that comes twice has the same id.
/// </summary>
public sealed class StatusMailWorker(
    IDocumentStore store,
    MailSender sender,
    StatusSettings settings,
    VaultSchema vault,
    TimeProvider clock,
    ILogger<StatusMailWorker> log
) : BackgroundService
{
    private const int AtATime = 8;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.TakesAddresses)
            return;
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await Round(stoppingToken) == AtATime) { }
            }
            catch (Exception e) when (e is NpgsqlException or MartenCommandException or TimeoutException)
            {
                log.LogWarning("Mails about the status page wait: {Reason}", e.Message);
            }
        }
    }

    private async Task<int> Round(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var session = store.QuerySession();
        var due = await session
            .Query<StatusMail>()
            .Where(mail => mail.DueAt <= now)
            .OrderBy(mail => mail.DueAt)
            .Take(AtATime)
            .ToListAsync(stop);
        var taken = await Task.WhenAll(due.Select(mail => One(mail.Id, stop)));
        return taken.Count(one => one);
    }

    private async Task<bool> One(Guid id, CancellationToken stop)
    {
        try
        {
            if (await Take(id, stop) is not { } mail)
                return false;
            await Settle(mail, await Send(mail, stop), stop);
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Mails behind it are sent; this one when its turn has run out.
            log.LogError(e, "The mail {MailId} about the status page waits", id);
            return false;
        }
    }

    private async Task<StatusMail?> Take(Guid id, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<StatusMail>(id, stop) is not { } mail || mail.DueAt > now)
            return null;
        var taken = Mailing.Take(mail, now);
        session.Store(taken);
        try
        {
            await session.SaveChangesAsync(stop);
            return taken;
        }
        catch (ConcurrencyException)
        {
            return null;
        }
    }

    // Null when it is done: sent, or no longer wanted.
    private async Task<string?> Send(StatusMail mail, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var links = new StatusLinks(await vault.Box(stop));
        if (await Written(session, mail, links, stop) is not { } written)
            return null;
        var (to, subject, text) = written;
        using var message = MailSender.Message(settings.From!, to, $"{mail.Id}@steady", subject, text);
        if (mail.Story is not null)
        {
            // RFC 8058: a mail program shows its own button, and presses ours with one request.
            message.Headers.Add(
                "List-Unsubscribe",
                $"<{settings.Under($"subscriptions/unsubscribe?token={links.End(mail.To)}")}>"
            );
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        try
        {
            await sender.Send(message, Patience, stop);
            return null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return WebhookSender.Reason(e);
        }
    }

    private async Task<(string To, string Subject, string Text)?> Written(
        IQuerySession session,
        StatusMail mail,
        StatusLinks links,
        CancellationToken stop
    )
    {
        if (mail.Story is not { } about)
        {
            if (await session.LoadAsync<StatusWish>(mail.To, stop) is not { } wish)
                return null;
            var titles = await StatusSchema.Titles(session, wish.Components, stop);
            var confirm = settings.Under($"subscriptions/confirm?token={links.Yes(wish)}");
            var (question, ask) = SubscriptionText.Question(wish, titles, settings.Address!, confirm);
            return (links.Open(wish.Address, wish.Id), question, ask);
        }

        // What must be kept secret by now, or is no longer known to customers, is not told to anybody.
        if (
            await session.LoadAsync<StatusSubscriber>(mail.To, stop) is not { } subscriber
            || await StatusSchema.Story(session, about, stop) is not { } story
            || !Summarizing.IsShown(story)
        )
            return null;
        if (!(await StatusSchema.Titles(session, [story.Service], stop)).TryGetValue(story.Service, out var title))
            return null;
        var end = settings.Under($"subscriptions/unsubscribe?token={links.End(subscriber.Id)}");
        var (subject, text) = SubscriptionText.News(mail, story, title, settings.Address!, end);
        return (links.Open(subscriber.Address, subscriber.Id), subject, text);
    }

    private async Task Settle(StatusMail mail, string? failure, CancellationToken stop)
    {
        var again = failure is null ? null : Mailing.Again(mail, clock.GetUtcNow());
        if (failure is not null)
            log.LogWarning(
                "The mail {MailId} about the status page {Fate}: {Reason}",
                mail.Id,
                again is null ? "is given up" : "is tried again",
                failure
            );
        await using var session = store.LightweightSession();
        // Only while it is ours: somebody may have overtaken us, or the address may be forgotten.
        if (await session.LoadAsync<StatusMail>(mail.Id, stop) is not { } known || known.Attempts != mail.Attempts)
            return;
        if (again is { } due)
            session.Store(known with { DueAt = due });
        else
            session.Delete(known);
        await session.SaveChangesAsync(stop);
    }
}
