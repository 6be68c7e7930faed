using Npgsql;
using RabbitMQ.Client;
using Steady.LocalHosting.Processes;
using Steady.LocalHosting.Servers;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Hosting;

/// <summary>The servers that ./up, the tests and the benchmarks start for themselves.</summary>
public sealed class NativeServersTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_keeps_its_data_between_two_starts_and_leaves_no_process()
    {
        using var place = new Place();
        await using var postgres = new NativePostgres(place.Directory("postgres"), Ports.Free());
        Need(NativePostgres.Missing());

        await postgres.Start(Stop);
        await postgres.EnsureDatabase("kept", Stop);
        await Execute(postgres, "create table facts (n int); insert into facts values (7)");
        await postgres.Stop();
        Assert.Empty(place.Processes());

        await postgres.Start(Stop);
        await postgres.EnsureDatabase("kept", Stop);
        Assert.Equal(7, await Execute(postgres, "select n from facts"));
        await postgres.Stop();
        Assert.Empty(place.Processes());
    }

    [Fact]
    public async Task RabbitMQ_serves_a_virtual_host_of_its_own_and_leaves_no_process_not_even_epmd()
    {
        using var place = new Place();
        await using var rabbit = new NativeRabbit(place.Directory("rabbit"), RabbitPorts.Free());
        Need(NativeRabbit.Missing());

        await rabbit.Start(Stop);
        await rabbit.EnsureVirtualHost("own", Stop);
        var factory = new ConnectionFactory { Uri = new Uri(rabbit.ConnectionString("own")) };
        await using (var connection = await factory.CreateConnectionAsync(Stop))
        {
            Assert.True(connection.IsOpen);
        }

        await rabbit.Stop();
        Assert.Empty(place.Processes());
        Assert.True(Ports.IsFree(rabbit.Ports.Names));
    }

    private static void Need(string? missing)
    {
        if (missing is not null)
        {
            Servers.Absent(missing);
        }
    }

    private static async Task<object?> Execute(NativePostgres postgres, string sql)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString("kept") + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Stop);
    }
}
