using System.Diagnostics;
using System.Net.Http.Headers;
using Steady.Client;
using Steady.Web.FrontDoor;

namespace Steady.Web.Live;

/// <summary>
/// Listens to what the services announce and tells the browsers. Each item is a span of the trace that caused it, so one
/// trace runs from the request that did something to the page that shows it.
/// </summary>
public sealed class FeedsWorker(
    IHttpClientFactory clients,
    Addresses addresses,
    IConfiguration configuration,
    LiveBoard board,
    TimeProvider clock,
    ILogger<FeedsWorker> log
) : BackgroundService
{
    public const string Client = "feeds";
    private static readonly ActivitySource Source = new("Steady.Web");
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration["Auth:ServiceToken"] is not { Length: > 0 } token)
        {
            log.LogWarning(
                "Auth:ServiceToken is missing, so pages do not change by themselves. Give one with read scopes."
            );
            return Beat(stoppingToken);
        }

        return Task.WhenAll([Beat(stoppingToken), .. Addresses.Services.Select(s => Follow(s, token, stoppingToken))]);
    }

    private async Task Beat(CancellationToken stop)
    {
        using var pulse = new PeriodicTimer(Pulse, clock);
        while (await pulse.WaitForNextTickAsync(stop))
            board.Beat();
    }

    private async Task Follow(string service, string token, CancellationToken stop)
    {
        long? last = null;
        while (true)
        {
            try
            {
                await foreach (var item in Feed(service, token, last, stop))
                {
                    board.Hear(service, heard: true);
                    last = item.Sequence;
                    if (!item.IsGreeting)
                        Show(item);
                }
            }
            catch (ProblemException refused)
            {
                log.LogWarning("The feed of {Service} is closed to the console: {Detail}", service, refused.Detail);
            }
            // One feed that makes no sense must not silence the others, nor itself for good.
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                log.LogError(broken, "The feed of {Service} could not be read", service);
            }

            board.Hear(service, heard: false);
            await Task.Delay(Pause, clock, stop);
        }
    }

    private IAsyncEnumerable<FeedItem> Feed(string service, string token, long? last, CancellationToken stop)
    {
        var http = clients.CreateClient(Client);
        http.BaseAddress = new Uri(addresses.Of(service), "v1/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return service switch
        {
            "incidents" => new IncidentsClient(http).FollowOnce(last, stop),
            "experiments" => new ExperimentsClient(http).FollowOnce(last, stop),
            _ => new BudgetsClient(http).FollowOnce(last, stop),
        };
    }

    private void Show(FeedItem item)
    {
        ActivityContext.TryParse(item.TraceParent, null, isRemote: true, out var cause);
        using var span = Source.StartActivity($"console: {item.Type}", ActivityKind.Consumer, cause);
        var browsers = item.SeenBy is { } people ? board.Announce(item.Type, people) : board.Announce(item.Type);
        span?.SetTag("steady.browsers", browsers);
    }
}
