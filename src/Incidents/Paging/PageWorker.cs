using System.Diagnostics.Metrics;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

/// <summary>
/// Sends the pages that are due, some at a time, each to its own end: a receiver that hangs holds up nobody else's page. A page is
/// taken by an event before it is sent; who dies in between is overtaken, so a page may come twice and none is lost.
/// </summary>
public sealed class PageWorker : BackgroundService
{
    public const string Metrics = "Steady.Paging";
    private const int AtATime = 64;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly Actor By = new("rule:pager");
    private readonly IDocumentStore store;
    private readonly Streams streams;
    private readonly PageSender sender;
    private readonly PagingSettings settings;
    private readonly VaultSchema vault;
    private readonly TimeProvider clock;
    private readonly ILogger<PageWorker> log;
    private readonly Histogram<double> delay;
    private readonly Dictionary<Guid, Task> sending = [];

    public PageWorker(
        IDocumentStore store,
        Streams streams,
        PageSender sender,
        PagingSettings settings,
        VaultSchema vault,
        PagerPulse pulse,
        IMeterFactory meters,
        TimeProvider clock,
        ILogger<PageWorker> log
    )
    {
        (this.store, this.streams, this.sender, this.settings) = (store, streams, sender, settings);
        (this.vault, Pulse, this.clock, this.log) = (vault, pulse, clock, log);
        delay = meters
            .Create(Metrics)
            .CreateHistogram<double>("steady.page.delay", "s", "From when a page was due until it was first tried");
    }

    private PagerPulse Pulse { get; }

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
                Pulse.Beat(clock.GetUtcNow());
            }
            catch (Exception e) when (e is NpgsqlException or MartenCommandException or TimeoutException)
            {
                log.LogWarning("Pages wait: {Reason}", e.Message);
            }
        }
    }

    private async Task Start(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var busy = sending.Keys.ToArray();
        await using var session = store.QuerySession();
        var due = await session
            .Query<Page>()
            .Where(page => page.Status == PageStatus.Waiting && page.DueAt <= now && !page.Id.IsOneOf(busy))
            .OrderBy(page => page.DueAt)
            .Take(AtATime - busy.Length)
            .ToListAsync(stop);
        foreach (var page in due)
            sending[page.Id] = Send(page, stop);
    }

    private async Task Send(Page page, CancellationToken stop)
    {
        try
        {
            var now = clock.GetUtcNow();
            var attempt = page.Attempts + 1;
            var taken = await streams.Decide<Page>(
                page.Id,
                new ExpectedVersion(page.Version),
                By,
                one => Delivering.Take(one, now),
                stop
            );
            if (taken is not Outcome.Done { Appended: > 0 })
                return;
            if (attempt == 1)
                delay.Record((now - page.DueAt).TotalSeconds);
            var delivery = await Deliver(page, stop);
            await streams.Decide<Page>(
                page.Id,
                ExpectedVersion.Any,
                By,
                one => Delivering.Settle(one, attempt, delivery, clock.GetUtcNow()),
                stop
            );
            if (delivery.Delivered && page.Requested.Kind != ChannelKind.Console && page.IncidentId is { } incident)
                await Notified(incident, page.Person, stop);
            if (delivery.IsGone)
                await SwitchOff(page, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.LogInformation("Page {PageId} is sent again when its turn has run out", page.Id);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogError(e, "Page {PageId} is sent again when its turn has run out", page.Id);
        }
    }

    private async Task<Delivery> Deliver(Page page, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var incident = page.IncidentId is { } id ? await session.LoadAsync<IncidentView>(id, stop) : null;
        var secret = await session.LoadAsync<ChannelSecret>(
            ChannelSecret.IdOf(page.Person, page.Requested.Channel),
            stop
        );
        var path =
            incident is not null ? $"incidents/INC-{incident.Number}"
            : page.Requested.Notice ? "oncall"
            : null;
        var link = path is not null && settings.Console is { } console ? new Uri(console, path) : null;
        var (because, notice) = (page.Requested.Because, page.Requested.Notice);
        var message = new PageMessage(page.Id, incident, page.Person, because, link, page.RequestedAt, notice);
        if (incident is { Private: true })
            message = message.Veiled(page.Requested.By is { } by ? $"{by} asks for you" : "you are next");
        var opened = secret?.Opened(await vault.Box(stop));
        return await sender.Send(page.Requested.Kind, opened, message, stop);
    }

    // The first of the moments that people measure themselves by. Shown in the console is not told yet.
    private Task<Outcome> Notified(Guid incident, string person, CancellationToken stop) =>
        streams.Decide<Incident>(
            incident,
            ExpectedVersion.Any,
            By,
            known =>
                known.IsNotified ? [] : [new FirstPersonNotified(known.Service, person, By.Name, clock.GetUtcNow())],
            stop
        );

    private Task<Outcome> SwitchOff(Page page, CancellationToken stop) =>
        streams.Decide<Contact>(
            Contact.IdOf(page.Person),
            ExpectedVersion.Any,
            By,
            contact =>
                contact.Off.Contains(page.Requested.Channel)
                    ? []
                    :
                    [
                        new ChannelSwitchedOff(
                            contact.Name,
                            page.Requested.Channel,
                            "its receiver says that it is gone (HTTP 410)",
                            clock.GetUtcNow()
                        ),
                    ],
            stop
        );
}
