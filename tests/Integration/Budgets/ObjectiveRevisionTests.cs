using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Objectives through their doors: applied, revised, retired, written out again.</summary>
public sealed class ObjectiveRevisionTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_document_is_a_revision_and_the_old_one_stays_beside_it()
    {
        var created = await Put("revised", "0.999");
        Assert.Equal((HttpStatusCode.Created, "\"1\""), (created.StatusCode, created.Headers.ETag?.Tag));
        var before = budgets.Now;
        budgets.Clock.Advance(TimeSpan.FromHours(1));
        var revised = await Put("revised", "0.99");
        var again = await Put("revised", "0.99");

        Assert.Equal((HttpStatusCode.OK, "\"2\""), (revised.StatusCode, revised.Headers.ETag?.Tag));
        Assert.Equal("\"2\"", again.Headers.ETag?.Tag);
        var view = (await revised.Content.ReadFromJsonAsync<ObjectiveView>(Json.Options, Stop))!;
        Assert.Equal((0.99m, 2, budgets.Now), (view.Target, view.Revision, view.RevisedAt));
        var revisions = await budgets.Get<IReadOnlyList<ObjectiveRevision>>("/v1/objectives/revised/revisions");
        Assert.Equal(
            [(1, 0.999m, before, budgets.Now), (2, 0.99m, budgets.Now, (DateTimeOffset?)null)],
            revisions.Select(r => (r.Revision, r.Terms.Target, r.From, r.Until))
        );
        Assert.Equal(0.99m, (await budgets.Budget("revised")).Target);
    }

    [Fact]
    public async Task Figures_of_an_old_revision_stay_askable()
    {
        await Put("figures", "0.999");
        await budgets.Count("figures", TimeSpan.FromMinutes(5), 999_000, 500);
        budgets.Clock.Advance(TimeSpan.FromHours(1));
        await Put("figures", "0.99");
        await budgets.Count("figures", TimeSpan.FromSeconds(-10), 500, 500);
        budgets.Clock.Advance(TimeSpan.FromMinutes(1));

        var revisions = await budgets.Get<IReadOnlyList<ObjectiveRevision>>("/v1/objectives/figures/revisions");
        Assert.Equal(
            [(500L, 0.49975m), (1_000L, 0.90005m)],
            revisions.Select(r => (r.Figures!.Bad, r.Figures.Remaining!.Value))
        );
    }

    [Fact]
    public async Task What_a_revision_ended_with_stays_what_it_was_and_late_counts_stand_beside_it()
    {
        await Put("frozen", "0.999");
        await budgets.Count("frozen", TimeSpan.FromMinutes(5), 999_000, 500);
        await Put("frozen", "0.99");
        await budgets.Count("frozen", TimeSpan.FromMinutes(5), 0, 100);

        var ended = (await budgets.Get<IReadOnlyList<ObjectiveRevision>>("/v1/objectives/frozen/revisions"))[0];
        Assert.Equal((500L, 600L), (ended.Figures!.Bad, ended.Recounted?.Bad));
    }

    [Fact]
    public async Task A_text_is_stored_whole_or_not_at_all_and_every_refusal_is_told()
    {
        await budgets.Define("ended-a");
        await budgets.Define("ended-b");
        foreach (var name in (string[])["ended-a", "ended-b"])
            await budgets.Ana.PostAsync($"/v1/objectives/{name}/retire", null, Stop);
        var text = string.Join(
            "\n---\n",
            ((string[])["whole-new", "ended-a", "ended-b"]).Select(name => BudgetsService.Document(name, "shop", "0.9"))
        );
        var answer = await budgets.Ana.PutAsync("/v1/objectives", BudgetsService.Yaml(text), Stop);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<Refused>(Json.Options, Stop))!;
        Assert.Equal("objective-retired", problem.Code);
        Assert.Equal(
            ["objects[1].metadata.name", "objects[2].metadata.name"],
            problem.Findings.Select(finding => finding.Path)
        );
        var none = await budgets.Ana.GetAsync("/v1/objectives/whole-new", Stop);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Slices_and_calendars_are_defined_and_kept()
    {
        var text = BudgetsService
            .Document("by-slices", "shop")
            .Replace(
                "isRolling: true",
                "isRolling: false\n      calendar: { startTime: 2026-01-01 00:00:00, timeZone: Europe/Berlin }",
                StringComparison.Ordinal
            )
            .Replace("30d", "1M", StringComparison.Ordinal)
            .Replace("Occurrences", "Timeslices", StringComparison.Ordinal)
            .Replace(
                "target: 0.999",
                "target: 0.999\n      timeSliceTarget: 0.95\n      timeSliceWindow: 5m",
                StringComparison.Ordinal
            );
        var answer = await budgets.Ana.PostAsync("/v1/objectives", BudgetsService.Yaml(text), Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        var view = await budgets.Get<ObjectiveView>("/v1/objectives/by-slices");
        Assert.Equal((BudgetingMethod.Timeslices, "1M"), (view.Terms!.Method, view.Window));
        Assert.Equal(new CalendarTerms("2026-01-01 00:00:00", "Europe/Berlin"), view.Terms.Windows[0].Calendar);
        Assert.Equal("by-slices", (await budgets.Budget("by-slices")).Objective);
    }

    [Theory]
    [InlineData("page 1h/5m 2000", "metadata.annotations['steady.dev/burn-rules']", "alert_unreachable")]
    [InlineData("page 1h/2h 14.4", "metadata.annotations['steady.dev/burn-rules']", "not_computed")]
    public async Task An_alert_that_cannot_open_is_refused_with_its_derivation(string rule, string path, string name)
    {
        var text = BudgetsService
            .Document("unreachable", "shop")
            .Replace(
                "  displayName: Checkouts succeed",
                $"  annotations: {{ steady.dev/burn-rules: {rule} }}",
                StringComparison.Ordinal
            );
        var answer = await budgets.Ana.PostAsync("/v1/objectives", BudgetsService.Yaml(text), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<Refused>(Json.Options, Stop))!;
        var finding = Assert.Single(problem.Findings);
        Assert.Equal((path, name), (finding.Path, finding.Rule));
    }

    [Fact]
    public async Task A_revision_that_was_not_seen_is_not_overwritten()
    {
        await Put("seen", "0.999");
        await Put("seen", "0.99");
        var stale = await Put("seen", "0.98", version: "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Put("seen", "0.98", version: "\"2\"")).StatusCode);
    }

    [Fact]
    public async Task What_is_written_as_new_is_refused_where_something_is()
    {
        Assert.Equal(HttpStatusCode.Created, (await Put("first", "0.99", version: "\"0\"")).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Put("first", "0.98", version: "\"0\"")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Put("second", "0.99", version: "\"1\"")).StatusCode);
        // One of two that is there already keeps the other from being stored.
        var both = $"{BudgetsService.Document("second", "shop")}\n---\n{BudgetsService.Document("first", "shop")}";
        var request = new HttpRequestMessage(HttpMethod.Put, "/v1/objectives") { Content = BudgetsService.Yaml(both) };
        request.Headers.IfMatch.Add(new EntityTagHeaderValue("\"0\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await budgets.Ana.SendAsync(request, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await Put("second", "0.99", version: "\"0\"")).StatusCode);
    }

    [Fact]
    public async Task The_address_and_the_document_name_the_same_objective()
    {
        var document = BudgetsService.Yaml(BudgetsService.Document("this", "shop"));
        var answer = await budgets.Ana.PutAsync("/v1/objectives/that", document, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("name_differs", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retired_objective_keeps_its_figures_and_takes_nothing_new()
    {
        await budgets.Define("retired");
        await budgets.Count("retired", TimeSpan.FromMinutes(5), 990, 10);
        for (var i = 0; i < 2; i++)
        {
            var answer = await budgets.Ana.PostAsync("/v1/objectives/retired/retire", null, Stop);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        var view = await budgets.Get<ObjectiveView>("/v1/objectives/retired");
        Assert.NotNull(view.RetiredAt);
        Assert.Equal(10, (await budgets.Budget("retired")).Bad);
        var ask = new AskGate(GateAction.Deploy, "v1", "production");
        var gate = await budgets.Ana.PostAsJsonAsync("/v1/gates/retired/decisions", ask, Json.Options, Stop);
        Assert.True((await gate.Content.ReadFromJsonAsync<GateAnswer>(Json.Options, Stop))!.Data.Ok);
        Assert.Equal("objective-retired", await BudgetsService.CodeOf(await Put("retired", "0.9")));
        var same = BudgetsService.Yaml(BudgetsService.Document("retired", "retired"));
        Assert.Equal(
            "objective-retired",
            await BudgetsService.CodeOf(await budgets.Ana.PostAsync("/v1/objectives", same, Stop))
        );
        var none = await budgets.Ana.PostAsync("/v1/objectives/nothing/retire", null, Stop);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task What_is_written_out_defines_the_same_objective()
    {
        var document = BudgetsService.Document("written", "shop");
        await budgets.Ana.PostAsync("/v1/objectives", BudgetsService.Yaml(document), Stop);
        var yaml = await Exported("written", "application/yaml");
        var json = await Exported("written", "application/json");
        Assert.StartsWith("apiVersion: openslo/v1\nkind: SLO\n", yaml, StringComparison.Ordinal);
        foreach (var (text, type) in new[] { (yaml, "application/yaml"), (json, "application/json") })
        {
            var content = new StringContent(text, Encoding.UTF8, type);
            var answer = await budgets.Ana.PutAsync("/v1/objectives/written", content, Stop);
            Assert.Equal((HttpStatusCode.OK, "\"1\""), (answer.StatusCode, answer.Headers.ETag?.Tag));
        }
    }

    [Fact]
    public async Task A_stream_is_applied_object_by_object()
    {
        var text = $"""
            {BudgetsService.Document("stream-a", "shop")}
            ---
            apiVersion: openslo.com/v2alpha
            kind: SLO
            metadata:
              name: stream-b
            spec:
              serviceRef: shop
              sliRef: stream-b-requests
              timeWindow:
                - duration: 4w
                  isRolling: true
              budgetingMethod: Occurrences
              objectives:
                - displayName: Good
                  target: 0.99
                - displayName: Very good
                  target: 0.999
            """;
        Assert.Equal(["created", "created", "created"], (await Applied(text)).Items.Select(item => item.Outcome));
        var again = await Applied(text.Replace("target: 0.99\n", "target: 0.98\n", StringComparison.Ordinal));
        Assert.Equal(
            [("unchanged", "stream-a"), ("revised", "stream-b-good"), ("unchanged", "stream-b-very-good")],
            again.Items.Select(item => (item.Outcome, item.Objective.Name))
        );
        var posted = await budgets.Ana.PostAsync("/v1/objectives", BudgetsService.Yaml(text), Stop);
        Assert.Equal(HttpStatusCode.Conflict, posted.StatusCode);
    }

    [Fact]
    public async Task A_lenient_reader_tells_what_it_put_right()
    {
        var old = BudgetsService
            .Document("lenient", "shop")
            .Replace("name: lenient\n", "name: Lenient_One\n", StringComparison.Ordinal);
        var strict = await budgets.Ana.PostAsync("/v1/objectives", BudgetsService.Yaml(old), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, strict.StatusCode);
        var lenient = await budgets.Ana.PostAsync("/v1/objectives?mode=lenient", BudgetsService.Yaml(old), Stop);
        Assert.True(lenient.IsSuccessStatusCode, await lenient.Content.ReadAsStringAsync(Stop));
        var view = (await lenient.Content.ReadFromJsonAsync<ObjectiveView>(Json.Options, Stop))!;
        Assert.Equal("lenient-one", view.Name);
        Assert.Equal(("metadata.name", "name_normalised"), (view.Repairs![0].Path, view.Repairs[0].Rule));
    }

    [Fact]
    public async Task A_document_is_judged_without_being_stored()
    {
        var unreachable = BudgetsService.Yaml(BudgetsService.Document("unreachable", "shop", "0.1"));
        var answer = await budgets.Ana.PostAsync("/v1/objectives/lint", unreachable, Stop);
        var lint = (await answer.Content.ReadFromJsonAsync<LintAnswer>(Json.Options, Stop))!;
        Assert.Equal("valid", lint.Verdict);
        Assert.Equal("spec.objectives[0].target", Assert.Single(lint.Refusals!).Path);
        var missing = await budgets.Ana.GetAsync("/v1/objectives/unreachable", Stop);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private sealed record Refused(string Code, IReadOnlyList<Finding> Findings);

    private Task<HttpResponseMessage> Put(string name, string target, string? version = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/objectives/{name}")
        {
            Content = BudgetsService.Yaml(BudgetsService.Document(name, "shop", target)),
        };
        if (version is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(version));
        return budgets.Ana.SendAsync(request, Stop);
    }

    private async Task<AppliedObjectives> Applied(string text)
    {
        var answer = await budgets.Ana.PutAsync("/v1/objectives", BudgetsService.Yaml(text), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<AppliedObjectives>(Json.Options, Stop))!;
    }

    private async Task<string> Exported(string name, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/objectives/{name}/export");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        var answer = await budgets.Ana.SendAsync(request, Stop);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}
