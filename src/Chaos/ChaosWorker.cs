using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Steady.Contracts;
using Steady.Contracts.Faults;

namespace Steady.Chaos;

/// <summary>
/// Asks the agent which leases are live: waiting for one as long as there is none, five times a second while there is. When
/// the agent does not answer, what was live ends by its own deadline.
/// </summary>
internal sealed class ChaosWorker(
    IHttpClientFactory clients,
    ChaosOptions options,
    ChaosLeases leases,
    TimeProvider clock,
    ILogger<ChaosWorker> log
) : BackgroundService
{
    public const string Client = "steady-chaos";
    private const int LongWaitMs = 20_000;
    private static readonly TimeSpan WhileLive = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var heard = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = TimeSpan.Zero;
            try
            {
                pause = await Ask(stoppingToken) ? WhileLive : TimeSpan.Zero;
                heard = true;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Said once, until it answers again.
                if (heard)
                    log.LogWarning("The fault agent at {Agent} does not answer: {Why}", options.Agent, e.Message);
                (heard, pause) = (false, AfterTrouble);
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> Ask(CancellationToken stop)
    {
        var hits = leases.Hits;
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(options.Agent, $"/chaos/{Uri.EscapeDataString(options.Target)}")
        )
        {
            Content = JsonContent.Create(new ChaosReport(hits, hits.Count > 0 ? 0 : LongWaitMs), options: Json.Options),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        var asked = clock.GetTimestamp();
        using var answer = await clients.CreateClient(Client).SendAsync(request, stop);
        answer.EnsureSuccessStatusCode();
        var orders = await answer.Content.ReadFromJsonAsync<List<ChaosOrder>>(Json.Options, stop) ?? [];
        // An answer that was waited for is as old as it came, not as it was asked for.
        leases.Take(orders, hits.Count > 0 ? asked : clock.GetTimestamp());
        return orders.Count > 0;
    }
}
