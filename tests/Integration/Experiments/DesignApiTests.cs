using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Tests.Integration.Support;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

public sealed class DesignApiTests(Stage stage) : IClassFixture<Stage>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Sample => File.ReadAllText(Repository.File("samples", "experiments", "slow-ledger.yaml"));

    [Fact]
    public Task No_door_is_open_and_a_token_alone_opens_none() => Doors.AreClosed(stage.Service);

    [Fact]
    public async Task The_shape_of_a_design_is_told_also_before_any_was_read()
    {
        using var answer = await stage.Http.GetAsync(new Uri("/v1/schemas/experiment", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"steadyState\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_design_goes_from_draft_to_frozen()
    {
        using var first = await Post(Sample);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("\"1\"", first.Headers.ETag!.Tag);
        var drafted = (await first.Content.ReadFromJsonAsync<ExperimentView>(Json.Options, Stop))!;
        Assert.Equal($"/v1/experiments/{drafted.Id}", first.Headers.Location!.ToString());

        using var same = await Post(Sample);
        Assert.Equal((HttpStatusCode.OK, "\"1\""), (same.StatusCode, same.Headers.ETag!.Tag));
        using var unfrozen = await stage.Http.PostAsync($"/v1/experiments/{drafted.Id}/runs", null, Stop);
        Assert.Equal((HttpStatusCode.Conflict, "design-not-frozen"), (unfrozen.StatusCode, await Code(unfrozen)));
        var changed = Sample.Replace("holdSeconds: 4", "holdSeconds: 5", StringComparison.Ordinal);
        using var second = await Post(changed);
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (second.StatusCode, second.Headers.ETag!.Tag));

        using var frozen = await stage.Http.PostAsync("/v1/experiments/slow-ledger/freeze", null, Stop);
        var view = (await frozen.Content.ReadFromJsonAsync<ExperimentView>(Json.Options, Stop))!;
        Assert.Equal(64, view.FrozenHash!.Length);
        using var late = await Post(Sample);
        Assert.Equal((HttpStatusCode.Conflict, "design-frozen"), (late.StatusCode, await Code(late)));
        using var again = await Post(changed);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var byName = await stage.Http.GetFromJsonAsync<ExperimentView>(
            "/v1/experiments/slow-ledger",
            Json.Options,
            Stop
        );
        Assert.Equal((view.Id, view.FrozenHash, 3), (byName!.Id, byName.FrozenHash, byName.Version));
    }

    [Fact]
    public async Task A_design_is_judged_before_anything_of_it_is_kept()
    {
        var mine = Sample.Replace("name: slow-ledger", "name: judged", StringComparison.Ordinal);
        var fine = await Lint(mine);
        Assert.True(fine.Accepted);
        Assert.Contains(fine.Findings, one => one.Code == "no-reserve");
        Assert.Contains(fine.Findings, one => one.Code == "topology-missing");
        Assert.NotNull(fine.LastsSeconds);
        using var none = await stage.Http.GetAsync("/v1/experiments/judged", Stop);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        var wrong = await Lint(mine.Replace("magnitude: 400", "magnitude: 5", StringComparison.Ordinal));
        Assert.False(wrong.Accepted);
        Assert.Equal("ladder.rungs[3].magnitude", Assert.Single(wrong.Findings).Path);

        (await Post(mine)).Dispose();
        using (var frozen = await stage.Http.PostAsync("/v1/experiments/judged/freeze", null, Stop))
            frozen.EnsureSuccessStatusCode();
        var late = await Lint(mine.Replace("holdSeconds: 4", "holdSeconds: 5", StringComparison.Ordinal));
        Assert.Equal((false, "design-frozen"), (late.Accepted, late.Findings[0].Code));
    }

    [Fact]
    public async Task A_bad_design_is_refused_whole_with_the_place_of_each_finding()
    {
        using var answer = await Post(
            Sample
                .Replace("name: slow-ledger", "name: bad", StringComparison.Ordinal)
                .Replace("magnitude: 400", "magnitude: 5", StringComparison.Ordinal)
                .Replace("- payments", "- ledger", StringComparison.Ordinal)
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("design-invalid", problem.GetProperty("code").GetString());
        Assert.Equal(
            ["blastRadius.services[1]", "ladder.rungs[3].magnitude"],
            problem.GetProperty("errors").EnumerateObject().Select(place => place.Name).Order(StringComparer.Ordinal)
        );
        using var none = await stage.Http.GetAsync("/v1/experiments/bad", Stop);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_stale_version_freezes_nothing()
    {
        using var drafted = await Post(Sample.Replace("name: slow-ledger", "name: stale", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/experiments/stale/freeze");
        request.Headers.IfMatch.Add(new EntityTagHeaderValue("\"7\""));
        using var answer = await stage.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        stage.BudgetLeft = false;
        for (var n = 0; n < 3; n++)
            await stage.Begin(stage.Design($"page-{n}", new Rung(FaultKind.Latency, 50)));
        var names = new List<string>();
        for (string? next = "page-"; next is not null; )
        {
            var page = await Get<Page<ExperimentView>>($"/v1/experiments?limit=2&after={next}");
            names.AddRange(page.Items.Select(item => item.Design.Name));
            next = page.Next;
        }

        Assert.Equal(
            ["page-0", "page-1", "page-2"],
            names.Where(name => name.StartsWith("page-", StringComparison.Ordinal))
        );
        var runs = new List<string>();
        for (var cursor = ""; cursor is not null; )
        {
            var page = await Get<Page<RunView>>($"/v1/runs?limit=1{cursor}");
            runs.AddRange(page.Items.Select(item => item.Experiment));
            cursor = page.Next is null ? null : $"&after={Uri.EscapeDataString(page.Next)}";
        }

        Assert.Equal(["page-2", "page-1", "page-0"], runs);
        Assert.Empty((await Get<Page<RunView>>("/v1/runs?state=active")).Items);
        foreach (var bad in new[] { "limit=0", "state=red", "after=x" })
        {
            using var answer = await stage.Http.GetAsync($"/v1/runs?{bad}", Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        using var nobody = stage.Service.Client("");
        var document = await nobody.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop);
        var operations = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .ToList();
        Assert.NotEmpty(operations);
        Assert.All(
            operations,
            operation =>
                Assert.True(
                    operation.Value.TryGetProperty("summary", out _) && operation.Value.TryGetProperty("tags", out _)
                )
        );
        Assert.Contains("application/yaml", document.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString();

    private async Task<T> Get<T>(string path) => (await stage.Http.GetFromJsonAsync<T>(path, Json.Options, Stop))!;

    private async Task<DesignLint> Lint(string document)
    {
        using var body = new StringContent(document, MediaTypeHeaderValue.Parse("application/yaml"));
        using var answer = await stage.Http.PostAsync("/v1/experiments/lint", body, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<DesignLint>(Json.Options, Stop))!;
    }

    private Task<HttpResponseMessage> Post(string yaml) =>
        stage.Http.PostAsync(
            "/v1/experiments",
            new StringContent(yaml, new MediaTypeHeaderValue("application/yaml")),
            Stop
        );
}
