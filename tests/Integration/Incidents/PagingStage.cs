using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Incidents with receivers, a mail server and a clock that the test moves; anew for each test.</summary>
public abstract class PagingStage : IAsyncLifetime
{
    private protected const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private protected readonly MovedClock clock = new();
    private protected readonly WebhookReceiver receiver = new();
    private protected MailServer? mail;
    private protected Harness? service;
    private protected Dictionary<string, string> settings = [];

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected HttpClient Ana => service!.Admin;

    public async ValueTask InitializeAsync()
    {
        mail = await MailServer.Start();
        settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:incidents"] = await Servers.NewDatabase("paging"),
            ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("paging"),
            ["Paging:AllowedNetworks"] = "127.0.0.1/32",
            ["Paging:Console"] = "https://steady.example.org/",
            ["Paging:Heartbeat"] = $"{receiver.Address}heartbeat",
            ["Paging:Smtp:Host"] = "127.0.0.1",
            ["Paging:Smtp:Port"] = mail.Port.ToString(CultureInfo.InvariantCulture),
            ["Paging:Smtp:From"] = "pager@example.org",
            ["Paging:Smtp:Encryption"] = "none",
        };
        await Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        if (mail is not null)
            await mail.DisposeAsync();
        receiver.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task Start() =>
        service = await Harness.Start(
            typeof(Steady.Incidents.IncidentsSchema).Assembly,
            settings,
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock))
        );

    private protected static EscalationStep Step(int wait, EscalationTarget target) => new([target], wait);

    private protected static SetSchedule OneOf(string person) =>
        new("Etc/UTC", [new("all", new DateOnly(2026, 1, 1), "00:00", TurnUnit.Week, [new(person)])], "So");

    private protected Task Contact(string name, params SetChannel[] channels) =>
        Put($"contacts/{name}", new SetContact(channels, "So"));

    private protected Task Policy(string name, string service, params EscalationStep[] steps) =>
        Put($"escalation-policies/{name}", new SetEscalationPolicy([service], steps, 0, null, "So"));

    private protected async Task Put<T>(string path, T document)
    {
        var answer = await Ana.PutAsJsonAsync($"/v1/{path}", document, Json.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private protected async Task Write(string path, object? command)
    {
        var answer = await Ana.PostAsJsonAsync($"/v1/{path}", command, Json.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private protected Task Declare(string service) =>
        Write("incidents", new DeclareIncident(service, Severity.Sev2, "Nobody can pay"));

    private protected async Task Fire(string service, int count = 1, string batch = "")
    {
        var alerts = Enumerable
            .Range(0, count)
            .Select(i => new
            {
                status = "firing",
                labels = new
                {
                    alertname = "Broken",
                    severity = "critical",
                    service,
                    pod = $"{batch}-{i}",
                },
                annotations = new { summary = "It hurts" },
                startsAt = clock.GetUtcNow(),
            });
        await Write("intake/prod/alertmanager", new { version = "4", alerts });
    }

    // An alert is an incident a moment later.
    private protected async Task Declared(string service)
    {
        await Fire(service);
        await Eventually.Holds(
            async () => (await Get<Page<IncidentView>>($"incidents?service={service}")).Items.Count == 1,
            "The incident"
        );
    }

    private protected async Task<T> Get<T>(string path) =>
        (await Ana.GetFromJsonAsync<T>($"/v1/{path}", Json.Options, Stop))!;

    private protected Task<EscalationView> Escalation(string incident) =>
        Get<EscalationView>($"incidents/{incident}/escalation");

    private protected async Task<IReadOnlyList<string>> Texts(string incident) =>
        [.. (await Get<Page<TimelineEntry>>($"timeline?incident={incident}")).Items.Select(entry => entry.Text)];

    private protected Task<IReadOnlyList<string>> TextsOnce(string incident, string beginning) =>
        Eventually.Answers(
            () => Texts(incident),
            all => all.Any(one => one.StartsWith(beginning, StringComparison.Ordinal))
        );

    /// <summary>The time, and as much more as the test says.</summary>
    private protected sealed class MovedClock : TimeProvider
    {
        private long moved;

        public void Move(TimeSpan by) => Interlocked.Add(ref moved, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref moved));
    }
}
