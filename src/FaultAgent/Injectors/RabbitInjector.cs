using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;

namespace Steady.FaultAgent.Injectors;

/// <summary>Closes the connections of a RabbitMQ virtual host, through its management API. It happens once.</summary>
public sealed class RabbitInjector(Targets targets, Denied denied, IHttpClientFactory clients) : IInjector
{
    public const string Name = "rabbitmq";
    public const string CloseConnections = "close_connections";
    private const int Most = 5_000;

    private static readonly IReadOnlyList<FaultTypeView> Faults =
    [
        new(
            CloseConnections,
            FaultReach.Existing,
            FaultPersistence.NothingToRevert,
            new Dictionary<string, string> { ["connections"] = "most connections to close; all when absent" }
        ),
    ];

    public InjectorView View =>
        new(
            Name,
            "a user of the management API with the tag administrator",
            Faults,
            targets.Of(Name),
            denied.Unknown?.Detail
        );

    public Refusal? Refuses(PlaceLease asked)
    {
        if (asked.Toxic.Type != CloseConnections)
            return Lease.Invalid($"toxic.type is {asked.Toxic.Type}; {CloseConnections} is what {Name} does.");
        foreach (var (name, value) in asked.Toxic.Attributes ?? new Dictionary<string, long>())
            if (name != "connections" || value is < 1 or > Most)
                return Lease.Invalid($"The attribute {name} is {value}; connections, 1 to {Most}, is accepted.");
        if (denied.Unknown is { } unknown)
            return unknown;
        if (targets.Find(Name, asked.Proxy) is not { } target || Address(target) is not { } address)
            return TargetRefusals.Unknown(asked.Proxy, Name, targets.Of(Name));
        return denied.At(address.Host, address.Port) is { } own ? Denied.Refusal(target.Name, own) : null;
    }

    public IFault Make(Guid lease, PlaceLease asked)
    {
        var target = targets.Find(Name, asked.Proxy)!;
        var most = (int)(asked.Toxic.Attributes?.Values.FirstOrDefault() ?? Most);
        return new ClosedConnections(clients, target, Address(target)!, denied, most);
    }

    public Task Recover(CancellationToken stop) => Task.CompletedTask;

    private static Uri? Address(Target target) =>
        Uri.TryCreate(target.Management, UriKind.Absolute, out var address) && target.VirtualHost is { Length: > 0 }
            ? address
            : null;
}

/// <summary>Connections of others that are closed once. Whether their owners come back is what the experiment asks.</summary>
internal sealed class ClosedConnections(IHttpClientFactory clients, Target target, Uri address, Denied denied, int most)
    : IFault
{
    private long closed;

    public FaultEffect Effect => Effects.Closed(closed);

    public Task Lost => Effects.NeverLost;

    // The broker says which ports it listens on: it must not be the platform's under another address.
    public Task Arm(TimeSpan deadline) =>
        Refusing.What(
            "The broker's management API did not answer",
            async () =>
            {
                using var http = Client();
                var overview = await http.GetFromJsonAsync<JsonElement>("api/overview");
                foreach (var listener in overview.GetProperty("listeners").EnumerateArray())
                    if (denied.At(address.Host, listener.GetProperty("port").GetInt32()) is { } own)
                        throw new FaultRefusedException("target-denied", Denied.Refusal(target.Name, own).Detail);
            }
        );

    public Task Inject(TimeSpan deadline) =>
        Refusing.What(
            "The connections could not be closed",
            async () =>
            {
                using var http = Client();
                var host = Uri.EscapeDataString(target.VirtualHost!);
                var there = await http.GetFromJsonAsync<JsonElement>($"api/vhosts/{host}/connections");
                foreach (var connection in there.EnumerateArray().Take(most))
                    await Close(http, connection.GetProperty("name").GetString()!);
            }
        );

    public Task Renew(TimeSpan deadline) => Task.CompletedTask;

    public Task Probe() => Task.CompletedTask;

    public Task Revert() => Task.CompletedTask;

    private async Task Close(HttpClient http, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"api/connections/{Uri.EscapeDataString(name)}");
        request.Headers.Add("X-Reason", "Closed by an experiment");
        using var answer = await http.SendAsync(request);
        // One that went by itself meanwhile is not ours to count.
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound)
            return;
        answer.EnsureSuccessStatusCode();
        closed++;
    }

    private HttpClient Client()
    {
        var http = clients.CreateClient(RabbitInjector.Name);
        http.BaseAddress = new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)))
        );
        return http;
    }
}
