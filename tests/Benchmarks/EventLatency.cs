using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using JasperFx.Events;
using Marten;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Steady.Contracts;
using Steady.Kernel;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>What the first service announces to the second.</summary>
public sealed record Tocked(Guid Ticker);

/// <summary>The second service: its effect is an event and a receipt in one transaction.</summary>
public sealed class TockedConsumer(Streams streams) : IConsumer<Tocked>
{
    public const string Queue = "bench.echo";
    public static readonly ConcurrentDictionary<Guid, long> Committed = new();

    public async Task Consume(ConsumeContext<Tocked> context)
    {
        var receipt = new Receipt($"{Queue}:{context.MessageId}", TimeProvider.System.GetUtcNow());
        var echo = StableId.From("echo", context.Message.Ticker.ToString());
        await streams.Start<Ticker>(
            NewStream.Of(echo),
            new Actor("echo"),
            [new Ticked("echo", receipt.At)],
            context.CancellationToken,
            receipt
        );
        Committed[context.Message.Ticker] = Stopwatch.GetTimestamp();
    }
}

/// <summary>
/// How long from an HTTP request in one service to the committed effect in another, over RabbitMQ? Two hosts, two databases,
/// one process (so one clock); arrivals are random (seed 42), because evenly spaced ones hide queueing.
/// </summary>
public static class EventLatency
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<Type>> Queues = new Dictionary<
        string,
        IReadOnlyList<Type>
    >
    {
        [TockedConsumer.Queue] = [typeof(Tocked)],
    };

    public static async Task Run(Report report)
    {
        var bus = await Servers.NewVirtualHost("latency");
        await using var first = await Host("first", await Servers.NewDatabase("first"), bus, consumes: false);
        await using var second = await Host("second", await Servers.NewDatabase("second"), bus, consumes: true);
        var address = first
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        using var http = new HttpClient { BaseAddress = new Uri(address) };

        await Drive(http, perSecond: 50, seconds: 20);
        report.Percentiles("20 events/s (bar p50 ≤ 20, p99 ≤ 80)", await Drive(http, 20, 60));
        report.Percentiles("100 events/s (bar p50 ≤ 30, p99 ≤ 150)", await Drive(http, 100, 30));
        await first.StopAsync();
        await second.StopAsync();
    }

    private static async Task<List<double>> Drive(HttpClient http, double perSecond, int seconds)
    {
        var random = new Random(42);
        var begun = new ConcurrentDictionary<Guid, long>();
        var requests = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        for (var due = 0.0; due < seconds; due += -Math.Log(1 - random.NextDouble()) / perSecond)
        {
            var wait = TimeSpan.FromSeconds(due) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, TimeProvider.System);
            var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            begun[id] = Stopwatch.GetTimestamp();
            requests.Add(http.PostAsJsonAsync("/ticks", id));
        }

        await Task.WhenAll(requests);
        while (!begun.Keys.All(TockedConsumer.Committed.ContainsKey))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        return
        [
            .. begun.Select(b => Stopwatch.GetElapsedTime(b.Value, TockedConsumer.Committed[b.Key]).TotalMilliseconds),
        ];
    }

    private static async Task<WebApplication> Host(string name, string database, string bus, bool consumes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                [$"ConnectionStrings:{name}"] = database,
                ["ConnectionStrings:bus"] = bus,
            }
        );
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddEventStore(
            name,
            stored => Announce(name, stored),
            options => options.Events.MapEventType<Ticked>("ticked.v1")
        );
        builder.AddBus(
            Queues,
            Json.Apply,
            consumers =>
            {
                if (consumes)
                    consumers.AddConsumer<TockedConsumer>().Endpoint(e => e.Name = TockedConsumer.Queue);
            }
        );
        var app = builder.Build();
        app.MapPost("/ticks", Tick);
        await app.StartAsync();
        return app;
    }

    private static object? Announce(string service, IEvent stored) =>
        service == "first" ? new Tocked(stored.StreamId) : null;

    private static async Task<IResult> Tick(
        [FromBody] Guid id,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    ) =>
        (
            await streams.Start<Ticker>(
                NewStream.Of(id),
                new Actor("bench"),
                [new Ticked("tick", clock.GetUtcNow())],
                stop
            )
        ).ToResult();
}
