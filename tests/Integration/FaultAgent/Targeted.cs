using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Faults;
using Steady.FaultAgent;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>An agent in this process with targets other than edges.</summary>
internal sealed class Targeted : IAsyncDisposable
{
    private readonly Harness agent;

    private Targeted(Harness agent) => this.agent = agent;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Guid Run { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public HttpClient Http => agent.Admin;

    /// <param name="targets">Settings of the only target, and what else is to be said.</param>
    public static async Task<Targeted> Start(params (string Name, string Value)[] targets) =>
        new(await Harness.Start(typeof(EdgesWorker).Assembly, Settings(targets)));

    /// <summary>The configuration: a place nobody may break, and a target.</summary>
    public static Dictionary<string, string> Settings(params (string Name, string Value)[] targets)
    {
        var folder = Directory.CreateTempSubdirectory("steady-").FullName;
        var settings = new Dictionary<string, string>
        {
            ["Journal:Path"] = Path.Combine(folder, "journal.jsonl"),
            ["Leases:Open"] = "true",
            ["Agent:Name"] = Path.GetFileName(folder),
            ["Logging:LogLevel:Default"] = "None",
            ["Denied:Addresses:0"] = "127.0.0.1:1",
            ["Targets:0:Name"] = "victim",
        };
        foreach (var (name, value) in targets)
            settings[name] = value;
        return settings;
    }

    public async Task<LeaseView> Place(Guid lease, string injector, string type, int ttl = 30, long? number = null)
    {
        var answer = await Ask(lease, injector, type, ttl, number);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<LeaseView>(Json.Options, Stop))!;
    }

    public Task<HttpResponseMessage> Ask(
        Guid lease,
        string injector,
        string type,
        int ttl = 30,
        long? number = null,
        string attribute = "connections"
    )
    {
        var numbers = number is { } value ? new Dictionary<string, long> { [attribute] = value } : null;
        var command = new PlaceLease("victim", Run, 1, new FaultSpec(type, Attributes: numbers), ttl, 60, injector);
        return Http.PutAsJsonAsync($"/leases/{lease}", command, Json.Options, Stop);
    }

    /// <summary>The code and the sentence of a refusal.</summary>
    public async Task<(HttpStatusCode Status, string? Code, string Detail)> Refused(
        string injector,
        string type,
        long? number = null
    )
    {
        var answer = await Ask(NewLease(), injector, type, number: number);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (answer.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString()!);
    }

    public async Task<LeaseView> Lease(Guid lease) =>
        (await Http.GetFromJsonAsync<LeaseView>($"/leases/{lease}", Json.Options, Stop))!;

    public async Task<IReadOnlyList<InjectorView>> Injectors() =>
        (await Http.GetFromJsonAsync<List<InjectorView>>("/injectors", Json.Options, Stop))!;

    public Task<HttpResponseMessage> Renew(Guid lease, int ttl) =>
        Http.PostAsJsonAsync($"/leases/{lease}/renew", new RenewLease(1, ttl), Json.Options, Stop);

    public async Task<LeaseReverted> Revert(Guid lease)
    {
        var answer = await Http.DeleteAsync($"/leases/{lease}", Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<LeaseReverted>(Json.Options, Stop))!;
    }

    public static Guid NewLease() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public ValueTask DisposeAsync() => agent.DisposeAsync();
}
