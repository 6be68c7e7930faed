using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Raw counters asked of a real Prometheus: differences taken here are what was counted there.</summary>
public sealed class PullTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counters_are_asked_for_up_to_the_closed_minute_and_never_twice_also_over_a_restart()
    {
        await using var prometheus = await PrometheusServer.With(History(), Stop);
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:budgets"] = await Servers.NewDatabase("pull"),
            ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("pull"),
            ["Steady:Budgets:Prometheus:Urls:0"] = prometheus.Address.ToString(),
        };
        var clock = new FakeTimeProvider(Noon.AddSeconds(5));
        var terms = new PullTerms(prometheus.Address.ToString());
        await using (var budgets = await Begin(settings, clock))
        {
            await Define(
                budgets,
                "ratio",
                new(SourceOrigin.Pull, new CounterTerms("r_total{code!~\"5..\"}", Total: "r_total"), Pull: terms)
            );
            await Define(budgets, "slow", new(SourceOrigin.Pull, Latency: new LatencyTerms("s", 0.3m), Pull: terms));
            await PulledUntil(budgets, clock, Noon.AddMinutes(7));
            Assert.Equal(Expected(minutes: 7), await Counted(budgets, "ratio"));
        }

        // It was away for a while, and catches up.
        clock.Advance(TimeSpan.FromMinutes(9));
        await using (var budgets = await Begin(settings, clock))
        {
            await PulledUntil(budgets, clock, Noon.AddMinutes(20));
            Assert.Equal(Expected(minutes: 20), await Counted(budgets, "ratio"));
            Assert.Equal((20 * 4 * 7, 20 * 4 * 2), await Counted(budgets, "slow"));
        }
    }

    // Every 15 s: 10 good ones, reset at the fifth minute; from the third minute on a new counter of 1 bad one each.
    private static string History()
    {
        var text = new StringBuilder();
        var lines = new SortedDictionary<string, StringBuilder>(StringComparer.Ordinal);
        for (var i = -8; i <= 100; i++)
        {
            Add("r_total{code=\"200\",instance=\"a\",job=\"shop\"}", i, i < 20 ? 1000 + 10 * i : 10 * (i - 20 + 1));
            if (i >= 12)
                Add("r_total{code=\"500\",instance=\"a\",job=\"shop\"}", i, i - 12 + 1);
            Add("s_bucket{instance=\"a\",job=\"shop\",le=\"0.3\"}", i, 100 + 7 * i);
            Add("s_bucket{instance=\"a\",job=\"shop\",le=\"+Inf\"}", i, 100 + 9 * i);
        }

        text.Append("# TYPE r counter\n")
            .Append(lines.Where(l => l.Key[0] == 'r').Aggregate(new StringBuilder(), Join));
        text.Append("# TYPE s histogram\n")
            .Append(lines.Where(l => l.Key[0] == 's').Aggregate(new StringBuilder(), Join));
        return text.Append("# EOF\n").ToString();

        void Add(string series, int i, int value)
        {
            if (!lines.TryGetValue(series, out var line))
                lines.Add(series, line = new StringBuilder());
            var at = Noon.AddSeconds(15 * i).ToUnixTimeSeconds();
            line.Append(CultureInfo.InvariantCulture, $"{series} {value} {at}\n");
        }

        static StringBuilder Join(StringBuilder all, KeyValuePair<string, StringBuilder> one) => all.Append(one.Value);
    }

    // From noon on: 4 samples a minute.
    private static (long Good, long Bad) Expected(int minutes) => (40 * minutes, 4 * minutes - 12 + 1);

    private static Task<Harness> Begin(Dictionary<string, string> settings, FakeTimeProvider clock) =>
        Harness.Start(
            typeof(Steady.Budgets.StoredShapes).Assembly,
            settings,
            services => services.AddSingleton<TimeProvider>(clock)
        );

    private static async Task Define(Harness budgets, string name, SetSource source)
    {
        var document = BudgetsService.Yaml(BudgetsService.Document(name, name));
        (await budgets.Admin.PostAsync("/v1/objectives", document, Stop)).EnsureSuccessStatusCode();
        var answer = await budgets.Admin.PutAsJsonAsync($"/v1/slis/{name}-requests/source", source, Json.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    // Time passes until both sources have been asked so far, and stands just after the minute is settled.
    private static async Task PulledUntil(Harness budgets, FakeTimeProvider clock, DateTimeOffset until)
    {
        var settled = until.AddSeconds(20);
        await Eventually.Holds(
            async () =>
            {
                clock.Advance(clock.GetUtcNow() < settled ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(1));
                if (clock.GetUtcNow() > until.AddSeconds(59))
                    Assert.Fail($"It is {clock.GetUtcNow():T}, and not all was asked until {until:T}.");
                var sources = await Task.WhenAll(Source("ratio"), Source("slow"));
                return sources.All(source => source.PulledUntil == until);
            },
            "counters being asked for",
            TimeSpan.FromSeconds(90)
        );

        async Task<SourceView> Source(string name) =>
            (await budgets.Admin.GetFromJsonAsync<SourceView>($"/v1/slis/{name}-requests/source", Json.Options, Stop))!;
    }

    private static async Task<(long, long)> Counted(Harness budgets, string name)
    {
        var budget = await budgets.Admin.GetFromJsonAsync<BudgetStatus>($"/v1/budgets/{name}", Json.Options, Stop);
        return (budget!.Good, budget.Bad);
    }
}
