using System.Globalization;
using System.Text.Json;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Intake;

/// <summary>
/// Asks Prometheus servers for counters: the raw ones, at closed minutes, and takes the differences itself. How far a
/// source has been asked is stored with the counts, so that a minute is asked again until it is counted, and no longer.
/// </summary>
public sealed class PullWorker(
    IHttpClientFactory http,
    IntakeWorker intake,
    IConfiguration settings,
    TimeProvider clock,
    ILogger<PullWorker> log
) : BackgroundService
{
    public const string Client = "prometheus";
    private const int Step = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostAtOnce = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, DateTimeOffset> again = [];

    // Scrapes of a minute may be stored a little after it.
    private readonly TimeSpan settle = TimeSpan.FromSeconds(
        settings.GetValue("Steady:Budgets:Prometheus:SettleSeconds", 15)
    );

    /// <summary>Addresses that may be asked; only the operator adds to them.</summary>
    public static IReadOnlyList<string> Allowed(IConfiguration settings) =>
        settings.GetSection("Steady:Budgets:Prometheus:Urls").Get<string[]>() ?? [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var mapping in intake.Mappings)
            {
                if (mapping.Terms.Pull is { } pull && Due(mapping, pull) is var (from, until))
                    await Ask(mapping, from, until, stoppingToken);
            }
        }
    }

    // As soon as so much time is closed and settled; what was missed is caught up piece by piece.
    private (DateTimeOffset From, DateTimeOffset Until)? Due(Mapping mapping, PullTerms pull)
    {
        var now = clock.GetUtcNow();
        var from = intake.PulledUntil(mapping) ?? Minute(mapping.Since);
        var until = Minute(now - settle);
        if (until - from < TimeSpan.FromSeconds(pull.EverySeconds) || now < again.GetValueOrDefault(mapping.Key))
            return null;
        if (!Allowed(settings).Contains(pull.Url))
            return null;
        return (from, until - from > MostAtOnce ? from + MostAtOnce : until);
    }

    private async Task Ask(Mapping mapping, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        try
        {
            await Take(mapping, from, until, stop);
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or JsonException
                        or InvalidOperationException
                        or IOException
                        or FormatException
                || e is NotStoredException or OverloadedException or KeyNotFoundException or UnreadableException
                || (e is OperationCanceledException && !stop.IsCancellationRequested)
            )
        {
            again[mapping.Key] = clock.GetUtcNow() + Patience;
            log.LogWarning("The counters of {Sli} could not be asked for: {Reason}", mapping.Sli, e.Message);
        }
    }

    // Both ends: the first sample of a series that goes on is known, and says that it goes on.
    private async Task Take(Mapping mapping, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        using var delivery = new Delivery { Pulled = (mapping, Nanos.Of(until)) };
        var samples = new List<(Route Route, long At, ulong Bits)>();
        foreach (var query in mapping.Queries())
        {
            var parameters = new Dictionary<string, string>
            {
                ["query"] = query,
                ["start"] = Seconds(from),
                ["end"] = Seconds(until),
                ["step"] = Step.ToString(CultureInfo.InvariantCulture),
            };
            using var form = new FormUrlEncodedContent(parameters);
            var url = new Uri(mapping.Terms.Pull!.Url.TrimEnd('/') + "/api/v1/query_range");
            using var client = http.CreateClient(Client);
            using var answer = await client.PostAsync(url, form, stop);
            var body = await answer.Content.ReadAsByteArrayAsync(stop);
            PulledSeries.Read(body, intake.Routing(SourceOrigin.Pull), mapping, samples);
        }

        // In the order of time: whether a series is new shows against its neighbours.
        foreach (var (route, at, bits) in samples.OrderBy(sample => sample.At))
            delivery.Add(route, at, 0, bits);

        await intake.Store(delivery);
    }

    private static DateTimeOffset Minute(DateTimeOffset at) =>
        new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
