using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.LocalHosting.Processes;
using Steady.LocalHosting.Servers;

namespace Steady.Tests.Support;

/// <summary>
/// Experiments, the fault agent, PostgreSQL and RabbitMQ as processes of their own, each of which may be killed, with a
/// small server behind one edge. Budgets and Incidents are stand-ins that let everything through.
/// </summary>
public sealed class KillGround : IAsyncDisposable
{
    public const string Edge = "kill-target";
    public const int TtlSeconds = 2;
    private readonly string folder = Directory.CreateTempSubdirectory("steady-kill-").FullName;
    private readonly NativePostgres postgres;
    private readonly NativeRabbit rabbit;
    private readonly int edgePort = Ports.Free();
    private readonly Uri agentAddress = new($"http://127.0.0.1:{Text(Ports.Free())}");
    private readonly Uri controllerAddress = new($"http://127.0.0.1:{Text(Ports.Free())}");
    private readonly HttpClient http;
    private WebApplication target = null!;
    private WebApplication neighbours = null!;
    private OwnedProcess agent = null!;
    private OwnedProcess controller = null!;

    private KillGround()
    {
        postgres = new NativePostgres(Path.Combine(folder, "postgres"), Ports.Free()) { Durable = false };
        rabbit = new NativeRabbit(Path.Combine(folder, "rabbit"), RabbitPorts.Free());
        http = new HttpClient { BaseAddress = controllerAddress, Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", TestTokens.With("admin"));
    }

    /// <summary>Through the edge.</summary>
    public Uri Path1 => new($"http://127.0.0.1:{Text(edgePort)}/ok");

    public static async Task<KillGround> Start(CancellationToken stop)
    {
        if ((NativePostgres.Missing() ?? NativeRabbit.Missing()) is { } sentence)
            Servers.Absent(sentence);
        var ground = new KillGround();
        ground.target = await Serve(app => app.MapGet("/ok", () => Results.Ok()), stop);
        ground.neighbours = await Serve(AnswerForNeighbours, stop);
        await Task.WhenAll(ground.postgres.Start(stop), ground.rabbit.Start(stop));
        await ground.postgres.EnsureDatabase("experiments", stop);
        await ground.StartAgent();
        await ground.StartController();
        return ground;
    }

    /// <summary>kill -9 of one of them, at this very moment.</summary>
    public Task Kill(Mortal victim) =>
        victim switch
        {
            Mortal.Controller => controller.Kill(),
            Mortal.Agent => agent.Kill(),
            Mortal.Broker => rabbit.Kill(),
            _ => postgres.Kill(),
        };

    /// <summary>Starts it again and waits until it is there and the controller has found it.</summary>
    public async Task Revive(Mortal victim, CancellationToken stop)
    {
        await (
            victim switch
            {
                Mortal.Controller => StartController(),
                Mortal.Agent => StartAgent(),
                Mortal.Broker => rabbit.Start(stop),
                _ => postgres.Start(stop),
            }
        );
        // A controller that has not found its broker again ends the next run as it begins.
        await Answers(controllerAddress, "/health", "\"status\":\"Healthy\"");
    }

    public async Task<ExperimentView> Frozen(ExperimentDesign design, CancellationToken stop)
    {
        using var drafted = await http.PostAsJsonAsync("/v1/experiments", design, Json.Options, stop);
        drafted.EnsureSuccessStatusCode();
        using var frozen = await http.PostAsync($"/v1/experiments/{design.Name}/freeze", null, stop);
        return (await frozen.Content.ReadFromJsonAsync<ExperimentView>(Json.Options, stop))!;
    }

    /// <summary>The run, or null when the service died before it could answer.</summary>
    public async Task<RunView?> Begin(ExperimentView experiment, CancellationToken stop)
    {
        try
        {
            using var begun = await http.PostAsync($"/v1/experiments/{experiment.Id}/runs", null, stop);
            return begun.IsSuccessStatusCode
                ? await begun.Content.ReadFromJsonAsync<RunView>(Json.Options, stop)
                : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits until no run is active, and confirms what could not be shown to be out as a person would who has looked.</summary>
    public Task AllEnded(CancellationToken stop) =>
        Eventually.Holds(
            async () =>
            {
                try
                {
                    var page = await http.GetFromJsonAsync<Page<RunView>>("/v1/runs?state=active", Json.Options, stop);
                    foreach (var run in page!.Items.Where(run => run.State == RunState.RevertUnconfirmed))
                        await http.PostAsJsonAsync(
                            $"/v1/runs/{run.Id}/confirm",
                            new ConfirmRevert("The data path was watched: nothing is held."),
                            Json.Options,
                            stop
                        );
                    return page.Items.Count == 0;
                }
                catch (Exception e) when (e is HttpRequestException or JsonException)
                {
                    return false;
                }
            },
            "Every run has ended",
            TimeSpan.FromMinutes(2)
        );

    public async Task<RunView> Run(Guid id, CancellationToken stop) =>
        (await http.GetFromJsonAsync<RunView>($"/v1/runs/{id}", Json.Options, stop))!;

    /// <summary>When an event of a run happened, as the log has it; null when it has not.</summary>
    public async Task<DateTimeOffset?> When(Guid run, string type, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString("experiments"));
        await using var ask = source.CreateCommand(
            "select data ->> 'at' from experiments.mt_events where stream_id = $1 and type = $2 order by version limit 1"
        );
        ask.Parameters.AddWithValue(run);
        ask.Parameters.AddWithValue(type);
        return await ask.ExecuteScalarAsync(stop) is string at
            ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await controller.DisposeAsync();
        await agent.DisposeAsync();
        await target.DisposeAsync();
        await neighbours.DisposeAsync();
        await postgres.DisposeAsync();
        await rabbit.Kill();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAgent()
    {
        agent = Process(
            "FaultAgent",
            agentAddress,
            new()
            {
                ["Journal__Path"] = Path.Combine(folder, "journal.jsonl"),
                ["Kestrel__Endpoints__Http__Url"] = agentAddress.ToString(),
                ["Leases__PublicKey"] = TestLeases.PublicKey,
                ["Proxies__0__Name"] = Edge,
                ["Proxies__0__Listen"] = $"127.0.0.1:{Text(edgePort)}",
                ["Proxies__0__Upstream"] = new Uri(target.Urls.First()).Authority,
            }
        );
        await Alive(agentAddress);
    }

    private async Task StartController()
    {
        var neighbour = neighbours.Urls.First();
        controller = Process(
            "Experiments",
            controllerAddress,
            new()
            {
                ["ConnectionStrings__experiments"] = postgres.ConnectionString("experiments"),
                ["ConnectionStrings__bus"] = rabbit.ConnectionString("/"),
                ["Auth__ServiceToken"] = TestTokens.With(
                    "budgets:read gate:ask incidents:read experiments:operate",
                    "experiments"
                ),
                ["Leases__SigningKey"] = TestLeases.SigningKey,
                ["services__budgets__http__0"] = neighbour,
                ["services__incidents__http__0"] = neighbour,
                ["services__fault-agent__http__0"] = agentAddress.ToString(),
            }
        );
        await Alive(controllerAddress);
    }

    private OwnedProcess Process(string project, Uri address, Dictionary<string, string> settings)
    {
        settings["Auth__PublicKey"] = TestTokens.PublicKey;
        settings["ASPNETCORE_URLS"] = address.ToString();
        settings["Logging__LogLevel__Default"] = "Warning";
        return OwnedProcess.Start(
            new Launch("dotnet", Assembly(project))
            {
                Directory = folder,
                Environment = settings,
                LogFile = Path.Combine(folder, $"{project}.log"),
            }
        );
    }

    private static Task Alive(Uri address) => Answers(address, "/alive", "");

    private static async Task Answers(Uri address, string path, string text)
    {
        using var asking = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    using var answer = await asking.GetAsync(new Uri(path, UriKind.Relative));
                    return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains(text);
                }
                catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
                {
                    return false;
                }
            },
            $"{address} answers {path} with '{text}'",
            TimeSpan.FromMinutes(2)
        );
    }

    private static async Task<WebApplication> Serve(Action<WebApplication> map, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        map(app);
        await app.StartAsync(stop);
        return app;
    }

    private static void AnswerForNeighbours(WebApplication app)
    {
        app.MapPost(
            "/v1/gates/{service}/decisions",
            (string service) =>
                Results.Json(
                    new GateAnswer(
                        new GateDecision(
                            Guid.Empty,
                            service,
                            GateAction.Experiment,
                            "kill",
                            "sandbox",
                            GateVerdict.Allow,
                            true,
                            ["Budget is left."],
                            null,
                            [],
                            null,
                            DateTimeOffset.UnixEpoch,
                            "experiments"
                        )
                    ),
                    Json.Options
                )
        );
        app.MapGet("/v1/incidents", () => Results.Json(new Page<IncidentView>([], null), Json.Options));
    }

    private static string Assembly(string project) =>
        Path.Combine(Repository.Root, "artifacts", "bin", project, "release", $"Steady.{project}.dll");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What is killed.</summary>
public enum Mortal
{
    Controller,
    Agent,
    Broker,
    Database,
}
