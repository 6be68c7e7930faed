using System.Net.Http.Headers;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.FrontDoor;

namespace Steady.Web.Live;

/// <summary>
/// Sees that somebody is paged in the console, and tells the browsers. Whom an incident pages is announced nowhere, since who may know
/// of it is the service's to say: so it is looked up, while anybody listens.
/// </summary>
public sealed class PagesWorker(
    IHttpClientFactory clients,
    Addresses addresses,
    IConfiguration configuration,
    LiveBoard board,
    TimeProvider clock,
    ILogger<PagesWorker> log
) : BackgroundService
{
    public const string PageShown = "console.page-shown";
    private const int Lately = 20;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration["Auth:ServiceToken"] is not { Length: > 0 } token)
            return;
        DateTimeOffset? last = null;
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!board.IsWatched || await Shown(token, stoppingToken) is not { } pages)
                continue;
            // Whom a page is for is nobody else's business.
            if (pages.Where(page => page.DoneAt > last).Select(page => page.Person).ToHashSet() is { Count: > 0 } paged)
                board.Announce(PageShown, paged);
            var newest = pages.Max(page => page.DoneAt) ?? DateTimeOffset.MinValue;
            last = last > newest ? last : newest;
        }
    }

    private async Task<IReadOnlyList<PageView>?> Shown(string token, CancellationToken stop)
    {
        using var http = clients.CreateClient(FeedsWorker.Client);
        http.BaseAddress = new Uri(addresses.Of("incidents"), "v1/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            var pages = await new PagingClient(http).Pages("delivered", limit: Lately, stop: stop);
            return [.. pages.Items.Where(page => page.Kind == ChannelKind.Console)];
        }
        // One answer that makes no sense must not end the console. That the service is silent is said by the feeds.
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            log.LogDebug(broken, "Who is paged could not be read");
            return null;
        }
    }
}
