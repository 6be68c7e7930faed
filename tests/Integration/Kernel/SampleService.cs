using JasperFx.Events;
using Marten;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Steady.Kernel;
using Steady.Tests.Support;

namespace Steady.Tests.Integration.Kernel;

public sealed record LampBought(string Room);

public sealed record LampSwitched(bool On);

public sealed record LampBroke(string How);

public sealed record Lamp
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public bool On { get; init; }

    public static Lamp Create(LampBought _) => new();

    public Lamp Apply(LampSwitched e) => this with { On = e.On };

    public Lamp Apply(LampBroke _) => this with { On = false };
}

/// <summary>What the sample service announces: only that a lamp was switched.</summary>
public sealed record LampWasSwitched(Guid Lamp, bool On);

public sealed class LampSwitchedConsumer(Streams streams) : IConsumer<LampWasSwitched>
{
    public const string Queue = "kernel.lamps";

    public async Task Consume(ConsumeContext<LampWasSwitched> context)
    {
        var receipt = new Receipt($"{Queue}:{context.MessageId}", DateTimeOffset.UnixEpoch);
        var echo = StableId.From("echo", context.Message.Lamp.ToString());
        await streams.Start<Lamp>(
            NewStream.Of(echo),
            new Actor("echo"),
            [new LampBought("echo")],
            context.CancellationToken
        );
        await streams.Decide<Lamp>(
            echo,
            ExpectedVersion.Any,
            new Actor("echo"),
            _ => [new LampBroke(context.Headers.Get<string>(EventHeaders.Actor) ?? "nobody")],
            context.CancellationToken,
            receipt
        );
    }
}

/// <summary>A small service on the Kernel with real servers behind it.</summary>
public sealed class SampleService : IAsyncDisposable
{
    private readonly WebApplication app;

    private SampleService(WebApplication app) => this.app = app;

    public IServiceProvider Services => app.Services;

    public Uri Address =>
        new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static IReadOnlyDictionary<string, IReadOnlyList<Type>> Queues { get; } =
        new Dictionary<string, IReadOnlyList<Type>> { [LampSwitchedConsumer.Queue] = [typeof(LampWasSwitched)] };

    public static async Task<SampleService> Start(string database, string bus, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["ConnectionStrings:lamps"] = database, ["ConnectionStrings:bus"] = bus }
        );
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.AddEventStore(
            "lamps",
            Announce,
            options =>
            {
                options.Events.MapEventType<LampBought>("lamp_bought.v1");
                options.Events.MapEventType<LampSwitched>("lamp_switched.v1");
                options.Events.MapEventType<LampBroke>("lamp_broke.v1");
            }
        );
        builder.AddBus(
            Queues,
            Steady.Contracts.Json.Apply,
            consumers =>
                consumers.AddConsumer<LampSwitchedConsumer>().Endpoint(e => e.Name = LampSwitchedConsumer.Queue)
        );
        var app = builder.Build();
        app.MapHealthChecks("/health");
        app.MapGroup("/v1").MapFeed();
        await app.StartAsync();
        // A bus that is stopped before it has started starts all the same, and then looks for its broker for ever.
        var control = app.Services.GetRequiredService<IBusControl>();
        await control.WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return new SampleService(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static object? Announce(IEvent stored) =>
        stored.Data switch
        {
            LampSwitched e => new LampWasSwitched(stored.StreamId, e.On),
            _ => null,
        };
}

/// <summary>A clock by which nobody's waiting ever ends.</summary>
public sealed class StoppedClock : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Never();

    private sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
