using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Gates as foreign tools ask them.</summary>
public sealed class GateShapeTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    // From the page: how an AnalysisTemplate reads and judges an answer.
    private static readonly string JsonPath = FromPage("jsonPath");
    private static readonly string SuccessCondition = FromPage("successCondition");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Argo_Rollouts_reads_the_answer_by_its_path_and_condition(string method)
    {
        var name = $"argo-{method.ToLowerInvariant()}";
        await budgets.Define(name, service: name);
        await budgets.Count(name, TimeSpan.FromDays(1), 99_980, 20);
        Assert.True(Argo.Judge(await Measure(method, name, "1"), JsonPath, SuccessCondition));
        await budgets.Count(name, TimeSpan.FromDays(1), 0, 71);
        Assert.False(Argo.Judge(await Measure(method, name, "2"), JsonPath, SuccessCondition));
        await budgets.Count(name, TimeSpan.FromDays(1), 0, 20);
        Assert.False(Argo.Judge(await Measure(method, name, "3"), JsonPath, SuccessCondition));
    }

    [Fact]
    public void The_page_shows_the_path_and_the_condition() =>
        Assert.Equal(("{$.data}", "result.ok && result.remaining >= 0.1"), (JsonPath, SuccessCondition));

    [Fact]
    public async Task Everything_of_the_answer_is_one_object_and_numbers_are_numbers()
    {
        await budgets.Define("shape", service: "shape");
        await budgets.Count("shape", TimeSpan.FromSeconds(20), 99_980, 20);
        using var answer = JsonDocument.Parse(await Measure("POST", "shape", "1"));
        var data = answer.RootElement.GetProperty("data");
        Assert.Equal("allow", data.GetProperty("decision").GetString());
        Assert.True(data.GetProperty("ok").GetBoolean());
        Assert.Equal(0.8m, data.GetProperty("remaining").GetDecimal());
        Assert.Equal(0.2m, data.GetProperty("burn1h").GetDecimal());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("exhaustedAt").ValueKind);
        Assert.Equal("built-in@1", data.GetProperty("policy").GetString());
        Assert.Equal(budgets.Now.AddMinutes(5), data.GetProperty("validUntil").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.String, data.GetProperty("watermark").ValueKind);
        Assert.Equal(JsonValueKind.Array, data.GetProperty("reasons").ValueKind);
        Assert.True(Guid.TryParse(data.GetProperty("decisionId").GetString(), out _));
    }

    [Fact]
    public async Task The_shape_of_the_research_page_is_taken_with_its_key_in_the_body()
    {
        const string body = """
            {"action":"deploy","ref":"sha","environment":"prod","requestedBy":"somebody","expectedSpend":"0.02","idempotencyKey":"k-1"}
            """;
        var first = await Decide(body);
        Assert.Equal(("ana", 0.02m, "k-1"), (first.By, first.ExpectedSpend, first.IdempotencyKey));
        Assert.Equal(first.DecisionId, (await Decide(body)).DecisionId);
        var other = await Send(body.Replace("\"sha\"", "\"other\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Theory]
    [InlineData("action=dance&ref=1&environment=production")]
    [InlineData("action=deploy&environment=production")]
    [InlineData("action=deploy&ref=&environment=production")]
    [InlineData("action=deploy&ref=1&environment=production&expectedSpend=2")]
    public async Task An_address_that_asks_nothing_whole_is_malformed(string query)
    {
        var answer = await budgets.Ana.GetAsync($"/v1/gates/shape/ask?{query}", Stop);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "malformed"),
            (answer.StatusCode, await BudgetsService.CodeOf(answer))
        );
    }

    private async Task<GateDecision> Decide(string body) =>
        (await (await Send(body)).Content.ReadFromJsonAsync<GateAnswer>(Steady.Contracts.Json.Options, Stop))!.Data;

    private Task<HttpResponseMessage> Send(string body) =>
        budgets.Ana.PostAsync(
            "/v1/gates/keyed/decisions",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
            Stop
        );

    private static string FromPage(string field)
    {
        var page = File.ReadAllText(Steady.Tests.Support.Repository.File("docs", "budgets-gates.md"));
        var start = page.IndexOf($"{field}: \"", StringComparison.Ordinal) + field.Length + 3;
        return page[start..page.IndexOf('"', start)];
    }

    // What the web metric of Argo Rollouts sends: its method, the headers of the template, the jsonBody of the template.
    private async Task<string> Measure(string method, string service, string release)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/v1/gates/{service}/decisions");
        request.Headers.UserAgent.ParseAdd("Go-http-client/1.1");
        if (method == "GET")
            request.RequestUri = new Uri(
                $"/v1/gates/{service}/ask?action=deploy&ref={release}&environment=production",
                UriKind.Relative
            );
        else
            request.Content = new StringContent(
                $$"""{"action":"deploy","environment":"production","ref":"{{release}}"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            );
        using var answer = await budgets.Ana.SendAsync(request, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}

/// <summary>As much of Argo's measuring as the page uses: one object by path, comparisons joined by and.</summary>
internal static class Argo
{
    public static bool Judge(string answer, string jsonPath, string condition)
    {
        using var document = JsonDocument.Parse(answer);
        var result = document.RootElement;
        foreach (var name in jsonPath.Trim('{', '}').TrimStart('$').Split('.', StringSplitOptions.RemoveEmptyEntries))
            result = result.GetProperty(name);
        Assert.Equal(JsonValueKind.Object, result.ValueKind);
        return condition.Split("&&").Select(term => term.Trim().Split(' ')).All(term => Holds(result, term));
    }

    private static bool Holds(JsonElement result, string[] term)
    {
        var value = result.GetProperty(term[0]["result.".Length..]);
        return term.Length == 1
            ? value.GetBoolean()
            : term[1] == ">="
                && value.GetDecimal() >= decimal.Parse(term[2], System.Globalization.CultureInfo.InvariantCulture);
    }
}
