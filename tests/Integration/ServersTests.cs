using MassTransit;
using Npgsql;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration;

/// <summary>What each test class takes for itself from the shared servers.</summary>
public sealed class ServersTests
{
    [Fact]
    public async Task Two_databases_do_not_see_each_other()
    {
        await using var one = NpgsqlDataSource.Create(await Servers.NewDatabase("servers"));
        await using var two = NpgsqlDataSource.Create(await Servers.NewDatabase("servers"));
        await using var create = one.CreateCommand("create table only_here (n int)");
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await using var look = two.CreateCommand("select to_regclass('only_here') is null");
        Assert.Equal(true, await look.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_virtual_host_takes_a_bus()
    {
        var address = new Uri(await Servers.NewVirtualHost("servers"));
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(address));

        var running = await bus.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(BusHealthStatus.Healthy, bus.CheckHealth().Status);
        await running.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Named_images_are_what_the_tests_run_on()
    {
        await Servers.Required();
        var given = Environment.GetEnvironmentVariable("STEADY_TEST_POSTGRES") is { Length: > 0 };
        var named = Environment.GetEnvironmentVariable("STEADY_TEST_POSTGRES_IMAGE") is { Length: > 0 };

        Assert.Equal(given || named, Servers.NativePostgres is null);
    }
}
