using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Faults;
using Steady.FaultAgent;
using Steady.FaultAgent.Injectors;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>A real process is paused and killed, and never stays paused, whoever dies.</summary>
public sealed class ProcessInjectorTests : IDisposable
{
    private readonly Process victim = Start("sleep", "600");
    private readonly string pidFile = Path.GetTempFileName();

    public ProcessInjectorTests() => File.WriteAllText(pidFile, Text(victim.Id));

    private ProcessIdentity Victim => ProcessIdentity.Of(victim.Id)!;

    [Fact]
    public async Task A_process_is_paused_until_it_is_let_go()
    {
        await using var agent = await Begin();
        var lease = Targeted.NewLease();
        var view = await agent.Place(lease, "process", "pause");
        Assert.Equal((LeaseState.Live, 1), (view.State, view.Effect.Connections));
        Assert.True(Victim.IsStopped);
        Assert.True((await agent.Revert(lease)).WasLive);
        Assert.False(Victim.IsStopped);
        Assert.False((await agent.Revert(lease)).WasLive);
    }

    [Fact]
    public async Task A_pause_that_nobody_renews_ends_by_itself()
    {
        await using var agent = await Begin();
        var lease = Targeted.NewLease();
        await agent.Place(lease, "process", "pause", ttl: 1);
        await Eventually.Holds(() => !Victim.IsStopped, "The pause ended");
        Assert.Equal(LeaseState.Expired, (await agent.Lease(lease)).State);
    }

    [Fact]
    public async Task A_renewal_moves_the_guards_deadline_too()
    {
        await using var agent = await Begin();
        var lease = Targeted.NewLease();
        await agent.Place(lease, "process", "pause", ttl: 1);
        Assert.Equal(HttpStatusCode.OK, (await agent.Renew(lease, 20)).StatusCode);
        // Longer than it would have lived without.
        using var past = new PeriodicTimer(TimeSpan.FromSeconds(1.3), TimeProvider.System);
        await past.WaitForNextTickAsync(Targeted.Stop);
        Assert.True(Victim.IsStopped);
        await agent.Revert(lease);
        Assert.False(Victim.IsStopped);
    }

    [Fact]
    public async Task When_the_agent_is_killed_the_guard_lets_the_process_go()
    {
        var address = new Uri($"http://127.0.0.1:{Text(LocalHosting.Processes.Ports.Free())}");
        using var agent = StartAgent(address);
        using var http = await Answering(address);
        var command = new PlaceLease("victim", Targeted.NewLease(), 1, new FaultSpec("pause"), 60, 60, "process");
        var placed = await http.PutAsJsonAsync($"/leases/{Targeted.NewLease()}", command, Json.Options, Targeted.Stop);
        Assert.True(placed.IsSuccessStatusCode, await placed.Content.ReadAsStringAsync(Targeted.Stop));
        Assert.True(Victim.IsStopped);
        agent.Kill();
        await Eventually.Holds(() => !Victim.IsStopped, "The guard let the process go", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task When_the_guard_is_killed_the_agent_lets_the_process_go_and_the_lease_has_ended()
    {
        await using var agent = await Begin();
        var lease = Targeted.NewLease();
        await agent.Place(lease, "process", "pause");
        Assert.True(Victim.IsStopped);
        using (var guard = Guards().Single(process => Command(process).Contains($"{lease}", StringComparison.Ordinal)))
            guard.Kill();
        await Eventually.Holds(() => !Victim.IsStopped, "The agent let the process go", TimeSpan.FromSeconds(5));
        Assert.Equal(LeaseState.Reverted, (await agent.Lease(lease)).State);
    }

    [Fact]
    public async Task What_both_left_behind_is_let_go_by_the_next_agent()
    {
        var settings = Targeted.Settings(Target());
        var undo = Path.Combine(
            Path.GetDirectoryName(settings["Journal:Path"])!,
            "undo",
            $"{Targeted.NewLease()}.json"
        );
        Directory.CreateDirectory(Path.GetDirectoryName(undo)!);
        await File.WriteAllTextAsync(
            undo,
            System.Text.Json.JsonSerializer.Serialize(Victim, Json.Options),
            Targeted.Stop
        );
        Victim.Send(Signal.Stop);
        await Eventually.Holds(() => Victim.IsStopped, "The process is stopped");
        await using var agent = await Harness.Start(typeof(EdgesWorker).Assembly, settings);
        Assert.False(Victim.IsStopped);
        Assert.False(File.Exists(undo));
    }

    [Fact]
    public async Task A_process_is_killed_once()
    {
        await using var agent = await Begin();
        var view = await agent.Place(Targeted.NewLease(), "process", "kill");
        await victim.WaitForExitAsync(Targeted.Stop);
        Assert.Equal(1, view.Effect.Connections);
        Assert.Equal(
            (HttpStatusCode.Conflict, "target-absent"),
            await agent.Refused("process", "kill") is var (status, code, _) ? (status, code) : default
        );
    }

    [Fact]
    public async Task The_platforms_own_processes_are_never_touched()
    {
        // This very process carries the agent, and its command line says Steady.
        await File.WriteAllTextAsync(pidFile, Text(Environment.ProcessId), Targeted.Stop);
        await using var agent = await Begin();
        var (status, code, detail) = await agent.Refused("process", "pause");
        Assert.Equal((HttpStatusCode.Forbidden, "target-denied"), (status, code));
        Assert.Contains("never broken", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_does_not_know_the_platforms_addresses_breaks_nothing_but_edges()
    {
        await using var agent = await Targeted.Start([.. Target(), ("Denied:Addresses:0", "")]);
        var (status, code, detail) = await agent.Refused("process", "pause");
        Assert.Equal((HttpStatusCode.Conflict, "injector-unavailable"), (status, code));
        Assert.Contains("Denied:Addresses", detail, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (!victim.HasExited)
            victim.Kill();
        victim.Dispose();
        File.Delete(pidFile);
    }

    private (string, string)[] Target() => [("Targets:0:Injector", "process"), ("Targets:0:PidFile", pidFile)];

    private Task<Targeted> Begin() => Targeted.Start(Target());

    private Process StartAgent(Uri address)
    {
        var settings = Targeted.Settings(Target()).Append(new("urls", $"{address}"));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(EdgesWorker).Assembly.Location);
        foreach (var (name, value) in settings.Append(new("Auth:PublicKey", TestTokens.PublicKey)))
            start.ArgumentList.Add($"--{name}={value}");
        return Process.Start(start)!;
    }

    private static async Task<HttpClient> Answering(Uri address)
    {
        var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            TestTokens.With("experiments:operate")
        );
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    return (await http.GetAsync("/health", Targeted.Stop)).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "The agent came up",
            TimeSpan.FromMinutes(1)
        );
        return http;
    }

    private static IEnumerable<Process> Guards() =>
        Process.GetProcesses().Where(process => Command(process).Contains(" guard ", StringComparison.Ordinal));

    private static string Command(Process process) => new ProcessIdentity(process.Id, 0).Command;

    private static Process Start(string program, string argument) =>
        Process.Start(new ProcessStartInfo(program, argument))!;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
