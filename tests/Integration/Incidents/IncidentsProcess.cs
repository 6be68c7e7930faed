using System.Net.Http.Headers;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Incidents as a process of its own, by the real clock: it can be killed and started again on what it stored.</summary>
internal sealed class IncidentsProcess : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("steady-incidents").FullName;
    private readonly Launch launch;
    private OwnedProcess? process;

    private IncidentsProcess(string database, string bus)
    {
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        launch = new Launch("dotnet", Path.Combine(AppContext.BaseDirectory, "Steady.Incidents.dll"))
        {
            Directory = directory,
            LogFile = Path.Combine(directory, "log"),
            Environment = new Dictionary<string, string>
            {
                ["ConnectionStrings__incidents"] = database,
                ["ConnectionStrings__bus"] = bus,
                ["Auth__PublicKey"] = TestTokens.PublicKey,
                ["Paging__AllowedNetworks"] = "127.0.0.1/32",
                ["urls"] = address.ToString(),
            },
        };
        Ana = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        Ana.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.With("admin"));
    }

    public HttpClient Ana { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<IncidentsProcess> Begin()
    {
        var begun = new IncidentsProcess(
            await Servers.NewDatabase("incidents"),
            await Servers.NewVirtualHost("incidents")
        );
        await begun.Start();
        return begun;
    }

    public async Task Start()
    {
        process = OwnedProcess.Start(launch);
        await Eventually.Holds(IsAlive, "Incidents answering", TimeSpan.FromSeconds(90));
    }

    /// <summary>Ends it between two instructions.</summary>
    public async Task Kill()
    {
        Signals.Send(process!.Id, Signals.Kill);
        await process.Exit;
    }

    public async ValueTask DisposeAsync()
    {
        Ana.Dispose();
        if (process is not null)
            await process.DisposeAsync();
        Directory.Delete(directory, recursive: true);
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
