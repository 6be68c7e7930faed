using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Contracts.Incidents;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>
/// Experiments and the fault agent as they are shipped, a small server behind one edge, and stand-ins for the answers of
/// Budgets and Incidents, which a test may change.
/// </summary>
public sealed class Stage : IAsyncLifetime
{
    public const string Edge = "checkout-ledger";

    /// <summary>A second edge in front of the same server; who comes this way depends on who is named in the first.</summary>
    public const string OtherEdge = "web-checkout";

    /// <summary>Where a grave incident pulls the safety lever.</summary>
    public const string RuledEnvironment = "ruled";
    private readonly int edgePort = Ports.Free();
    private WebApplication target = null!;
    private WebApplication neighbours = null!;

    public Harness Agent { get; private set; } = null!;

    public Harness Service { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Settings { get; private set; } = null!;

    /// <summary>Where the id of a process is told that the agent may break, as the target <c>sleeper</c>.</summary>
    public string SleeperPid { get; } = Path.GetTempFileName();

    /// <summary>What the gate answers.</summary>
    public bool BudgetLeft { get; set; } = true;

    /// <summary>What Incidents lists.</summary>
    public IncidentStatus? Incident { get; set; }

    /// <summary>A Budgets of its own instead of the stand-in, when a test needs one: started with the broker's address.</summary>
    public Func<string, Task<Uri>>? Budgets { get; init; }

    public HttpClient Http => Service.Admin;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        target = await Serve(app => app.Map("/{**path}", () => Results.Ok()));
        neighbours = await Serve(Answer);
        Agent = await StartAgent();
        var bus = await Servers.NewVirtualHost("experiments");
        var budgets = Budgets is null ? Address(neighbours) : await Budgets(bus);
        Settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:experiments"] = await Servers.NewDatabase("experiments"),
            ["ConnectionStrings:bus"] = bus,
            ["Auth:ServiceToken"] = TestTokens.With(
                "budgets:read gate:ask incidents:read experiments:operate",
                "experiments"
            ),
            ["services:budgets:http:0"] = budgets.ToString(),
            ["services:incidents:http:0"] = Address(neighbours).ToString(),
            ["services:fault-agent:http:0"] = Agent.Address.ToString(),
            ["Leases:SigningKey"] = TestLeases.SigningKey,
            ["Levers:OnIncident:0"] = RuledEnvironment,
            ["Rollback:AllowedHosts:0"] = "127.0.0.1",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        await StartService();
    }

    public async Task StartService() =>
        Service = await Harness.Start(typeof(Steady.Experiments.Runs.Run).Assembly, Settings);

