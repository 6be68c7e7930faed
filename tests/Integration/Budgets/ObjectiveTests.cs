using System.Net;
using System.Net.Http.Json;
using System.Text;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Tests.Integration.Support;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>The doors of the objectives, and that no door of the service is open.</summary>
public sealed class ObjectiveTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_door_asks_for_a_token_with_a_scope() => Doors.AreClosed(budgets.Service);

    [Fact]
    public async Task A_document_in_yaml_becomes_an_objective()
    {
        var answer = await Post(BudgetsService.Yaml(BudgetsService.Document("checkout-availability", "checkout")));

        var view = (await answer.Content.ReadFromJsonAsync<ObjectiveView>(Json.Options, Stop))!;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/v1/objectives/{view.Id}", answer.Headers.Location?.ToString());
        Assert.Equal("\"1\"", answer.Headers.ETag?.Tag);
        Assert.Equal(("checkout-availability-requests", 0.999m, "30d"), (view.Sli, view.Target, view.Window));
        Assert.Equal(("Checkouts succeed", "ana", budgets.Now), (view.DisplayName, view.By, view.DefinedAt));
        Assert.Equivalent(view, await budgets.Get<ObjectiveView>($"/v1/objectives/{view.Id}"), strict: true);
        Assert.Equivalent(view, await budgets.Get<ObjectiveView>("/v1/objectives/checkout-availability"), strict: true);
    }

    [Fact]
    public async Task A_document_in_json_is_the_same()
    {
        const string json = """
            {"apiVersion":"openslo/v1","kind":"SLO","metadata":{"name":"from-json"},"spec":{"service":"mail",
            "indicatorRef":"mail-requests","timeWindow":[{"duration":"4w","isRolling":true}],
            "budgetingMethod":"Occurrences","objectives":[{"targetPercent":99.95}]}}
            """;
        var answer = await Post(new StringContent(json, Encoding.UTF8, "application/json"));

        var view = (await answer.Content.ReadFromJsonAsync<ObjectiveView>(Json.Options, Stop))!;
        Assert.Equal(
            ("mail-requests", 0.9995m, "4w", "from-json"),
            (view.Sli, view.Target, view.Window, view.DisplayName)
        );
    }

    [Fact]
    public async Task The_same_document_again_is_the_same_answer_and_another_one_is_refused()
    {
        var first = await budgets.Define("again");
        var reformatted = BudgetsService.Document("again", "again") + "\n# a comment changes nothing\n";
        var second = await Post(BudgetsService.Yaml(reformatted));
        var other = await Post(BudgetsService.Yaml(BudgetsService.Document("again", "again", "0.99")));

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equivalent(
            first,
            await second.Content.ReadFromJsonAsync<ObjectiveView>(Json.Options, Stop),
            strict: true
        );
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal("already-exists", await BudgetsService.CodeOf(other));
        Assert.Equal(0.999m, (await budgets.Get<ObjectiveView>("/v1/objectives/again")).Target);
    }

    [Fact]
    public async Task A_document_with_mistakes_is_told_all_of_them_and_nothing_is_stored()
    {
        var wrong = BudgetsService
            .Document("wrong", "", "1.5")
            .Replace("isRolling: true", "isRolling: false", StringComparison.Ordinal)
            .Replace("service: ", "service: ''", StringComparison.Ordinal);
        var answer = await Post(BudgetsService.Yaml(wrong));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<Refused>(Json.Options, Stop))!;
        Assert.Equal("openslo-invalid", problem.Code);
        Assert.Equal(
            [
                ("spec.service", "required"),
                ("spec.timeWindow[0]", "calendar_missing"),
                ("spec.objectives[0].target", "less_than"),
            ],
            problem.Findings.Select(finding => (finding.Path, finding.Rule!))
        );
        Assert.All(problem.Findings, finding => Assert.NotNull(finding.Line));
        Assert.Equal(HttpStatusCode.NotFound, (await budgets.Ana.GetAsync("/v1/objectives/wrong", Stop)).StatusCode);
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        var answer = await Post(new StringContent("hello", Encoding.UTF8, "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task A_list_goes_page_by_page()
    {
        foreach (var name in (string[])["page-a", "page-b", "page-c"])
            await budgets.Define(name);

        var names = new List<string>();
        for (string? next = null; ; )
        {
            var page = await budgets.Get<Page<ObjectiveView>>($"/v1/objectives?limit=2&after={next}");
            Assert.True(page.Items.Count <= 2);
            names.AddRange(page.Items.Select(item => item.Name));
            if ((next = page.Next) is null)
                break;
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All((string[])["page-a", "page-b", "page-c"], name => Assert.Contains(name, names));
        foreach (var query in (string[])["limit=501", "limit=0", "after=nothing"])
        {
            var refused = await budgets.Ana.GetAsync($"/v1/objectives?{query}", Stop);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task The_service_describes_itself()
    {
        using var nobody = budgets.Service.Client("");
        var description = await nobody.GetStringAsync("/openapi/v1.json", Stop);
        foreach (var part in (string[])["/v1/slis/{sli}/counts", "checkout-638991", "- target: 0.999", "\"1.4.2\""])
            Assert.Contains(part, description, StringComparison.Ordinal);
        Assert.Contains("Healthy", await nobody.GetStringAsync("/health", Stop), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> Post(HttpContent document) =>
        budgets.Ana.PostAsync("/v1/objectives", document, Stop);

    private sealed record Refused(string Code, IReadOnlyList<Finding> Findings);
}
