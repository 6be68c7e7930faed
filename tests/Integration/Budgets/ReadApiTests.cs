using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Steady.Contracts.Budgets;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>
/// Budgets as a Prometheus: the requests are those that Grafana's data source, Argo Rollouts, Flagger and Keptn send, as
/// their sources write them; the answers are compared with a real Prometheus that holds the same values.
/// </summary>
public sealed partial class ReadApiTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grafana_finds_a_prometheus_and_asks_it()
    {
        await Counted("grafana");
        // Save & test: 1+1 at the fourth second, then the version.
        var probe = await Form("query", ("query", "1+1"), ("time", "4"));
        Assert.Equal("""{"status":"success","data":{"resultType":"scalar","result":[4,"2"]}}""", probe.Text);
        var build = JsonDocument.Parse((await Get("status/buildinfo")).Text).RootElement.GetProperty("data");
        Assert.Equal("2.42.0", build.GetProperty("version").GetString());
        Assert.False(build.TryGetProperty("features", out _));

        // The query editor: metrics, labels, values, and what a metric means.
        var day = $"start={Unix(budgets.Now.AddHours(-1))}&end={Unix(budgets.Now)}";
        var metrics = Names(await Get($"label/__name__/values?limit=40000&{day}"));
        Assert.Equal(metrics.Order(), metrics);
        Assert.Contains("slo_burn_rate", metrics);
        Assert.Equal(
            ["__name__", "objective", "outcome", "service", "severity", "window"],
            Names(await Form("labels", ("limit", "40000"), ("start", "1"), ("end", "2")))
        );
        var match = Uri.EscapeDataString("""{__name__="slo_burn_rate",objective="grafana"}""");
        Assert.Equal(
            ["1d", "1h", "2h", "30d", "30m", "3d", "5m", "6h"],
            Names(await Get($"label/window/values?{day}&match[]={match}"))
        );
        var series = await Form("series", ("match[]", """{objective="grafana"}"""), ("limit", "40000"));
        Assert.Equal(18, JsonDocument.Parse(series.Text).RootElement.GetProperty("data").GetArrayLength());
        Assert.Contains(
            "\"type\":\"gauge\"",
            (await Get("metadata?metric=slo_sli&limit=1")).Text,
            StringComparison.Ordinal
        );

        // A panel: a range by form, moments and step as Go writes floats.
        var range = await Form(
            "query_range",
            ("query", """slo_budget_remaining_ratio{objective="grafana"}"""),
            ("start", Unix(budgets.Now.AddMinutes(-3))),
            ("end", Unix(budgets.Now)),
            ("step", "60")
        );
        Assert.Equal(HttpStatusCode.OK, range.Status);
        Assert.Equal(["1", "0.4"], Values(range).Select(point => point.Value).Distinct());
    }

    [Fact]
    public async Task Argo_and_keptn_read_one_value()
    {
        await Counted("argo");
        // Both use Prometheus' own client: POST with a form, and a moment with milliseconds.
        var answer = await Form(
            "query",
            ("query", """slo_budget_remaining_permille{objective="argo"}"""),
            ("time", Unix(budgets.Now))
        );
        var data = JsonDocument.Parse(answer.Text).RootElement.GetProperty("data");
        Assert.Equal("vector", data.GetProperty("resultType").GetString());
        var sample = Assert.Single(data.GetProperty("result").EnumerateArray());
        Assert.Equal("400", sample.GetProperty("value")[1].GetString());
        Assert.Equal("argo", sample.GetProperty("metric").GetProperty("service").GetString());
    }

    [Fact]
    public async Task Flagger_signs_in_with_a_password_and_reads_the_last_value()
    {
        await Counted("flagger");
        using var flagger = new HttpClient { BaseAddress = budgets.Service.Address };
        var pair = $"steady:{TestTokens.With("budgets:read", "flagger")}";
        flagger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.ASCII.GetBytes(pair))
        );
        Assert.EndsWith(",\"1\"]}]}}", await flagger.GetStringAsync("/api/v1/query?query=vector%281%29", Stop));
        var asked = Uri.EscapeDataString(""" slo_burn_rate{ objective="flagger", window="1h" } """).Replace("%20", "+");
        var text = await flagger.GetStringAsync($"/api/v1/query?query={asked}", Stop);
        Assert.Contains("\"0.6\"", text, StringComparison.Ordinal);

        flagger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "bm8tdG9rZW46bm9wZQ==");
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await flagger.GetAsync("/api/v1/query?query=vector%281%29", Stop)).StatusCode
        );
    }

    [Fact]
    public async Task Promtool_reads_a_target()
    {
        await budgets.Define("promtool");
        var token = TestTokens.With("budgets:read", "promtool");
        var server = $"http://steady:{token}@{budgets.Service.Address.Authority}";
        string[] ask = ["query", "instant", server, """slo_target{objective="promtool"}"""];
        var (code, output) = await Tool.Run(new Launch(PrometheusServer.Program("promtool"), ask), Stop);
        Assert.True(code == 0, output);
        Assert.StartsWith(
            """slo_target{objective="promtool", service="promtool"} => 0.999 @[""",
            output,
            StringComparison.Ordinal
        );
        string[] labels = ["query", "labels", server, "severity"];
        (code, output) = await Tool.Run(new Launch(PrometheusServer.Program("promtool"), labels), Stop);
        Assert.Equal((0, "page\nticket"), (code, output));
    }

    [Fact]
    public async Task A_real_prometheus_with_the_same_values_answers_the_same_bytes()
    {
        await Counted("twin");
        var (start, end) = (budgets.Now.AddMinutes(-4), budgets.Now);
        var every = """{objective="twin"}""";
        var ours = await Get(
            $"query_range?query={Uri.EscapeDataString(every)}&start={Unix(start)}&end={Unix(end)}&step=30"
        );
        await using var prometheus = await PrometheusServer.With(OpenMetrics(ours), Stop);
        using var theirs = new HttpClient { BaseAddress = new Uri(prometheus.Address, "/api/v1/") };

        string[] questions =
        [
            $"query_range?query={Uri.EscapeDataString(every)}&start={Unix(start)}&end={Unix(end)}&step=30",
            $"query_range?query={Uri.EscapeDataString("slo_burn_rate{objective=\"twin\",window=~\"5m|1h\"}")}&start={Unix(start)}&end={Unix(end)}&step=60",
            $"query?query={Uri.EscapeDataString("slo_burn_rate{objective=\"twin\",window!~\".*m\"}")}&time={Unix(end)}",
            $"query?query=slo_target%7Bobjective%3D%22twin%22%7D&time={Unix(end)}",
            $"query?query=slo_nothing&time={Unix(end)}",
            "query?query=1%2B1&time=4.5",
            "query?query=vector(1)&time=1700000000.25",
            "query_range?query=1%2B1&start=0&end=2&step=1",
            $"series?match[]={Uri.EscapeDataString(every)}",
            $"labels?match[]={Uri.EscapeDataString(every)}",
            $"label/window/values?match[]={Uri.EscapeDataString(every)}",
            "series",
            "label/1x/values",
            "query_range?query=slo_target&start=3&end=2&step=1",
            "query_range?query=slo_target&start=1&end=2&step=0",
            "query_range?query=slo_target&start=1&end=20000&step=1",
            "query_range?query=slo_target&start=1&end=2",
            "query?query=slo_target&timeout=soon",
        ];
        foreach (var question in questions)
        {
            var (here, there) = (await Get(question), await Read(await theirs.GetAsync(question, Stop)));
            Assert.Equal((question, there.Status, there.MediaType), (question, here.Status, here.MediaType));
            // An instant answer has no order; as sets of lines they are the same bytes.
            Assert.Equal(Lines(there.Text), Lines(here.Text));
        }
    }

    [Theory]
    [InlineData("query?query=sum(slo_sli)", 400, "bad_data", "Accepted is one selector")]
    [InlineData("query", 400, "bad_data", "no expression found in input")]
    [InlineData("query?query=slo_sli&time=yesterday", 400, "bad_data", "to a valid timestamp")]
    [InlineData("query?query=slo_sli&timeout=0", 503, "timeout", "timed out")]
    [InlineData("query_range?query=slo_sli&start=0&end=1", 400, "bad_data", "valid duration")]
    [InlineData("series?match[]=1%2B1", 400, "bad_data", "is no selector")]
    [InlineData("labels?limit=-1", 400, "bad_data", "non-negative")]
    public async Task What_is_not_answered_is_refused_in_prometheus_words(
        string question,
        int status,
        string errorType,
        string message
    )
    {
        var answer = await Get(question);
        var error = JsonDocument.Parse(answer.Text).RootElement;
        Assert.Equal((status, "application/json"), ((int)answer.Status, answer.MediaType));
        Assert.Equal(
            ("error", errorType),
            (error.GetProperty("status").GetString(), error.GetProperty("errorType").GetString())
        );
        Assert.Contains(message, error.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_past_is_answered_as_it_was_decided()
    {
        await budgets.Define("decided");
        await budgets.Count("decided", TimeSpan.FromDays(10), 1_000_000, 0);
        var before = budgets.Now;
        budgets.Clock.Advance(TimeSpan.FromSeconds(10));
        await budgets.Count("decided", TimeSpan.FromSeconds(10), 0, 200);
        var opened = budgets.Now;
        var query = Uri.EscapeDataString("""slo_alert_open{objective="decided",severity="page"}""");

        Assert.Equal("1", Value(await Get($"query?query={query}")));
        Assert.Equal("1", Value(await Get($"query?query={query}&time={Unix(opened)}")));
        Assert.Equal("0", Value(await Get($"query?query={query}&time={Unix(before)}")));
        var range = await Get($"query_range?query={query}&start={Unix(before)}&end={Unix(opened)}&step=10");
        Assert.Equal(["0", "1"], Values(range).Select(point => point.Value));
    }

    [Fact]
    public async Task A_revision_is_a_step_and_not_another_past()
    {
        await Counted("stepped");
        var before = budgets.Now;
        budgets.Clock.Advance(TimeSpan.FromSeconds(20));
        using var stricter = BudgetsService.Yaml(BudgetsService.Document("stepped", "stepped", "0.9995"));
        var revised = await budgets.Ana.PutAsync("/v1/objectives/stepped", stricter, Stop);
        Assert.True(revised.IsSuccessStatusCode, await revised.Content.ReadAsStringAsync(Stop));
        budgets.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(
            ["0.999", "0.999", "0.9995", "0.9995", "0.9995"],
            await Steps("slo_target{objective=\"stepped\"}")
        );
        Assert.Equal(
            ["0.4", "0.4", "-0.2", "-0.2", "-0.2"],
            await Steps("slo_budget_remaining_ratio{objective=\"stepped\"}")
        );

        async Task<IEnumerable<string>> Steps(string query)
        {
            var (start, end) = (Unix(before), Unix(budgets.Now));
            var asked = $"query_range?query={Uri.EscapeDataString(query)}&start={start}&end={end}&step=10";
            return Values(await Get(asked)).Select(point => point.Value);
        }
    }
}