    /// <summary>A new agent for the same edge, on the same address as the one before.</summary>
    public async Task RestartAgent() => Agent = await StartAgent(Agent.Address);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Agent.DisposeAsync();
        await target.DisposeAsync();
        await neighbours.DisposeAsync();
    }

    /// <summary>A design on the edge, probed straight through it; holds of one second, and wide margins for a busy machine.</summary>
    public ExperimentDesign Design(string name, params Rung[] rungs) =>
        new(
            name,
            "Checkout stays well while ledger is slow.",
            "staging",
            new SteadyState(
                new HttpProbe($"http://127.0.0.1:{edgePort}/ok", "GET", TimeoutMs: 3000, EveryMs: 50),
                new Tolerance(200, WithinMs: 700, MinimumGood: 0.8m)
            ),
            [new AbortCriterion(0.5m, 1)],
            new BlastRadius(Edge, ["checkout", "ledger"]),
            new Ladder(rungs, HoldSeconds: 1),
            new LeaseTerms(3, 60),
            RecoveryWithinSeconds: 10,
            ["team-shop"]
        );

    public async Task<Guid> Frozen(ExperimentDesign design)
    {
        using var drafted = await Http.PostAsJsonAsync("/v1/experiments", design, Json.Options, Stop);
        Assert.True(drafted.IsSuccessStatusCode, await drafted.Content.ReadAsStringAsync(Stop));
        using var frozen = await Http.PostAsync($"/v1/experiments/{design.Name}/freeze", null, Stop);
        return (await frozen.Content.ReadFromJsonAsync<ExperimentView>(Json.Options, Stop))!.Id;
    }

    public async Task<RunView> Begin(ExperimentDesign design)
    {
        var id = await Frozen(design);
        using var answer = await Http.PostAsync($"/v1/experiments/{id}/runs", null, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<RunView>(Json.Options, Stop))!;
    }

    public async Task<RunView> Run(Guid id) =>
        (await Http.GetFromJsonAsync<RunView>($"/v1/runs/{id}", Json.Options, Stop))!;

    public Task<RunView> Until(Guid id, Func<RunView, bool> right) => Eventually.Answers(() => Run(id), right);

    public Task<RunView> UntilEnded(Guid id) => Until(id, run => run.EndedAt is not null);

    public async Task<HttpStatusCode> Halt(Guid id)
    {
        var command = new HaltRun("Customers complain.");
        using var answer = await Http.PostAsJsonAsync($"/v1/runs/{id}/halt", command, Json.Options, Stop);
        return answer.StatusCode;
    }

    /// <summary>The run's events as stored.</summary>
    public async Task<IReadOnlyList<object>> Events(Guid run)
    {
        await using var session = Service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return [.. (await session.Events.FetchStreamAsync(run, token: Stop)).Select(stored => stored.Data)];
    }

    public async Task<LeaseView[]> Leases(Guid run) =>
        (await Agent.Admin.GetFromJsonAsync<LeaseView[]>($"/leases?runId={run}", Json.Options, Stop))!;

    private Task<Harness> StartAgent(Uri? address = null) =>
        Harness.Start(
            typeof(Steady.FaultAgent.EdgesWorker).Assembly,
            new Dictionary<string, string>
            {
                ["Kestrel:Endpoints:Http:Url"] = address?.ToString() ?? "http://127.0.0.1:0",
                ["Journal:Path"] = Path.Combine(Directory.CreateTempSubdirectory("steady-").FullName, "journal.jsonl"),
                ["Leases:PublicKey"] = TestLeases.PublicKey,
                ["Proxies:0:Name"] = Edge,
                ["Proxies:0:Listen"] = $"127.0.0.1:{edgePort.ToString(CultureInfo.InvariantCulture)}",
                ["Proxies:0:Upstream"] = Address(target).Authority,
                ["Denied:Addresses:0"] = Address(neighbours).Authority,
                ["Targets:0:Name"] = "sleeper",
                ["Targets:0:Injector"] = "process",
                ["Targets:0:PidFile"] = SleeperPid,
                ["Proxies:1:Name"] = OtherEdge,
                ["Proxies:1:Listen"] = "127.0.0.1:0",
                ["Proxies:1:Upstream"] = Address(target).Authority,
                ["Logging:LogLevel:Default"] = "Warning",
            }
        );

    public static async Task<WebApplication> Serve(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(options => Json.Apply(options.SerializerOptions));
        var app = builder.Build();
        map(app);
        await app.StartAsync(Stop);
        return app;
    }

    public static Uri Address(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private void Answer(WebApplication app)
    {
        app.MapPost(
            "/v1/gates/{service}/decisions",
            (string service, AskGate ask) => Results.Ok(new GateAnswer(Decide(service, ask)))
        );
        app.MapGet("/v1/incidents", (string service) => Results.Ok(new Page<IncidentView>(Open(service), null)));
    }

    private GateDecision Decide(string service, AskGate ask) =>
        new(
            StableId(service),
            service,
            ask.Action,
            ask.Ref,
            ask.Environment,
            BudgetLeft ? GateVerdict.Allow : GateVerdict.Deny,
            BudgetLeft,
            [BudgetLeft ? "Budget is left." : "The budget is spent."],
            null,
            [],
            null,
            DateTimeOffset.UnixEpoch,
            "experiments"
        );

    private IReadOnlyList<IncidentView> Open(string service) =>
        Incident is { } status && service == "ledger"
            ?
            [
                new(
                    StableId("incident"),
                    1,
                    7,
                    service,
                    Severity.Sev2,
                    status,
                    "Ledger is slow",
                    null,
                    "ana",
                    null,
                    DateTimeOffset.UnixEpoch,
                    DateTimeOffset.UnixEpoch,
                    null,
                    null,
                    null,
                    null
                ),
            ]
            : [];

    private static Guid StableId(string name) => Steady.Kernel.StableId.From(name);
}
