using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Sources of indicators, and the doors that their counters come through.</summary>
public sealed class IntakeTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static SetSource Ratio(string job) =>
        new(
            SourceOrigin.RemoteWrite,
            new CounterTerms(
                $$"""requests_total{job="{{job}}",code!~"5.."}""",
                Total: $$"""requests_total{job="{{job}}"}"""
            )
        );

    [Fact]
    public async Task A_source_is_set_shown_changed_and_switched_off()
    {
        await budgets.Define("terms");
        var first = await Set("terms-requests", Ratio("terms"));
        Assert.Equal("\"1\"", first.Headers.ETag?.Tag);
        var again = await Set("terms-requests", Ratio("terms"));
        Assert.Equal("\"1\"", again.Headers.ETag?.Tag);
        Assert.Equal("\"2\"", (await Set("terms-requests", Ratio("other"))).Headers.ETag?.Tag);
        var source = await budgets.Get<SourceView>("/v1/slis/terms-requests/source");
        Assert.Equal((true, Ratio("other"), "ana"), (source.Enabled, source.Terms, source.By));

        var off = await budgets.Ana.DeleteAsync("/v1/slis/terms-requests/source", Stop);
        Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);
        Assert.False((await budgets.Get<SourceView>("/v1/slis/terms-requests/source")).Enabled);
        var none = await budgets.Ana.GetAsync("/v1/slis/nobody/source", Stop);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_counted_is_refused_with_all_that_is_wrong()
    {
        await budgets.Define("wrong");
        var terms = new SetSource(
            SourceOrigin.RemoteWrite,
            new CounterTerms("rate(x[5m])", Total: "{job=\"a\"}", Bad: "y{a=~\"(\"}"),
            Pull: new PullTerms("http://169.254.169.254")
        );
        var answer = await budgets.Ana.PutAsJsonAsync("/v1/slis/wrong-requests/source", terms, Json.Options, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("source-invalid", problem.GetProperty("code").GetString());
        Assert.Equal(
            ["counters", "counters.good", "counters.total", "counters.bad", "pull", "pull.url"],
            problem.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("path").GetString())
        );
        var unknown = await budgets.Ana.PutAsJsonAsync("/v1/slis/nobody/source", Ratio("a"), Json.Options, Stop);
        Assert.Equal("sli-unknown", await BudgetsService.CodeOf(unknown));
    }

    [Fact]
    public async Task Both_versions_of_remote_write_are_counted_once_and_answered_after_the_commit()
    {
        await budgets.Define("both");
        await Set("both-requests", Ratio("both"));
        const string good = """requests_total{code="200",job="both"}""";
        const string bad = """requests_total{code="500",job="both"}""";
        budgets.Clock.Advance(TimeSpan.FromSeconds(30));
        var t = budgets.Now;
        WrittenSeries[] first =
        [
            WrittenSeries.Of(good, t.AddSeconds(-20), 100),
            WrittenSeries.Of(bad, t.AddSeconds(-20), 1),
        ];
        WrittenSeries[] second =
        [
            WrittenSeries.Of(good, t.AddSeconds(-5), 160),
            WrittenSeries.Of(bad, t.AddSeconds(-5), 4),
        ];

        Assert.Equal(HttpStatusCode.NoContent, (await Write(RemoteWriteBody.One(first))).StatusCode);
        var answer = await Write(RemoteWriteBody.Two(second), RemoteWriteBody.TypeTwo);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(["2"], answer.Headers.GetValues("X-Prometheus-Remote-Write-Samples-Written"));
        await Write(RemoteWriteBody.One(second));

        var budget = await budgets.Budget("both");
        Assert.Equal((60, 3), (budget.Good, budget.Bad));
        var source = await budgets.Get<SourceView>("/v1/slis/both-requests/source");
        Assert.Equal((2, t.AddSeconds(-5)), (source.Series, source.LastSampleAt));
    }

    [Fact]
    public async Task The_valid_part_is_counted_and_the_rest_is_told()
    {
        await budgets.Define("partial");
        await Set("partial-requests", Ratio("partial"));
        var t = budgets.Now;
        const string good = """requests_total{code="200",job="partial"}""";
        await Write(RemoteWriteBody.One(WrittenSeries.Of(good, t.AddSeconds(-10), 5)));
        var answer = await Write(
            RemoteWriteBody.One(
                WrittenSeries.Of(good, t, 9),
                WrittenSeries.Of("""requests_total{code="201",job="partial"}""", t.AddDays(365), 9),
                WrittenSeries.Of("""requests_total{code="202",job="partial"}""", t, double.NaN),
                WrittenSeries.Of("up", t, double.NaN)
            )
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["2"], answer.Headers.GetValues("X-Prometheus-Remote-Write-Samples-Written"));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.StartsWith(
            "2 of 4 samples were refused: ",
            problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["in-the-future", "not-a-count"],
            problem.GetProperty("refused").EnumerateArray().Select(r => r.GetProperty("reason").GetString()).Order()
        );
        Assert.Equal(4, (await budgets.Budget("partial")).Good);
        var source = await budgets.Get<SourceView>("/v1/slis/partial-requests/source");
        Assert.Equal(2, source.Refused.Sum(one => one.Count));
    }

    [Theory]
    [InlineData("application/json", "snappy", 415)]
    [InlineData("application/x-protobuf;proto=io.prometheus.write.v3.Request", "snappy", 415)]
    [InlineData("application/x-protobuf", "gzip", 415)]
    [InlineData("application/x-protobuf", "snappy", 400)]
    public async Task What_is_no_remote_write_is_refused(string type, string encoding, int status)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("not snappy at all"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        content.Headers.ContentEncoding.Add(encoding);
        var answer = await budgets.Ana.PostAsync("/api/v1/write", content, Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 415 ? "proto-unknown" : "body-unreadable", await BudgetsService.CodeOf(answer));
    }

    [Fact]
    public async Task Tokens_without_the_scope_and_of_other_services_do_not_count()
    {
        await budgets.Define("owned", service: "checkout");
        await Set("owned-requests", Ratio("owned"));
        const string series = """requests_total{code="200",job="owned"}""";
        using var reader = budgets.Service.Client("budgets:read");
        var content = RemoteWriteBody.Content(RemoteWriteBody.One(WrittenSeries.Of(series, budgets.Now, 1)));
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync("/api/v1/write", content, Stop)).StatusCode);

        await Write(RemoteWriteBody.One(WrittenSeries.Of(series, budgets.Now.AddSeconds(-10), 1)));
        using var other = new HttpClient { BaseAddress = budgets.Service.Address };
        var token = TestTokens.With("ingest:counts", "machine", "ledger");
        other.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        content = RemoteWriteBody.Content(RemoteWriteBody.One(WrittenSeries.Of(series, budgets.Now, 500)));
        Assert.Equal(HttpStatusCode.NoContent, (await other.PostAsync("/api/v1/write", content, Stop)).StatusCode);
        Assert.Equal(0, (await budgets.Budget("owned")).Good);
    }

    [Fact]
    public async Task Counts_of_a_source_open_an_alert()
    {
        await budgets.Define("burning");
        await Set("burning-requests", Ratio("burning"));
        const string bad = """requests_total{code="500",job="burning"}""";
        await Write(RemoteWriteBody.One(WrittenSeries.Of(bad, budgets.Now.AddSeconds(-20), 0)));
        await Write(RemoteWriteBody.One(WrittenSeries.Of(bad, budgets.Now.AddSeconds(-5), 500)));
        await Eventually.Holds(
            async () =>
            {
                budgets.Clock.Advance(TimeSpan.FromSeconds(1));
                return (await budgets.Budget("burning")).Alerts.Count > 0;
            },
            "an alert"
        );
    }

    [Fact]
    public async Task A_source_that_was_off_does_not_count_what_happened_meanwhile()
    {
        await budgets.Define("pause");
        await Set("pause-requests", Ratio("pause"));
        const string good = """requests_total{code="200",job="pause"}""";
        await Write(RemoteWriteBody.One(WrittenSeries.Of(good, budgets.Now.AddSeconds(-30), 10)));
        await Write(RemoteWriteBody.One(WrittenSeries.Of(good, budgets.Now.AddSeconds(-20), 15)));
        await budgets.Ana.DeleteAsync("/v1/slis/pause-requests/source", Stop);
        await Write(RemoteWriteBody.One(WrittenSeries.Of(good, budgets.Now.AddSeconds(-15), 500)));
        await Set("pause-requests", Ratio("pause"));
        await Write(RemoteWriteBody.One(WrittenSeries.Of(good, budgets.Now.AddSeconds(-10), 900)));
        await Write(RemoteWriteBody.One(WrittenSeries.Of(good, budgets.Now, 903)));
        Assert.Equal(8, (await budgets.Budget("pause")).Good);
    }

    private async Task<HttpResponseMessage> Set(string sli, SetSource terms)
    {
        var answer = await budgets.Ana.PutAsJsonAsync($"/v1/slis/{sli}/source", terms, Json.Options, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    private Task<HttpResponseMessage> Write(byte[] message, string type = "application/x-protobuf") =>
        budgets.Ana.PostAsync("/api/v1/write", RemoteWriteBody.Content(message, type), Stop);
}
