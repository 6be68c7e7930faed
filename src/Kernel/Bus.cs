using System.Text.RegularExpressions;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Steady.Kernel;

/// <summary>Our MassTransit defaults, in one place: raw JSON, quorum queues, in-memory retries, then the error queue.</summary>
public static partial class Bus
{
    /// <summary>Adds the bus on the connection string <c>bus</c>.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="queues">Queue name → message types, of the whole platform; declared before anything is published.</param>
    /// <param name="json">How messages look.</param>
    /// <param name="consumers">Adds the service's consumers, each with <c>.Endpoint(e => e.Name = queue)</c>.</param>
    /// <param name="question">What the service asks on every start, so that others say again what it may have missed.</param>
    public static void AddBus(
        this IHostApplicationBuilder builder,
        IReadOnlyDictionary<string, IReadOnlyList<Type>> queues,
        Func<System.Text.Json.JsonSerializerOptions, System.Text.Json.JsonSerializerOptions> json,
        Action<IBusRegistrationConfigurator> consumers,
        object? question = null
    )
    {
        var address =
            builder.Configuration.GetConnectionString("bus")
            ?? throw new InvalidOperationException(
                "The connection string 'bus' (amqp://user:password@host:port/vhost) is missing."
            );
        builder.Services.AddSingleton(services => new Topology(
            new Uri(address),
            queues,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<Topology>>()
        ));
        builder.Services.AddHealthChecks().AddCheck<ErrorQueues>("error-queues");
        builder.Services.Configure<MassTransitHostOptions>(options => options.StopTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddMassTransit(bus =>
        {
            consumers(bus);
            bus.AddConfigureEndpointsCallback(ConfigureEndpoint);
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    rabbit.Host(new Uri(address), ConfigureHost);
                    rabbit.MessageTopology.SetEntityNameFormatter(new Names());
                    // Not "any message type": that hands each message of a queue to every consumer of the queue.
                    const RawSerializerOptions options =
                        RawSerializerOptions.AddTransportHeaders | RawSerializerOptions.CopyHeaders;
                    rabbit.UseRawJsonSerializer(options, isDefault: true);
                    rabbit.ConfigureJsonSerializerOptions(json);
                    rabbit.ConfigureEndpoints(context);
                }
            );
        });
        if (question is not null)
            builder.Services.AddHostedService(all => ActivatorUtilities.CreateInstance<Question>(all, question));
    }

    /// <summary>Exchange of a message type: <c>Steady.Contracts.Budgets.BurnAlertOpened</c> → <c>budgets.burn-alert-opened</c>.</summary>
    /// <param name="message">The contract type.</param>
    public static string ExchangeOf(Type message)
    {
        var room = message.Namespace!.Split('.')[^1].ToLowerInvariant();
        return $"{room}.{Kebab().Replace(message.Name, "-$1").ToLowerInvariant()}";
    }

    private static void ConfigureHost(IRabbitMqHostConfigurator host)
    {
        host.PublisherConfirmation = true;
        host.RequestedConnectionTimeout(TimeSpan.FromSeconds(5));
        host.Heartbeat(TimeSpan.FromSeconds(10));
    }

    private static void ConfigureEndpoint(
        IRegistrationContext context,
        string name,
        IReceiveEndpointConfigurator endpoint
    )
    {
        endpoint.PrefetchCount = 32;
        endpoint.UseMessageRetry(retry =>
            retry.Exponential(5, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100))
        );
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.SetQuorumQueue();
    }

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Kebab();

    private sealed class Names : IEntityNameFormatter
    {
        public string FormatEntityName<T>() => ExchangeOf(typeof(T));
    }
}

/// <summary>Asks, once the queues are declared: neither the question nor an answer may find nobody who listens.</summary>
internal sealed class Question(object question, IBus bus, Topology topology, TimeProvider clock, ILogger<Question> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await topology.Declared(stoppingToken);
        for (var asked = false; !asked; )
        {
            try
            {
                await bus.Publish(question, question.GetType(), stoppingToken);
                asked = true;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("{Question} is asked again in a second ({Reason})", question, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }
}

/// <summary>Declares every durable subscriber queue of the platform before the first publish.</summary>
internal sealed class Topology(
    Uri address,
    IReadOnlyDictionary<string, IReadOnlyList<Type>> queues,
    TimeProvider clock,
    ILogger<Topology> log
) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private bool declared;

    public void Dispose() => gate.Dispose();

    public bool IsWanted(Type message) => queues.Values.Any(types => types.Contains(message));

    /// <summary>Returns once the queues are declared; waits for the broker as long as it takes.</summary>
    public async Task Declared(CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            while (!declared)
            {
                try
                {
                    await Declare(stop);
                    declared = true;
                }
                catch (Exception e)
                    when (e is BrokerUnreachableException or OperationInterruptedException or IOException)
                {
                    log.LogWarning("The broker cannot be reached yet ({Reason})", e.Message);
                    await Task.Delay(TimeSpan.FromSeconds(1), clock, stop);
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>How many messages wait in each queue's error queue; one that was never needed does not exist and is empty.</summary>
    public async Task<Dictionary<string, object>> Errors(CancellationToken stop)
    {
        await using var connection = await Connect(stop);
        var waiting = queues.Keys.ToDictionary(queue => queue, _ => (object)0u);
        foreach (var queue in queues.Keys)
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
            try
            {
                waiting[queue] = (await channel.QueueDeclarePassiveAsync($"{queue}_error", stop)).MessageCount;
            }
            catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404) { }
        }

        return waiting;
    }

    // The same shapes MassTransit declares: message exchange → endpoint exchange → quorum queue.
    private async Task Declare(CancellationToken stop)
    {
        await using var connection = await Connect(stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
        foreach (var (queue, messages) in queues)
        {
            await channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: true, cancellationToken: stop);
            var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
            await channel.QueueDeclareAsync(queue, true, false, false, arguments, cancellationToken: stop);
            await channel.QueueBindAsync(queue, queue, "", cancellationToken: stop);
            foreach (var exchange in messages.Select(Bus.ExchangeOf))
            {
                await channel.ExchangeDeclareAsync(
                    exchange,
                    ExchangeType.Fanout,
                    durable: true,
                    cancellationToken: stop
                );
                await channel.ExchangeBindAsync(queue, exchange, "", cancellationToken: stop);
            }
        }
    }

    private Task<IConnection> Connect(CancellationToken stop) =>
        new ConnectionFactory
        {
            Uri = address,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        }.CreateConnectionAsync(stop);
}
