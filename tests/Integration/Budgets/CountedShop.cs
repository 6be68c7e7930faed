using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;

namespace Steady.Tests.Integration.Budgets;

/// <summary>A shop whose counters a Prometheus reads: it knows exactly what it counted.</summary>
public sealed class CountedShop : IAsyncDisposable
{
    private static readonly double[] Bounds = [0.1, 0.3, 1];
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, long> requests = new(StringComparer.Ordinal);
    private readonly long[] durations = new long[4];
    private readonly WebApplication app;

    private CountedShop(WebApplication app) => this.app = app;

    public string Authority => new Uri(app.Urls.First()).Authority;

    public static async Task<CountedShop> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var shop = new CountedShop(builder.Build());
        // Prometheus asks for /metrics and nothing else.
        shop.app.Run(http =>
        {
            http.Response.ContentType = "text/plain; version=0.0.4";
            return http.Response.WriteAsync(shop.Metrics());
        });
        await shop.app.StartAsync();
        return shop;
    }

    public void Count(string code, int times, double seconds = 0.2)
    {
        lock (gate)
        {
            requests[code] = requests.GetValueOrDefault(code) + times;
            durations[Bounds.TakeWhile(bound => bound < seconds).Count()] += times;
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private string Metrics()
    {
        var text = new StringBuilder("# TYPE shop_requests_total counter\n# TYPE shop_seconds histogram\n");
        lock (gate)
        {
            foreach (var (code, count) in requests)
                text.Append(CultureInfo.InvariantCulture, $"shop_requests_total{{code=\"{code}\"}} {count}\n");
            var sum = 0L;
            for (var i = 0; i < durations.Length; i++)
            {
                sum += durations[i];
                var le = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"shop_seconds_bucket{{le=\"{le}\"}} {sum}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"shop_seconds_sum 0\nshop_seconds_count {sum}\n");
        }

        return text.ToString();
    }
}

/// <summary>A real Prometheus that reads a shop every second and sends what it reads to Budgets.</summary>
public sealed class SendingPrometheus : IAsyncDisposable
{
    private readonly OwnedProcess process;
    private readonly string directory;

    private SendingPrometheus(OwnedProcess process, string directory) =>
        (this.process, this.directory) = (process, directory);

    public static async Task<SendingPrometheus> Start(CountedShop shop, BudgetsProcess budgets, CancellationToken stop)
    {
        var program = PrometheusServer.Program("prometheus");
        var directory = Directory.CreateTempSubdirectory("steady-prometheus").FullName;
        var settings = Path.Combine(directory, "prometheus.yml");
        await File.WriteAllTextAsync(
            settings,
            $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: shop
                static_configs: [{ targets: ["{{shop.Authority}}"] }]
            remote_write:
              - url: {{budgets.Address}}api/v1/write
                authorization: { credentials: "{{budgets.Token}}" }
                queue_config: { batch_send_deadline: 200ms, min_shards: 3, max_backoff: 500ms }
            """,
            stop
        );
        var process = OwnedProcess.Start(
            new Launch(
                program,
                $"--config.file={settings}",
                $"--storage.tsdb.path={Path.Combine(directory, "data")}",
                $"--web.listen-address=127.0.0.1:{Ports.Free()}"
            )
            {
                Directory = directory,
                LogFile = Path.Combine(directory, "log"),
            }
        );
        return new SendingPrometheus(process, directory);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
