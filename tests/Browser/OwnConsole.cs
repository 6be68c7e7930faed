using System.Globalization;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Browser;

/// <summary>A console of a test's own beside the platform's, on the same services: it may be set up otherwise, and killed.</summary>
internal sealed class OwnConsole : IAsyncDisposable
{
    private readonly Launch launch;
    private OwnedProcess process;

    private OwnConsole(Launch launch, string url) =>
        (this.launch, Url, process) = (launch, url, OwnedProcess.Start(launch));

    public string Url { get; }

    public int Pid => process.Id;

    /// <param name="stage">Whose services it shows.</param>
    /// <param name="settings">What is set otherwise.</param>
    public static async Task<OwnConsole> Start(Stage stage, params (string Name, string Value)[] settings)
    {
        var url = $"http://127.0.0.1:{Ports.Free().ToString(CultureInfo.InvariantCulture)}";
        var log = Path.Combine(Path.GetTempPath(), $"steady-console-{new Uri(url).Port}.log");
        var same = Victim.Find(new Uri(stage.Web).Port).Again(log);
        var environment = new Dictionary<string, string>(same.Environment) { ["ASPNETCORE_URLS"] = url };
        foreach (var (name, value) in settings)
            environment[name] = value;
        var console = new OwnConsole(same with { Environment = environment }, url);
        await console.IsOpen();
        return console;
    }

    /// <summary>kill -9, at this very moment.</summary>
    public void Kill() => Signals.Send(process.Id, Signals.Kill);

    public async Task StartAgain()
    {
        await process.Stop();
        process = OwnedProcess.Start(launch);
        await IsOpen();
    }

    public async ValueTask DisposeAsync() => await process.Stop();

    private async Task IsOpen()
    {
        using var http = new HttpClient();
        await Eventually.Holds(() => Answers(http), "The console opens its door");
    }

    private async Task<bool> Answers(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync($"{Url}/login", TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
