using Steady.LocalHosting.Processes;

namespace Steady.Launcher;

/// <summary>AppHost as a process, and whether what it starts is healthy.</summary>
internal sealed class AppHostProcess(Settings settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private OwnedProcess? process;

    public Task<int> Exit => process?.Exit ?? throw new InvalidOperationException("AppHost has not been started.");

    public void Start(string assembly, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var environment = new Dictionary<string, string>(parameters)
        {
            // Built assemblies, not published ones: the web console finds its static files in this environment only.
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
        };
        foreach (var (name, port) in settings.Ports)
        {
            environment[$"Ports__{name}"] = Settings.Text(port);
        }

        process = OwnedProcess.Start(
            new Launch("dotnet", assembly)
            {
                Directory = Path.Combine(settings.Root, "AppHost"),
                Environment = environment,
                LogFile = settings.Log,
                // It gives every service a grace of its own, one after the other along the waits.
                Grace = TimeSpan.FromSeconds(45),
            }
        );
    }

    /// <summary>Waits until every service says so itself.</summary>
    public async Task Healthy(CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var waiting = Settings.Services.ToList();
        while (waiting.Count > 0)
        {
            if (Exit.IsCompleted || patience.IsCancellationRequested)
            {
                var why = Exit.IsCompleted
                    ? $"AppHost ended with code {Settings.Text(await Exit)}"
                    : "They did not become healthy in time";
                throw new UserError(
                    $"{why}; not healthy: {string.Join(", ", waiting)}.\n{Tail()}\nAll of it is in {settings.Log}."
                );
            }

            await Task.Delay(Pause, TimeProvider.System, stop);
            if (await Answers(http, waiting[0], stop))
            {
                waiting.RemoveAt(0);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.Stop();
        }
    }

    private string Tail() =>
        File.Exists(settings.Log) ? string.Join('\n', File.ReadLines(settings.Log).TakeLast(25)) : "";

    private async Task<bool> Answers(HttpClient http, string service, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"{settings.Address(service)}/health"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet)
            when (notYet is HttpRequestException
                || (notYet is OperationCanceledException && !stop.IsCancellationRequested)
            )
        {
            return false;
        }
    }
}
