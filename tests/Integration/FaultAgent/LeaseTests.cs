using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Steady.Contracts;
using Steady.Contracts.Faults;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

public sealed class LeaseTests
{
    private static readonly TimeSpan Quickly = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Without_a_fault_bytes_go_through_unchanged_and_so_does_the_end_of_a_stream()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        await Edge.RoundTrip(socket);
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await socket.ReceiveAsync(new byte[1], Edge.Stop));
    }

    [Fact]
    public async Task Latency_is_felt_by_a_connection_that_was_there_before_and_counted()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        await Edge.RoundTrip(socket);
        var (response, lease) = await edge.Place(Latency(400));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);

        var started = Stopwatch.GetTimestamp();
        await Edge.RoundTrip(socket);
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(400));

        var view = await edge.Lease(lease);
        Assert.Equal(LeaseState.Live, view.State);
        Assert.Equal(new FaultEffect(1, 1, 1, 0, 0, 0), view.Effect);
    }

    [Fact]
    public async Task Taking_a_latency_back_lets_go_of_what_is_being_held_at_once()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        var (_, lease) = await edge.Place(Latency(60_000));
        var reply = Edge.RoundTrip(socket);
        await Eventually.Holds(async () => (await edge.Lease(lease)).Effect.Seen, "The latency was felt");
        Assert.False(reply.IsCompleted);

        var reverted = await Delete(edge, lease);
        Assert.True(reverted.WasLive);
        await reply.WaitAsync(Quickly, TimeProvider.System, Edge.Stop);
        Assert.False((await Delete(edge, lease)).WasLive);
    }

    [Fact]
    public async Task A_reset_ends_idle_and_new_connections_until_it_is_taken_back()
    {
        await using var edge = await Edge.Start();
        var idle = await edge.Connect();
        await Edge.RoundTrip(idle);
        var (_, lease) = await edge.Place(new FaultSpec("reset_peer"));
        await IsReset(() => Task.FromResult(idle));
        await IsReset(edge.Connect);
        await Eventually.Holds(async () => (await edge.Lease(lease)).Effect.Resets == 2, "Both resets were counted");

        await Delete(edge, lease);
        await Edge.RoundTrip(await edge.Connect());
    }

    [Fact]
    public async Task A_blackhole_swallows_data_and_ends_what_it_has_broken_when_it_is_taken_back()
    {
        await using var edge = await Edge.Start();
        var (broken, whole) = (await edge.Connect(), await edge.Connect());
        await Edge.RoundTrip(whole);
        var (_, lease) = await edge.Place(new FaultSpec("timeout"));
        await broken.SendAsync(new byte[] { 1 }, Edge.Stop);
        var answer = broken.ReceiveAsync(new byte[1], Edge.Stop).AsTask();
        await Eventually.Holds(
            async () => (await edge.Lease(lease)).Effect.ChunksDropped == 1,
            "The reply was dropped"
        );
        Assert.False(answer.IsCompleted);

        await Delete(edge, lease);
        Assert.Equal(0, await answer.WaitAsync(Quickly, TimeProvider.System, Edge.Stop));
        await Edge.RoundTrip(whole);
    }

    [Fact]
    public async Task A_lease_that_nobody_renews_ends_by_itself_and_never_revives()
    {
        await using var edge = await Edge.Start();
        var socket = await edge.Connect();
        var (_, lease) = await edge.Place(Latency(60_000), ttl: 1);
        await Edge.RoundTrip(socket).WaitAsync(Quickly, TimeProvider.System, Edge.Stop);
        Assert.Equal(LeaseState.Expired, (await edge.Lease(lease)).State);
        await Eventually.Holds(
            async () => await edge.Http.GetStringAsync($"/proxies/{Edge.Name}/toxics", Edge.Stop) == "[]",
            "The toxic left the list"
        );
        await IsRefused("lease-expired", 409, await Renew(edge, lease, epoch: 1));
    }

    [Fact]
    public async Task A_controller_that_has_been_replaced_is_fenced_off()
    {
        await using var edge = await Edge.Start();
        var (_, lease) = await edge.Place(Latency(1));
        Assert.Equal(HttpStatusCode.OK, (await Renew(edge, lease, epoch: 2)).StatusCode);
        await IsRefused("lease-fenced", 409, await Renew(edge, lease, epoch: 1));
        await IsRefused("lease-fenced", 409, (await edge.Place(Latency(1))).Response);
    }

    [Fact]
    public async Task A_lease_taken_back_before_it_came_never_starts()
    {
        await using var edge = await Edge.Start();
        var lease = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        Assert.False((await Delete(edge, lease)).WasLive);
        await IsRefused("lease-expired", 409, (await edge.Place(Latency(1), id: lease)).Response);
    }

    [Fact]
    public async Task Asking_twice_places_one_fault_and_other_content_under_the_same_id_is_refused()
    {
        await using var edge = await Edge.Start();
        var (_, lease) = await edge.Place(Latency(1));
        Assert.Equal(HttpStatusCode.OK, (await edge.Place(Latency(1), id: lease)).Response.StatusCode);
        await IsRefused("lease-taken", 409, (await edge.Place(Latency(2), id: lease)).Response);
        Assert.Single((await edge.Http.GetFromJsonAsync<LeaseView[]>("/leases", Json.Options, Edge.Stop))!);
    }

    [Fact]
    public async Task One_call_takes_back_all_faults_of_a_run_and_one_takes_back_everything()
    {
        await using var edge = await Edge.Start();
        var (_, one) = await edge.Place(Latency(1));
        var (_, two) = await edge.Place(Latency(2));
        var response = await edge.Http.DeleteAsync($"/leases?runId={edge.Run}", Edge.Stop);
        Assert.Equal(
            [one, two],
            (await response.Content.ReadFromJsonAsync<LeasesReverted>(Json.Options, Edge.Stop))!.Reverted
        );

        var (_, three) = await edge.Place(Latency(3));
        response = await edge.Http.PostAsync("/leases/revert-all", null, Edge.Stop);
        Assert.Equal(
            [three],
            (await response.Content.ReadFromJsonAsync<LeasesReverted>(Json.Options, Edge.Stop))!.Reverted
        );
    }

    [Theory]
    [InlineData("""{"proxy":"checkout-ledger","toxic":{"type":"latency"}}""", "lease-invalid", 400)]
    [InlineData("""{"proxy":"checkout-ledger","runId":"RUN","toxic":{"type":"lateness"}}""", "lease-invalid", 400)]
    [InlineData(
        """{"proxy":"checkout-ledger","runId":"RUN","toxic":{"type":"latency"},"ttlSeconds":61}""",
        "lease-invalid",
        400
    )]
    [InlineData(
        """{"proxy":"checkout-ledger","runId":"RUN","toxic":{"type":"latency","attributes":{"speed":1}}}""",
        "lease-invalid",
        400
    )]
    [InlineData("""{"proxy":"checkout-ledger","runId":"RUN"}""", "lease-invalid", 400)]
    [InlineData("""{"proxy":"nowhere","runId":"RUN","toxic":{"type":"latency"}}""", "proxy-unknown", 404)]
    public async Task What_makes_no_lease_is_refused_with_a_reason(string body, string code, int status)
    {
        await using var edge = await Edge.Start();
        using var content = new StringContent(
            body.Replace("RUN", edge.Run.ToString(), StringComparison.Ordinal),
            null,
            "application/json"
        );
        await IsRefused(code, status, await edge.Http.PutAsync($"/leases/{edge.Run}", content, Edge.Stop));
    }

    private static FaultSpec Latency(long milliseconds) =>
        new("latency", Attributes: new Dictionary<string, long> { ["latency"] = milliseconds });

    private static Task<HttpResponseMessage> Renew(Edge edge, Guid lease, long epoch) =>
        edge.Http.PostAsJsonAsync($"/leases/{lease}/renew", new RenewLease(epoch), Json.Options, Edge.Stop);

    private static async Task<LeaseReverted> Delete(Edge edge, Guid lease)
    {
        var response = await edge.Http.DeleteAsync($"/leases/{lease}", Edge.Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<LeaseReverted>(Json.Options, Edge.Stop))!;
    }

    // A reset may come so soon after the handshake that connecting itself reports it.
    private static async Task IsReset(Func<Task<Socket>> connect)
    {
        var ended = await Assert.ThrowsAsync<SocketException>(async () =>
            await (await connect())
                .ReceiveAsync(new byte[1], Edge.Stop)
                .AsTask()
                .WaitAsync(Quickly, TimeProvider.System, Edge.Stop)
        );
        Assert.Equal(SocketError.ConnectionReset, ended.SocketErrorCode);
    }

    private static async Task IsRefused(string code, int status, HttpResponseMessage response)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Edge.Stop);
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }
}
