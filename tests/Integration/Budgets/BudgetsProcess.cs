using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Budgets as a process of its own, by the real clock: it can be killed and started again on what it stored.</summary>
public sealed class BudgetsProcess : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("steady-budgets").FullName;
    private OwnedProcess? process;
    private Launch launch = new("dotnet");

    public Uri Address { get; } = new($"http://127.0.0.1:{Ports.Free()}/");

    public HttpClient Ana { get; private set; } = new();

    public string Token { get; } = TestTokens.With("admin", "ana");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await Begin(await Servers.NewDatabase("intake"), await Servers.NewVirtualHost("intake"));

    /// <summary>Another process on the same database.</summary>
    public async Task<BudgetsProcess> Twin()
    {
        var twin = new BudgetsProcess();
        await twin.Begin(
            launch.Environment["ConnectionStrings__budgets"],
            launch.Environment["ConnectionStrings__bus"]
        );
        return twin;
    }

    public async Task Start()
    {
        process = OwnedProcess.Start(launch);
        await Eventually.Holds(IsAlive, "Budgets answering", TimeSpan.FromSeconds(90));
    }

    /// <summary>Ends it between two instructions.</summary>
    public async Task Kill()
    {
        Signals.Send(process!.Id, Signals.Kill);
        await process.Exit;
    }

    /// <summary>The most memory it ever had, in bytes.</summary>
    public long PeakMemory()
    {
        var line = File.ReadLines($"/proc/{process!.Id}/status")
            .First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        return 1024
            * long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    public async Task Define(string name, SetSource source)
    {
        var document = BudgetsService.Yaml(BudgetsService.Document(name, name));
        (await Ana.PostAsync("v1/objectives", document, Stop)).EnsureSuccessStatusCode();
        var answer = await Ana.PutAsJsonAsync($"v1/slis/{name}-requests/source", source, Json.Options, Stop);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<SourceView> Source(string name) =>
        (await Ana.GetFromJsonAsync<SourceView>($"v1/slis/{name}-requests/source", Json.Options, Stop))!;

    public async Task<(long Good, long Bad)> Counted(string name)
    {
        var budget = await Ana.GetFromJsonAsync<BudgetStatus>($"v1/budgets/{name}", Json.Options, Stop);
        return (budget!.Good, budget.Bad);
    }

    public async ValueTask DisposeAsync()
    {
        Ana.Dispose();
        if (process is not null)
            await process.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Starts on a database of the caller's.</summary>
    public async Task Begin(string database, string bus, params (string Name, string Value)[] settings)
    {
        launch = launch with
        {
            Arguments = [Path.Combine(AppContext.BaseDirectory, "Steady.Budgets.dll")],
            Directory = directory,
            LogFile = Path.Combine(directory, "log"),
            Environment = new Dictionary<string, string>
            {
                ["ConnectionStrings__budgets"] = database,
                ["ConnectionStrings__bus"] = bus,
                ["Auth__PublicKey"] = TestTokens.PublicKey,
                ["urls"] = Address.ToString(),
                // As much as a small container has: what hostile input may not exhaust.
                ["DOTNET_GCHeapHardLimit"] = "0x20000000",
            },
        };
        launch = launch with
        {
            Environment = new Dictionary<string, string>([
                .. launch.Environment,
                .. settings.Select(one => KeyValuePair.Create(one.Name, one.Value)),
            ]),
        };
        Ana = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(100) };
        Ana.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        await Start();
    }

    private async Task<bool> IsAlive()
    {
        if (process!.Exit.IsCompleted)
            Assert.Fail(await File.ReadAllTextAsync(launch.LogFile!, Stop));
        try
        {
            return (await Ana.GetAsync("alive", Stop)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
