using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.LocalHosting.Processes;
using Steady.LocalHosting.Servers;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>
/// Alerts of several services while Incidents, its database and its broker are killed in turn, all of them this test's own. A sender sends
/// again what was not answered; then each alert is there once, each service has one incident, and each incident one page.
/// </summary>
public sealed class KilledAlertsTests : IAsyncLifetime
{
    private const int Services = 8;
    private const int PerService = 10;
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly string directory = Path.Combine(
        Repository.Root,
        ".local",
        $"killed-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}"
    );
    private readonly WebhookReceiver receiver = new();
    private NativePostgres? postgres;
    private NativeRabbit? rabbit;
    private OwnedProcess? process;
    private Launch launch = new("dotnet");
    private HttpClient http = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if ((NativePostgres.Missing() ?? NativeRabbit.Missing()) is { } missing)
            Servers.Absent(missing);
        Directory.CreateDirectory(directory);
        // Durable: what was answered with success must be there when the server comes back.
        postgres = new NativePostgres(Path.Combine(directory, "postgres"), Ports.Free());
        rabbit = new NativeRabbit(Path.Combine(directory, "rabbit"), RabbitPorts.Free());
        await Task.WhenAll(postgres.Start(Stop), rabbit.Start(Stop));
        await postgres.EnsureDatabase("incidents", Stop);
        await rabbit.EnsureVirtualHost("killed", Stop);
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        launch = new Launch("dotnet", Path.Combine(AppContext.BaseDirectory, "Steady.Incidents.dll"))
        {
            Directory = directory,
            LogFile = Path.Combine(directory, "log"),
            Environment = new Dictionary<string, string>
            {
                ["ConnectionStrings__incidents"] = postgres.ConnectionString("incidents"),
                ["ConnectionStrings__bus"] = rabbit.ConnectionString("killed"),
                ["Auth__PublicKey"] = TestTokens.PublicKey,
                ["Paging__AllowedNetworks"] = "127.0.0.1/32",
                ["urls"] = address.ToString(),
            },
        };
        http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            TestTokens.With("admin", "ana")
        );
        process = OwnedProcess.Start(launch);
        await Answers("alive");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (process is not null)
            await process.DisposeAsync();
        if (rabbit is not null)
            await rabbit.DisposeAsync();
        if (postgres is not null)
            await postgres.DisposeAsync();
        receiver.Dispose();
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task None_is_lost_and_none_is_doubled()
    {
        var contact = new SetContact([new("phone", ChannelKind.Webhook, $"{receiver.Address}ana", Secret)], "So");
        (await http.PutAsJsonAsync("v1/contacts/ana", contact, Json.Options, Stop)).EnsureSuccessStatusCode();
        var policy = new SetEscalationPolicy(["*"], [new([new(Contact: "ana")], 60)], 0, null, "So");
        (await http.PutAsJsonAsync("v1/escalation-policies/all", policy, Json.Options, Stop)).EnsureSuccessStatusCode();

        for (var service = 0; service < Services; service++)
        {
            var sending = Send($"s-{service}");
            await Kill(service % 4);
            await sending;
        }

        await Eventually.Holds(
            () => Paged().Distinct().Count() == Services,
            "Each incident is paged",
            TimeSpan.FromMinutes(3)
        );
        await using var database = NpgsqlDataSource.Create(postgres!.ConnectionString("incidents"));
        Assert.Equal(Services * PerService, await Count(database, "select count(*) from incidents.mt_doc_alert"));
        const string declared = "select count(*) from incidents.mt_events where type = 'incident_declared.v1'";
        Assert.Equal(Services, await Count(database, declared));
        const string asked = "select count(*) from incidents.mt_events where type = 'page_requested.v1'";
        Assert.Equal(Services, await Count(database, asked));
        // One that was on its way when it was killed comes again with the same id.
        Assert.Equal(Services, receiver.At("/ana").Select(one => one.Id).Distinct().Count());
    }

    private async Task Kill(int which)
    {
        if (which == 0)
        {
            await process!.Kill();
            process = OwnedProcess.Start(launch);
        }
        else if (which == 1)
        {
            await postgres!.Kill();
            await postgres.Start(Stop);
        }
        else if (which == 2)
        {
            await rabbit!.Kill();
            await rabbit.Start(Stop);
        }
    }

    private IEnumerable<string> Paged() =>
        receiver
            .At("/ana")
            .Select(one => JsonNode.Parse(one.Body)!["data"]!["incident"]!["service"]!.GetValue<string>());

    // As Alertmanager does: until it is answered with success.
    private async Task Send(string service)
    {
        var alerts = Enumerable
            .Range(0, PerService)
            .Select(i => new
            {
                status = "firing",
                labels = new
                {
                    alertname = "Broken",
                    severity = "critical",
                    service,
                    pod = $"pod-{i}",
                },
                startsAt = DateTimeOffset.UnixEpoch.AddYears(56),
            });
        await Eventually.Holds(
            () => IsTaken(new { version = "4", alerts }),
            $"The alerts of {service} are taken",
            TimeSpan.FromMinutes(3)
        );
    }

    private async Task<bool> IsTaken(object message)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync("v1/intake/prod/alertmanager", message, Stop);
            return answer.StatusCode == HttpStatusCode.NoContent;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !Stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private Task Answers(string path) =>
        Eventually.Holds(
            async () =>
            {
                try
                {
                    return (await http.GetAsync(path, Stop)).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "Incidents answers",
            TimeSpan.FromSeconds(90)
        );

    private static async Task<long> Count(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
