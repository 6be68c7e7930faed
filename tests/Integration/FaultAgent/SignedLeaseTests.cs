using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Faults;
using Steady.FaultAgent;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>An agent as the platform starts it: with a key, and not open.</summary>
public sealed class SignedLeaseTests
{
    private static readonly FaultSpec Reset = new("reset_peer");

    [Fact]
    public async Task A_signed_lease_is_taken_once_and_never_again_after_its_end()
    {
        await using var edge = await Edge.Start(open: false);
        var (id, signed) = Signed(edge);
        Assert.Equal(HttpStatusCode.Created, (await Put(edge, id, signed)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Put(edge, id, signed)).StatusCode);
        await edge.Http.DeleteAsync($"/leases/{id}", Edge.Stop);
        await IsRefused(HttpStatusCode.Conflict, "lease-expired", await Put(edge, id, signed));
    }

    [Fact]
    public async Task A_lease_of_an_old_epoch_stays_refused_though_its_signature_is_right()
    {
        await using var edge = await Edge.Start(open: false);
        var (old, signed) = Signed(edge, epoch: 1);
        var (next, newer) = Signed(edge, epoch: 2);
        Assert.Equal(HttpStatusCode.Created, (await Put(edge, next, newer)).StatusCode);
        await IsRefused(HttpStatusCode.Conflict, "lease-fenced", await Put(edge, old, signed));
    }

    [Fact]
    public async Task Without_the_right_signature_no_fault_comes_in()
    {
        await using var edge = await Edge.Start(open: false);
        var (id, signed) = Signed(edge);
        await IsRefused(
            HttpStatusCode.Forbidden,
            "lease-unsigned",
            await Put(edge, id, signed with { Signature = null })
        );
        var others = TestLeases.Sign(id, signed, "another-agent");
        await IsRefused(HttpStatusCode.Forbidden, "lease-signature", await Put(edge, id, others));
        var harder = signed with { HardStopSeconds = 899 };
        await IsRefused(HttpStatusCode.Forbidden, "lease-signature", await Put(edge, id, harder));
        await Edge.RoundTrip(await edge.Connect());
        Assert.Equal("[]", await edge.Http.GetStringAsync("/leases", Edge.Stop));
    }

    [Theory]
    [InlineData("POST", "/proxies", """{"name":"b","upstream":"127.0.0.1:1"}""")]
    [InlineData("POST", $"/proxies/{Edge.Name}", """{"enabled":false}""")]
    [InlineData("PATCH", $"/proxies/{Edge.Name}", """{"enabled":false}""")]
    [InlineData("DELETE", $"/proxies/{Edge.Name}", null)]
    [InlineData("POST", "/populate", "[]")]
    [InlineData("POST", $"/proxies/{Edge.Name}/toxics", """{"type":"reset_peer"}""")]
    [InlineData("PATCH", $"/proxies/{Edge.Name}/toxics/any", """{"toxicity":1}""")]
    public async Task What_could_break_something_without_a_lease_is_refused(string method, string path, string? body)
    {
        await using var edge = await Edge.Start(open: false);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        await IsRefused(HttpStatusCode.Forbidden, "agent-not-open", await edge.Http.SendAsync(request, Edge.Stop));
        await Edge.RoundTrip(await edge.Connect());
    }

    [Fact]
    public async Task Looking_and_taking_back_need_no_signature()
    {
        await using var edge = await Edge.Start(open: false);
        var (id, signed) = Signed(edge);
        await Put(edge, id, signed);
        Assert.Contains($"lease-{id}", await edge.Http.GetStringAsync("/proxies", Edge.Stop), StringComparison.Ordinal);
        var deleted = await edge.Http.DeleteAsync($"/proxies/{Edge.Name}/toxics/lease-{id}", Edge.Stop);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await edge.Http.PostAsync("/reset", null, Edge.Stop)).StatusCode);
        await Edge.RoundTrip(await edge.Connect());
    }

    [Fact]
    public async Task An_agent_that_others_can_reach_does_not_start_open()
    {
        var settings = Edge.Settings("127.0.0.1:1", Directory.CreateTempSubdirectory("steady-").FullName);
        settings["Kestrel:Endpoints:Http:Url"] = "http://0.0.0.0:0";
        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            Harness.Start(typeof(EdgesWorker).Assembly, settings)
        );
        Assert.Contains("Leases:Open is for loopback", refused.ToString(), StringComparison.Ordinal);
    }

    private static (Guid Id, PlaceLease Signed) Signed(Edge edge, long epoch = 1)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        return (id, TestLeases.Sign(id, new PlaceLease(Edge.Name, edge.Run, epoch, Reset)));
    }

    private static Task<HttpResponseMessage> Put(Edge edge, Guid id, PlaceLease lease) =>
        edge.Http.PutAsJsonAsync($"/leases/{id}", lease, Json.Options, Edge.Stop);

    private static async Task IsRefused(HttpStatusCode status, string code, HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Edge.Stop);
        Assert.Equal((status, code), (answer.StatusCode, body.GetProperty("code").GetString()));
    }
}
