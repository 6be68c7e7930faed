using System.Net;
using Microsoft.Extensions.Configuration;
using Steady.Experiments.Safety;
using Xunit;

namespace Steady.Tests.Unit.Experiments;

/// <summary>Where a design may send this service.</summary>
public sealed class RollbackTests
{
    private static readonly AllowedHosts Hosts = AllowedHosts.Of(
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Rollback:AllowedHosts:0"] = "127.0.0.1",
                    ["Rollback:AllowedHosts:1"] = "flags.example.org",
                    ["Rollback:AllowedHosts:2"] = "169.254.169.254",
                    ["services:budgets:http:0"] = "http://localhost:8083",
                }
            )
            .Build()
    );

    [Theory]
    [InlineData("http://127.0.0.1:8090/reset")]
    [InlineData("https://FLAGS.example.org/on")]
    public void A_host_that_was_named_is_called(string url) => Assert.Null(Hosts.Refuses(url));

    [Theory]
    [InlineData("http://elsewhere.example.org/", "not allowed")]
    [InlineData("http://flags.example.org.evil.org/", "not allowed")]
    [InlineData("http://127.0.0.1:8083/v1/objectives", "belongs to the platform")]
    [InlineData("file:///etc/passwd", "no absolute http")]
    [InlineData("gopher://127.0.0.1/", "no absolute http")]
    [InlineData("http://flags.example.org@evil.org/", "user name")]
    [InlineData("/relative", "no absolute http")]
    public void Anything_else_is_refused_by_name(string url, string why) =>
        Assert.Contains(why, Hosts.Refuses(url), StringComparison.Ordinal);

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    public void An_address_that_nobody_means_is_not_connected_to_whatever_its_name(string address) =>
        Assert.NotNull(Hosts.Refuses(IPAddress.Parse(address)));

    [Fact]
    public void This_machine_is_called_only_when_it_was_named()
    {
        Assert.Null(Hosts.Refuses(IPAddress.Loopback));
        Assert.NotNull(new AllowedHosts(["flags.example.org"], []).Refuses(IPAddress.Loopback));
    }
}
