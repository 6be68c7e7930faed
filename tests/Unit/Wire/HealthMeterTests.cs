using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Steady.ServiceDefaults;
using Xunit;

namespace Steady.Tests.Unit.Wire;

/// <summary>Names and tags that dashboards and alerts are built on.</summary>
public sealed class HealthMeterTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener listener = new();
    private readonly List<string> heard = [];

    public HealthMeterTests()
    {
        listener.InstrumentPublished = (instrument, ears) =>
        {
            if (instrument.Meter.Name == HealthMeter.Name && instrument.Meter.Scope is not null)
                ears.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((what, value, tags, _) => Hear(what, value, tags));
        listener.SetMeasurementEventCallback<double>((what, value, tags, _) => Hear(what, value, tags));
        listener.Start();
    }

    public void Dispose()
    {
        listener.Dispose();
        services.Dispose();
    }

    [Fact]
    public async Task The_depth_of_each_error_queue_is_a_metric()
    {
        using var meter = new HealthMeter(services.GetRequiredService<IMeterFactory>());
        var waiting = new Dictionary<string, object> { ["incidents.timeline"] = 2u, ["budgets.attribution"] = 0u };
        var entry = new HealthReportEntry(HealthStatus.Degraded, "2 messages wait.", default, null, waiting);

        await meter.PublishAsync(
            new HealthReport(new Dictionary<string, HealthReportEntry> { ["error-queues"] = entry }, default),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            [
                "steady.health.status{check=error-queues} 1",
                "steady.health.figure{check=error-queues, of=incidents.timeline} 2",
                "steady.health.figure{check=error-queues, of=budgets.attribution} 0",
            ],
            heard
        );
    }

    private void Hear<T>(Instrument what, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        where T : struct
    {
        var said = string.Join(", ", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        heard.Add(FormattableString.Invariant($"{what.Name}{{{said}}} {value}"));
    }
}
