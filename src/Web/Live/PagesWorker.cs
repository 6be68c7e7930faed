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
    public const string Shown = "console.page-shown";
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
            if (!board.IsWatched || await Newest(token, stoppingToken) is not { } newest)
                continue;
            if (newest > last)
                board.Announce(Shown);
            last = last > newest ? last : newest;
        }
    }

    private async Task<DateTimeOffset?> Newest(string token, CancellationToken stop)
    {
        using var http = clients.CreateClient(FeedsWorker.Client);
        http.BaseAddress = new Uri(addresses.Of("incidents"), "v1/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            var pages = await new PagingClient(http).Pages("delivered", limit: Lately, stop: stop);
            return pages.Items.Where(page => page.Kind == ChannelKind.Console).Max(page => page.DoneAt)
                ?? DateTimeOffset.MinValue;
        }
        // One answer that makes no sense must not end the console. That the service is silent is said by the feeds.
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            log.LogDebug(broken, "Who is paged could not be read");
            return null;
        }
    }
}
