using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Steady.Contracts.Faults;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>What a client of Toxiproxy sends and reads, as Toxiproxy's own documentation and source have it.</summary>
public sealed class ToxiproxyApiTests
{
    private const string Toxics = $"/proxies/{Edge.Name}/toxics";

    [Fact]
    public async Task The_version_is_that_of_the_api_spoken()
    {
        await using var edge = await Edge.Start();
        Assert.Equal("""{"version":"2.12.0"}""", await edge.Http.GetStringAsync("/version", Edge.Stop));
    }

    [Fact]
    public async Task A_proxy_lives_from_its_creation_to_its_deletion()
    {
        await using var edge = await Edge.Start();
        var upstream = await Listening(edge);
        var created = await Send(
            edge,
            "POST",
            "/proxies",
            $$"""{"name":"second","listen":"127.0.0.1:0","upstream":"{{upstream}}"}"""
        );
        Assert.Equal(201, created.Status);
        var listen = created.Body.GetProperty("listen").GetString();
        Assert.DoesNotContain(":0", listen![^2..], StringComparison.Ordinal);
        var shape =
            $$"""{"name":"second","listen":"{{listen}}","upstream":"{{upstream}}","enabled":true,"toxics":[]}""";
        Assert.Equal(shape, created.Body.GetRawText());
        Assert.Equal(shape, await edge.Http.GetStringAsync("/proxies/second", Edge.Stop));
        var all = await edge.Http.GetFromJsonAsync<JsonElement>("/proxies", Edge.Stop);
        Assert.Equal([Edge.Name, "second"], all.EnumerateObject().Select(proxy => proxy.Name));

        IsError(
            409,
            "proxy already exists",
            await Send(edge, "POST", "/proxies", $$"""{"name":"second","upstream":"{{upstream}}"}""")
        );
        Assert.Equal(204, (await Send(edge, "DELETE", "/proxies/second")).Status);
        IsError(404, "proxy not found", await Send(edge, "GET", "/proxies/second"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task A_disabled_proxy_refuses_and_drops_connections_until_it_is_enabled_again(string method)
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        await Edge.RoundTrip(socket);
        var off = await Send(edge, method, $"/proxies/{Edge.Name}", """{"enabled":false}""");
        Assert.False(off.Body.GetProperty("enabled").GetBoolean());
        Assert.Equal(0, await socket.ReceiveAsync(new byte[1], Edge.Stop));
        await Assert.ThrowsAsync<SocketException>(edge.Connect);

        await Send(edge, method, $"/proxies/{Edge.Name}", """{"enabled":true}""");
        await Edge.RoundTrip(await edge.Connect());
    }

    [Fact]
    public async Task A_toxic_lives_from_its_creation_to_its_deletion()
    {
        await using var edge = await Edge.Start();
        var created = await Send(edge, "POST", Toxics, """{"type":"latency","attributes":{"latency":1000}}""");
        Assert.Equal(200, created.Status);
        const string shape =
            """{"attributes":{"latency":1000,"jitter":0},"name":"latency_downstream","type":"latency","stream":"downstream","toxicity":1}""";
        Assert.Equal(shape, created.Body.GetRawText());
        Assert.Equal($"[{shape}]", await edge.Http.GetStringAsync(Toxics, Edge.Stop));
        IsError(409, "toxic already exists", await Send(edge, "POST", Toxics, """{"type":"latency"}"""));

        var changed = await Send(
            edge,
            "PATCH",
            $"{Toxics}/latency_downstream",
            """{"attributes":{"jitter":5},"toxicity":0.5}"""
        );
        Assert.Equal(
            """{"attributes":{"latency":1000,"jitter":5},"name":"latency_downstream","type":"latency","stream":"downstream","toxicity":0.5}""",
            changed.Body.GetRawText()
        );
        Assert.Equal(204, (await Send(edge, "DELETE", $"{Toxics}/latency_downstream")).Status);
        IsError(404, "toxic not found", await Send(edge, "GET", $"{Toxics}/latency_downstream"));
    }

    [Theory]
    [InlineData("""{"type":"lateness"}""", "invalid toxic type")]
    [InlineData(
        """{"type":"latency","stream":"sideways"}""",
        "stream was invalid, can be either upstream or downstream"
    )]
    [InlineData("""{"type":"latency","attributes":{"latency":"soon"}}""", "bad request body")]
    [InlineData("nothing", "bad request body")]
    public async Task A_toxic_that_makes_no_sense_is_refused_in_toxiproxys_words(string body, string error)
    {
        await using var edge = await Edge.Start();
        IsError(400, error, await Send(edge, "POST", Toxics, body));
    }

    [Fact]
    public async Task Reset_enables_everything_and_removes_every_toxic_also_a_leased_one()
    {
        await using var edge = await Edge.Start();
        await Send(edge, "POST", Toxics, """{"type":"timeout"}""");
        var (_, lease) = await edge.Place(new FaultSpec("reset_peer"));
        await Send(edge, "POST", $"/proxies/{Edge.Name}", """{"enabled":false}""");
        Assert.Equal(204, (await Send(edge, "POST", "/reset")).Status);
        Assert.Equal("[]", await edge.Http.GetStringAsync(Toxics, Edge.Stop));
        Assert.Equal(LeaseState.Reverted, (await edge.Lease(lease)).State);
        await Edge.RoundTrip(await edge.Connect());
    }

    [Fact]
    public async Task A_leased_toxic_is_listed_keeps_its_numbers_and_goes_together_with_its_lease()
    {
        await using var edge = await Edge.Start();
        var (_, lease) = await edge.Place(new FaultSpec("timeout"));
        var toxic = $"{Toxics}/lease-{lease}";
        Assert.Equal("timeout", (await Send(edge, "GET", toxic)).Body.GetProperty("type").GetString());
        IsError(409, "toxic is held by lease", await Send(edge, "PATCH", toxic, """{"toxicity":0}"""));
        Assert.Equal(204, (await Send(edge, "DELETE", toxic)).Status);
        Assert.Equal(LeaseState.Reverted, (await edge.Lease(lease)).State);
    }

    [Fact]
    public async Task Populate_leaves_alone_what_is_as_it_should_be_and_replaces_the_rest()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        await Edge.RoundTrip(socket);
        var known = (await Send(edge, "GET", $"/proxies/{Edge.Name}")).Body;
        var (listen, upstream) = (known.GetProperty("listen").GetString(), known.GetProperty("upstream").GetString());
        var body =
            $$"""[{"name":"{{Edge.Name}}","listen":"{{listen}}","upstream":"{{upstream}}"},{"name":"b","upstream":"{{upstream}}"}]""";
        var populated = await Send(edge, "POST", "/populate", body);
        Assert.Equal(201, populated.Status);
        Assert.Equal(
            [Edge.Name, "b"],
            populated
                .Body.GetProperty("proxies")
                .EnumerateArray()
                .Select(proxy => proxy.GetProperty("name").GetString())
        );
        await Edge.RoundTrip(socket);

        IsError(
            400,
            "missing required field: upstream at proxy 1",
            await Send(edge, "POST", "/populate", """[{"name":"c"}]""")
        );
    }

    private static async Task<string> Listening(Edge edge) =>
        (await edge.Http.GetFromJsonAsync<JsonElement>($"/proxies/{Edge.Name}", Edge.Stop))
            .GetProperty("upstream")
            .GetString()!;

    private static async Task<(int Status, JsonElement Body)> Send(
        Edge edge,
        string method,
        string path,
        string? body = null
    )
    {
        // No content type on purpose: Toxiproxy's clients send none.
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        var response = await edge.Http.SendAsync(request, Edge.Stop);
        var text = await response.Content.ReadAsStringAsync(Edge.Stop);
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    private static void IsError(int status, string error, (int Status, JsonElement Body) answer)
    {
        Assert.Equal(status, answer.Status);
        Assert.StartsWith(error, answer.Body.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(status, answer.Body.GetProperty("status").GetInt32());
    }
}
