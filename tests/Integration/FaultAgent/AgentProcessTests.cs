using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Steady.Contracts;
using Steady.Contracts.Faults;
using Steady.FaultAgent;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>The agent as others meet it: who may ask, and what a sudden death leaves behind.</summary>
public sealed partial class AgentProcessTests
{
    [Fact]
    public async Task Every_route_but_health_wants_a_token_with_the_scope_to_operate()
    {
        await using var edge = await Edge.Start();
        var routes = edge
            .Agent.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .ToList();
        Assert.True(routes.Count > 15);
        using var nobody = edge.Agent.Client("");
        using var reader = edge.Agent.Client("experiments:read experiments:design");
        using var foreign = edge.Agent.Client("incidents:read experiments:design");
        foreach (var route in routes.Where(route => route.RoutePattern.RawText is not ("/health" or "/alive")))
        {
            var path = Parameter().Replace(route.RoutePattern.RawText!, $"{edge.Run}");
            var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
            foreach (var method in methods)
            {
                Assert.Equal(
                    (method, path, HttpStatusCode.Unauthorized),
                    (method, path, await Status(nobody, method, path))
                );
                Assert.Equal(
                    (method, path, HttpStatusCode.Forbidden),
                    // Services ask for their own faults with the right to read.
                    (
                        method,
                        path,
                        await Status(
                            path.StartsWith("/chaos/", StringComparison.Ordinal) ? foreign : reader,
                            method,
                            path
                        )
                    )
                );
            }
        }
        Assert.Equal(HttpStatusCode.OK, await Status(nobody, "GET", "/health"));
        using var operating = edge.Agent.Client("experiments:operate");
        Assert.Equal(HttpStatusCode.OK, await Status(operating, "GET", "/leases"));
    }

    [Fact]
    public async Task After_a_sudden_death_and_a_restart_there_is_no_fault_and_the_journal_is_closed()
    {
        using var echo = new Echo();
        var folder = Directory.CreateTempSubdirectory("steady-").FullName;
        var lease = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var command = new PlaceLease(
            Edge.Name,
            lease,
            1,
            new FaultSpec("latency", Attributes: new Dictionary<string, long> { ["latency"] = 60_000 }),
            60
        );
        using (var before = await Process(echo, folder))
        {
            var placed = await before.Http.PutAsJsonAsync($"/leases/{lease}", command, Json.Options, Edge.Stop);
            Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
            using var socket = await Edge.Connect(before.Http);
            await socket.SendAsync(new byte[] { 1 }, Edge.Stop);
            await Eventually.Holds(async () => (await Lease(before.Http, lease)).Effect.Seen, "The fault was felt");
            before.Kill();
        }
        using var after = await Process(echo, folder);
        Assert.Equal(LeaseState.Reverted, (await Lease(after.Http, lease)).State);
        Assert.Equal("[]", await after.Http.GetStringAsync($"/proxies/{Edge.Name}/toxics", Edge.Stop));
        using var again = await Edge.Connect(after.Http);
        await Edge.RoundTrip(again);
        var late = await after.Http.PutAsJsonAsync($"/leases/{lease}", command, Json.Options, Edge.Stop);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var journal = await File.ReadAllTextAsync(Path.Combine(folder, "journal.jsonl"), Edge.Stop);
        Assert.Contains("\"state\":\"reverted\"", journal, StringComparison.Ordinal);
        after.Kill();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<HttpStatusCode> Status(HttpClient http, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await http.SendAsync(request, Edge.Stop);
        return response.StatusCode;
    }

    private static async Task<LeaseView> Lease(HttpClient http, Guid id) =>
        (await http.GetFromJsonAsync<LeaseView>($"/leases/{id}", Json.Options, Edge.Stop))!;

    private static async Task<AgentProcess> Process(Echo echo, string folder)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = folder };
        start.ArgumentList.Add(typeof(EdgesWorker).Assembly.Location);
        foreach (var (name, value) in Edge.Settings($"{echo.Address}", folder))
            start.ArgumentList.Add($"--{name}={value}");
        start.ArgumentList.Add($"--urls={address}");
        start.ArgumentList.Add($"--Auth:PublicKey={TestTokens.PublicKey}");
        var agent = new AgentProcess(
            System.Diagnostics.Process.Start(start)!,
            new HttpClient { BaseAddress = address }
        );
        agent.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            TestTokens.With("experiments:operate")
        );
        await Eventually.Holds(() => Answers(agent.Http), "The agent came up", TimeSpan.FromMinutes(1));
        return agent;
    }

    private static async Task<bool> Answers(HttpClient http)
    {
        try
        {
            return await Status(http, "GET", "/health") == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private sealed record AgentProcess(Process Running, HttpClient Http) : IDisposable
    {
        /// <summary>SIGKILL: nothing in the process gets to tidy up.</summary>
        public void Kill()
        {
            Running.Kill();
            Running.WaitForExit();
        }

        public void Dispose()
        {
            if (!Running.HasExited)
                Kill();
            Running.Dispose();
            Http.Dispose();
        }
    }
}
