using System.Net.Http.Headers;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Story;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Flow;

/// <summary>Whatever is killed in the middle: nothing is lost, nothing is doubled, and no fault is left in place.</summary>
[Collection(nameof(Platform))]
public sealed class CrashTests(Platform platform)
{
    private const int LeaseSeconds = 3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Budgets_killed_while_counts_come_in_has_each_of_them_once()
    {
        var payments = new Payments(platform, "killed-budgets");
        await payments.Begin();
        var pushes = Enumerable.Range(0, 300).Select(_ => payments.PushOne(1)).ToList();
        var victim = platform.Kill("budgets");
        await platform.Restart("budgets", victim);
        await Task.WhenAll(pushes);
        Assert.Equal(6_300, (await payments.Budget()).Good);
    }

    [Fact]
    public async Task An_alert_that_finds_Incidents_dead_declares_one_incident_when_it_is_back()
    {
        var payments = new Payments(platform, "killed-incidents");
        await payments.Begin();
        var victim = platform.Kill("incidents");
        await payments.Fail();
        await Eventually.Answers(payments.Budget, budget => budget.Alerts.Count > 0);
        await platform.Restart("incidents", victim);
        await payments.OnlyIncident();
    }

    [Fact]
    public async Task Budgets_killed_right_after_an_alert_announces_it_once()
    {
        var payments = new Payments(platform, "killed-after");
        await payments.Begin();
        await payments.Fail();
        var victim = platform.Kill("budgets");
        await platform.Restart("budgets", victim);
        await payments.OnlyIncident();
        Assert.Equal(200, (await payments.Budget()).Bad);
    }

    [Fact]
    public async Task Without_RabbitMQ_for_twenty_seconds_the_alert_arrives_later_and_once()
    {
        var payments = new Payments(platform, "no-rabbit");
        await payments.Begin();
        await platform.StopRabbit();
        await payments.Fail();
        Assert.NotEmpty((await payments.Budget()).Alerts);
        await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, Stop);
        await platform.StartRabbit();
        await payments.OnlyIncident();
    }

    [Fact]
    public async Task PostgreSQL_restarted_under_load_loses_and_doubles_nothing()
    {
        var payments = new Payments(platform, "no-postgres");
        await payments.Begin();
        var pushes = Enumerable.Range(0, 200).Select(_ => payments.PushOne(1)).ToList();
        await platform.RestartPostgres();
        await Task.WhenAll(pushes);
        await payments.Fail();
        await payments.OnlyIncident();
        var budget = await payments.Budget();
        Assert.Equal((6_200, 200), (budget.Good, budget.Bad));
    }

    [Fact]
    public async Task Web_killed_is_back_with_the_same_tokens()
    {
        var victim = platform.Kill("web");
        await platform.Restart("web", victim);
        await platform.Door.Incidents.List(stop: Stop);
    }

    [Fact]
    public async Task Experiments_killed_with_a_fault_in_place_leaves_none_and_halts_the_run()
    {
        var run = await FaultLive("killed-experiments");
        var victim = platform.Kill("experiments");
        var killed = TimeProvider.System.GetTimestamp();
        using var agent = Agent();
        await Eventually.Holds(async () => (await Live(agent)).Count == 0, "No fault is left");
        Assert.InRange(
            TimeProvider.System.GetElapsedTime(killed),
            TimeSpan.Zero,
            TimeSpan.FromSeconds(LeaseSeconds + 1)
        );
        await platform.Restart("experiments", victim);
        await Ended(run);
    }

    [Fact]
    public async Task The_fault_agent_killed_with_a_fault_in_place_comes_back_without_it()
    {
        var run = await FaultLive("killed-agent");
        var victim = platform.Kill("fault-agent");
        await platform.Restart("fault-agent", victim);
        using var agent = Agent();
        Assert.Empty(await Live(agent));
        await Ended(run);
        using var shop = new HttpClient { BaseAddress = platform.Address("checkout") };
        await Eventually.Holds(
            async () => (await shop.PostAsync(new Uri("/checkout", UriKind.Relative), null, Stop)).IsSuccessStatusCode,
            "Checkout sells again"
        );
    }

    private async Task<Guid> FaultLive(string name)
    {
        var sample = await Places.Sample("experiments", "slow-ledger.yaml", Stop);
        // The shop's own budget may be spent by now; the run's services have none, so that its gate lets it begin.
        var document = sample
            .Replace("name: slow-ledger", $"name: {name}", StringComparison.Ordinal)
            .Replace("    - checkout\n    - ledger\n", $"    - {name}\n", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8090/", platform.Address("checkout").ToString(), StringComparison.Ordinal)
            .Replace("ttlSeconds: 10", $"ttlSeconds: {LeaseSeconds}", StringComparison.Ordinal);
        var experiment = await platform.Door.Experiments.Apply(document, stop: Stop);
        await platform.Door.Experiments.Freeze(experiment.Id.ToString(), Stop);
        var run = await platform.Door.Experiments.Start(experiment.Id.ToString(), stop: Stop);
        Assert.True(run.State is not RunState.Refused, run.Reason);
        await Eventually.Answers(() => platform.Door.Experiments.Run(run.Id, Stop), view => view.FaultsLive == 1);
        return run.Id;
    }

    private async Task Ended(Guid run)
    {
        var view = await Eventually.Answers(
            () => platform.Door.Experiments.Run(run, Stop),
            view => view.EndedAt is not null,
            TimeSpan.FromMinutes(1)
        );
        Assert.Equal((RunState.Halted, 0), (view.State, view.FaultsLive));
    }

    private HttpClient Agent()
    {
        var http = new HttpClient { BaseAddress = platform.Address("fault-agent") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", platform.Token);
        return http;
    }

    private static async Task<IReadOnlyList<LeaseView>> Live(HttpClient agent)
    {
        var leases = await agent.GetFromJsonAsync<List<LeaseView>>("/leases", Json.Options, Stop);
        return [.. leases!.Where(lease => lease.State == LeaseState.Live)];
    }
}
