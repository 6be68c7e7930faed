using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Shop.Counts;

/// <summary>Tells Budgets what was counted, twice a second, until it has heard each batch once.</summary>
internal sealed class ReportWorker(
    IHttpClientFactory clients,
    Tally tally,
    ShopSettings settings,
    TimeProvider clock,
    ILogger<ReportWorker> log
) : BackgroundService
{
    public const string Client = "budgets";

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private static readonly ActivitySource Traces = new("Steady.Shop");
    private readonly Batches batches = new($"{settings.Role}-{clock.GetUtcNow().UtcTicks}");
    private string? lastTrouble;
    private long lost;

    public static void Configure(IServiceProvider services, HttpClient budgets)
    {
        budgets.BaseAddress = new Uri("http://budgets");
        budgets.Timeout = TimeSpan.FromSeconds(5);
        if (services.GetRequiredService<IConfiguration>()["Auth:ServiceToken"] is { Length: > 0 } token)
            budgets.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Every, clock);
        try
        {
            while (await beat.WaitForNextTickAsync(stoppingToken))
                await Report(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was counted since the last beat should not be lost with the process.
            using var farewell = new CancellationTokenSource(Farewell, clock);
            await Report(farewell.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Report(CancellationToken stop)
    {
        if (tally.Lost > lost)
            log.LogError("{Lost} requests could not be reported for an hour and are given up", (lost = tally.Lost));
        if (batches.Next(tally.Drain) is not { } batch)
            return;
        using var span = Traces.StartActivity("report counts");
        span?.SetTag("steady.sequence", batch.Sequence);
        try
        {
            using var budgets = clients.CreateClient(Client);
            using var response = await budgets.PostAsJsonAsync(
                $"/v1/slis/{settings.Role}-requests/counts",
                batch,
                Json.Options,
                stop
            );
            Settle(batch, response.StatusCode);
        }
        catch (Exception e)
            when (e is HttpRequestException or SocketException
                || (e is OperationCanceledException && !stop.IsCancellationRequested)
            )
        {
            Complain(LogLevel.Error, $"Budgets cannot be reached: {e.Message} The counts are kept and sent again.");
        }
    }

    private void Settle(RecordCounts batch, HttpStatusCode status)
    {
        switch ((int)status)
        {
            case >= 200 and < 300:
                batches.Done();
                lastTrouble = null;
                break;
            case 404:
                batches.Done();
                Complain(LogLevel.Information, "No objective asks for these counts yet; they are not kept.");
                break;
            case 400 or 409 or 413 or 422:
                // The same words will never be understood better. Loudly, because counts are lost.
                batches.Done();
                log.LogError(
                    "Budgets refused batch {Sequence} with {Status}; it is given up",
                    batch.Sequence,
                    (int)status
                );
                break;
            default:
                Complain(LogLevel.Error, $"Budgets answered {(int)status}. The counts are kept and sent again.");
                break;
        }
    }

    // Twice a second the same sentence would hide everything else.
    private void Complain(LogLevel level, string sentence)
    {
        if (lastTrouble != sentence)
            log.Log(level, "{Trouble}", lastTrouble = sentence);
    }
}
