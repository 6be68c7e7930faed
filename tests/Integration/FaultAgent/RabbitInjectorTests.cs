using System.Net;
using RabbitMQ.Client;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>Connections of a real broker are closed, of the virtual host that is meant and of no other.</summary>
public sealed class RabbitInjectorTests
{
    [Fact]
    public async Task Connections_of_the_virtual_host_are_closed_and_those_of_others_are_not()
    {
        var (victim, bystander) = (await Servers.NewVirtualHost("victim"), await Servers.NewVirtualHost("bystander"));
        await using var agent = await Targeted.Start(await Target(victim));
        await using var one = await Connect(victim);
        await using var two = await Connect(victim);
        await using var other = await Connect(bystander);
        // The management's list follows the broker by its own pace.
        await Eventually.Answers(
            async () =>
            {
                await agent.Place(Targeted.NewLease(), "rabbitmq", "close_connections");
                return one.IsOpen || two.IsOpen;
            },
            open => !open
        );
        Assert.Contains("Closed by an experiment", one.CloseReason!.ReplyText, StringComparison.Ordinal);
        Assert.True(other.IsOpen);
    }

    [Fact]
    public async Task The_platforms_own_broker_is_refused_by_the_ports_that_it_says_it_listens_on()
    {
        var victim = await Servers.NewVirtualHost("own");
        await using var agent = await Targeted.Start([
            .. await Target(victim),
            ("Denied:Addresses:1", $"localhost:{new Uri(victim).Port}"),
        ]);
        await using var open = await Connect(victim);
        var (status, code, _) = await agent.Refused("rabbitmq", "close_connections");
        Assert.Equal((HttpStatusCode.Conflict, "target-denied"), (status, code));
        Assert.True(open.IsOpen);
        Assert.Equal("lease-invalid", (await agent.Refused("rabbitmq", "close_connections", number: 0)).Code);
    }

    private static async Task<(string, string)[]> Target(string address)
    {
        var (servers, uri) = (await Servers.Required(), new Uri(address));
        var management = new UriBuilder(servers.RabbitManagement)
        {
            UserName = uri.UserInfo.Split(':')[0],
            Password = uri.UserInfo.Split(':')[1],
        };
        return
        [
            ("Targets:0:Injector", "rabbitmq"),
            ("Targets:0:Management", management.Uri.AbsoluteUri),
            ("Targets:0:VirtualHost", uri.AbsolutePath.TrimStart('/')),
        ];
    }

    private static Task<IConnection> Connect(string address) =>
        new ConnectionFactory { Uri = new Uri(address), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(
            Targeted.Stop
        );
}
