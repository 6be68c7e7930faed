using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using Steady.Contracts;
using Steady.ServiceDefaults;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>A message that nobody can read is put aside and seen, by who asks and by who watches.</summary>
public sealed class ErrorQueueTests : IAsyncLifetime
{
    private const string Queue = Subscriptions.Timeline;
    private readonly Lock gate = new();
    private readonly Dictionary<string, double> figures = [];
    private readonly MeterListener listener = new();
    private Harness? incidents;
    private string bus = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        listener.InstrumentPublished = (instrument, ears) =>
        {
            if (instrument.Meter.Name == HealthMeter.Name)
                ears.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Keep(value, tags));
        listener.Start();
        bus = await Servers.NewVirtualHost("error-queues");
        incidents = await Harness.Start(
            typeof(Steady.Incidents.IncidentsSchema).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:incidents"] = await Servers.NewDatabase("error_queues"),
                ["ConnectionStrings:bus"] = bus,
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        if (incidents is not null)
            await incidents.DisposeAsync();
    }

    [Fact]
    public async Task What_nobody_can_read_is_counted_on_health_and_in_metrics()
    {
        await Eventually.Holds(async () => (await ErrorQueues()) == "Healthy", "Health is green");

        await Send("no message at all");

        await Eventually.Holds(
            async () => (await ErrorQueues()) == "Degraded 1 messages wait in error queues.",
            "Health names the message"
        );
        await Eventually.Holds(() => Figure(Queue) == 1, "The metric counts the message", TimeSpan.FromSeconds(60));
    }

    private async Task<string?> ErrorQueues()
    {
        // Unhealthy, and so a 503, until the bus has started.
        using var answer = await incidents!.Admin.GetAsync("/health", Stop);
        var health = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return health.GetProperty("checks").GetProperty("error-queues").GetString();
    }

    private async Task Send(string text)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(bus) }.CreateConnectionAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        await channel.BasicPublishAsync("", Queue, Encoding.UTF8.GetBytes(text), Stop);
    }

    private void Keep(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, queue) in tags)
        {
            if (name == "of")
            {
                lock (gate)
                    figures[$"{queue}"] = value;
            }
        }
    }

    private double? Figure(string queue)
    {
        lock (gate)
            return figures.TryGetValue(queue, out var value) ? value : null;
    }
}
