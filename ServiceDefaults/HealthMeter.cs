using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Steady.ServiceDefaults;

/// <summary>
/// What /health says, as metrics: asked by the host itself, so that somebody hears of a message in an error queue who has
/// not looked.
/// </summary>
public sealed class HealthMeter : IHealthCheckPublisher, IDisposable
{
    public const string Name = "Steady.Health";

    private readonly Meter meter;
    private readonly Gauge<int> status;
    private readonly Gauge<double> figure;

    public HealthMeter(IMeterFactory meters)
    {
        meter = meters.Create(Name);
        status = meter.CreateGauge<int>("steady.health.status", description: "2 healthy, 1 degraded, 0 unhealthy");
        figure = meter.CreateGauge<double>(
            "steady.health.figure",
            description: "What a check counted, for example the messages in each error queue"
        );
    }

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var (check, entry) in report.Entries)
        {
            status.Record((int)entry.Status, new KeyValuePair<string, object?>("check", check));
            // Other people's checks tell more than numbers.
            foreach (var (name, value) in entry.Data.Where(data => data.Value is int or long or uint or double))
                figure.Record(
                    Convert.ToDouble(value, CultureInfo.InvariantCulture),
                    new KeyValuePair<string, object?>("check", check),
                    new KeyValuePair<string, object?>("of", name)
                );
        }

        return Task.CompletedTask;
    }

    public void Dispose() => meter.Dispose();
}
