using System.Text;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;

namespace Steady.Tests.Integration.Budgets;

/// <summary>A real Prometheus that holds what it was given and scrapes nothing.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private readonly OwnedProcess process;
    private readonly string directory;

    private PrometheusServer(OwnedProcess process, string directory, Uri address) =>
        (this.process, this.directory, Address) = (process, directory, address);

    public Uri Address { get; }

    /// <summary>The installed program, or the sentence with which a test is skipped.</summary>
    public static string Program(string name)
    {
        if (Tool.Find(name) is { } found)
            return found;
        Servers.Absent($"{name} is not installed. Debian: apt-get install prometheus.");
        return "";
    }

    /// <summary>Starts one whose past is this text in OpenMetrics form.</summary>
    public static async Task<PrometheusServer> With(string openMetrics, CancellationToken stop)
    {
        var (prometheus, promtool) = (Program("prometheus"), Program("promtool"));
        var directory = Directory.CreateTempSubdirectory("steady-prometheus").FullName;
        var (data, settings) = (Path.Combine(directory, "data"), Path.Combine(directory, "prometheus.yml"));
        await File.WriteAllTextAsync(Path.Combine(directory, "past.om"), openMetrics, new UTF8Encoding(false), stop);
        await File.WriteAllTextAsync(settings, "global: {}\n", stop);
        string[] fill = ["tsdb", "create-blocks-from", "openmetrics", "past.om", data];
        var (code, output) = await Tool.Run(new Launch(promtool, fill) { Directory = directory }, stop);
        if (code != 0)
            throw new InvalidOperationException($"promtool could not fill the blocks: {output}");
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var process = OwnedProcess.Start(
            new Launch(
                prometheus,
                $"--config.file={settings}",
                $"--storage.tsdb.path={data}",
                "--storage.tsdb.retention.time=10y",
                $"--web.listen-address={address.Authority}"
            )
            {
                Directory = directory,
                LogFile = Path.Combine(directory, "log"),
            }
        );
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.Holds(() => IsReady(client, stop), "Prometheus being ready");
        return new PrometheusServer(process, directory, address);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<bool> IsReady(HttpClient client, CancellationToken stop)
    {
        try
        {
            return (await client.GetAsync("/-/ready", stop)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
