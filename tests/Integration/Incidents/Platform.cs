using System.Net.Http.Json;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Incidents with a database and a virtual host of its own, for one test class.</summary>
public sealed class Platform : IAsyncLifetime
{
    private Harness? harness;

    public Harness Service => harness!;

    public HttpClient Ana => Service.Admin;

    public string Bus { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Bus = await Servers.NewVirtualHost("incidents");
        harness = await Harness.Start(
            typeof(Steady.Incidents.IncidentsSchema).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:incidents"] = await Servers.NewDatabase("incidents"),
                ["ConnectionStrings:bus"] = Bus,
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (harness is not null)
            await harness.DisposeAsync();
    }

    public async Task<IncidentView> Declare(string service, DateTimeOffset? startedAt = null)
    {
        var answer = await Ana.PostAsJsonAsync(
            "/v1/incidents",
            new DeclareIncident(service, Severity.Sev2, $"Nobody can use {service}", startedAt),
            Json.Options
        );
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<IncidentView>(Json.Options))!;
    }

    public async Task<T> Get<T>(string address) => (await Ana.GetFromJsonAsync<T>(address, Json.Options))!;

    public Task<Page<TimelineEntry>> Timeline(string query) => Get<Page<TimelineEntry>>($"/v1/timeline?{query}");

    /// <summary>Publishes as another service would: with its own message id, actor and trace.</summary>
    public Task Publish<T>(T message, Guid? id = null)
        where T : class =>
        Service
            .Services.GetRequiredService<IBus>()
            .Publish(
                message,
                context =>
                {
                    context.MessageId = id ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
                    context.Headers.Set(EventHeaders.Actor, "bo");
                    context.Headers.Set(
                        EventHeaders.TraceParent,
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
                    );
                },
                TestContext.Current.CancellationToken
            );

    public async Task<IReadOnlyList<JasperFx.Events.IEvent>> Events(Guid stream)
    {
        await using var session = Service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await session.Events.FetchStreamAsync(stream, token: TestContext.Current.CancellationToken);
    }
}
