using System.Globalization;
using System.Runtime.CompilerServices;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;
using Steady.Tests.Support;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace Steady.Tests.Integration.Containers;

/// <summary>The servers as containers: of named images where they are named, else of the official ones.</summary>
internal static class ContainerServers
{
    private const int Amqp = 5672;
    private const int Management = 15672;
    private const string User = "steady";
    private const string Password = "steady";

    // Tests ask Servers, and Servers cannot know Testcontainers: so this assembly offers itself before its first test.
    [ModuleInitializer]
    internal static void Offer() => Servers.Containers = Start;

    private static async Task<ServerAddresses?> Start(CancellationToken stop)
    {
        if (Image("STEADY_TEST_POSTGRES_IMAGE") is null && !await EngineAnswers(stop))
        {
            return null;
        }

        // A network of our own: the default bridge is not there on every engine.
        var network = new NetworkBuilder().Build();
        var postgres = Postgres(network);
        var rabbit = Rabbit(network);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            Task.WhenAll(postgres.DisposeAsync().AsTask(), rabbit.DisposeAsync().AsTask())
                .ContinueWith(_ => network.DisposeAsync().AsTask(), TaskScheduler.Default)
                .Unwrap()
                .Wait(TimeSpan.FromSeconds(60));
        await network.CreateAsync(stop);
        await Task.WhenAll(postgres.StartAsync(stop), rabbit.StartAsync(stop));
        var port = rabbit.GetMappedPublicPort(Management).ToString(CultureInfo.InvariantCulture);
        return new ServerAddresses(
            postgres.GetConnectionString(),
            rabbit.GetConnectionString(),
            new Uri($"http://{rabbit.Hostname}:{port}/")
        );
    }

    private static PostgreSqlContainer Postgres(INetwork network) =>
        new PostgreSqlBuilder(Image("STEADY_TEST_POSTGRES_IMAGE") ?? "postgres:17")
            .WithNetwork(network)
            .WithUsername(User)
            .WithPassword(Password)
            .WithDatabase("postgres")
            .Build();

    private static RabbitMqContainer Rabbit(INetwork network) =>
        new RabbitMqBuilder(Image("STEADY_TEST_RABBIT_IMAGE") ?? "rabbitmq:4-management")
            .WithNetwork(network)
            .WithPortBinding(Amqp, assignRandomHostPort: true)
            .WithPortBinding(Management, assignRandomHostPort: true)
            .WithUsername(User)
            .WithPassword(Password)
            .Build();

    private static async Task<bool> EngineAnswers(CancellationToken stop)
    {
        try
        {
            var network = new NetworkBuilder().Build();
            await network.CreateAsync(stop);
            await network.DisposeAsync();
            return true;
        }
        catch (DockerUnavailableException)
        {
            return false;
        }
    }

    private static string? Image(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } image ? image : null;
}
