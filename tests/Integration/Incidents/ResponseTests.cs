using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Each door of the response room, over HTTP on the real servers.</summary>
public sealed class ResponseTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_declared_incident_is_answered_with_its_place_its_version_and_itself()
    {
        var answer = await platform.Ana.PostAsJsonAsync(
            "/v1/incidents",
            new DeclareIncident("checkout", Severity.Sev1, "Nobody can pay"),
            Json.Options,
            Stop
        );

        var view = await answer.Content.ReadFromJsonAsync<IncidentView>(Json.Options, Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/v1/incidents/{view!.Id}", answer.Headers.Location?.ToString());
        Assert.Equal("\"1\"", answer.Headers.ETag?.Tag);
        Assert.Equal((1L, "ana", IncidentStatus.Open), (view.Version, view.DeclaredBy, view.Status));
        Assert.Equal(view, await platform.Get<IncidentView>($"/v1/incidents/{view.Id}"));
        Assert.Equal(view, await platform.Get<IncidentView>($"/v1/incidents/INC-{view.Number}"));
    }

    [Fact]
    public async Task An_incident_lives_from_declared_to_resolved()
    {
        var incident = await platform.Declare("ledger");

        Assert.Equal("\"2\"", await Post(incident.Id, "acknowledge"));
        Assert.Equal("\"3\"", await Post(incident.Id, "severity", new ChangeSeverity(Severity.Sev1, "All regions")));
        Assert.Equal("\"4\"", await Post(incident.Id, "notes", new AddNote("Disk is full")));
        Assert.Equal("\"5\"", await Post(incident.Id, "mitigate", new MitigateIncident("Old logs removed")));
        Assert.Equal("\"6\"", await Post(incident.Id, "resolve", new ResolveIncident("Logs rotate again")));

        var view = await platform.Get<IncidentView>($"/v1/incidents/{incident.Id}");
        Assert.Equal((6L, IncidentStatus.Resolved, Severity.Sev1), (view.Version, view.Status, view.Severity));
        Assert.Equal(("ana", "Logs rotate again"), (view.Lead, view.Resolution));
        Assert.NotNull(view.MitigatedAt);
        Assert.NotNull(view.ResolvedAt);
    }

    [Fact]
    public async Task Who_acknowledges_what_somebody_leads_joins_and_the_timeline_says_so()
    {
        var incident = await platform.Declare("search");
        using var bo = platform.Service.Client("incidents:read incidents:write", "bo");
        Assert.Equal("\"2\"", await Post(incident.Id, "acknowledge"));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var answer = await bo.PostAsync($"/v1/incidents/{incident.Id}/acknowledge", null, Stop);
            Assert.Equal((HttpStatusCode.NoContent, "\"3\""), (answer.StatusCode, answer.Headers.ETag?.Tag));
        }

        var view = await platform.Get<IncidentView>($"/v1/incidents/{incident.Id}");
        Assert.Equal("ana", view.Lead);
        await Eventually.Holds(
            async () =>
                (await platform.Timeline($"incident=INC-{incident.Number}")).Items.Any(entry =>
                    entry is { Text: "bo is on it too; ana leads.", Actor: "bo" }
                ),
            "Bo joins, as everybody can read"
        );
    }

    [Fact]
    public async Task A_refusal_is_a_problem_with_a_code_a_sentence_and_a_trace()
    {
        var incident = await platform.Declare("mail");
        await Post(incident.Id, "resolve", new ResolveIncident("Sent"));

        var answer = await platform.Ana.PostAsync($"/v1/incidents/{incident.Id}/acknowledge", null, Stop);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("incident-resolved", problem.GetProperty("code").GetString());
        Assert.Contains("cannot be acknowledged", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(32, problem.GetProperty("traceId").GetString()?.Length);
    }

    [Fact]
    public async Task Acknowledging_at_the_same_time_without_a_version_succeeds_for_all_and_counts_once()
    {
        var incident = await platform.Declare("search");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Post(incident.Id, "acknowledge")));

        Assert.All(answers, tag => Assert.Equal("\"2\"", tag));
        Assert.Equal(2, (await platform.Events(incident.Id)).Count);
    }

    [Fact]
    public async Task A_stale_version_is_told_so_and_nothing_is_stored()
    {
        var incident = await platform.Declare("images");
        await Post(incident.Id, "notes", new AddNote("One"));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/incidents/{incident.Id}/acknowledge");
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");

        var answer = await platform.Ana.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal(2, (await platform.Events(incident.Id)).Count);
    }

    [Fact]
    public async Task The_same_idempotency_key_finds_the_same_incident_and_another_body_is_refused()
    {
        var first = await Keyed("Nobody can pay");
        var again = await Keyed("Nobody can pay");
        var other = await Keyed("Somebody can pay");

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);

        async Task<HttpResponseMessage> Keyed(string title)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/incidents");
            request.Headers.Add("Idempotency-Key", "page-4711");
            request.Content = JsonContent.Create(
                new DeclareIncident("payments", Severity.Sev2, title),
                options: Json.Options
            );
            return await platform.Ana.SendAsync(request, Stop);
        }
    }

    [Theory]
    [InlineData("""{"service":"","severity":"sev1","title":"x"}""")]
    [InlineData("""{"service":"checkout","title":"No severity is not SEV-1"}""")]
    [InlineData("""{"service":"checkout","severity":"huge","title":"x"}""")]
    [InlineData("""{"service":"checkout","severity":"sev1"}""")]
    [InlineData("not json")]
    public async Task What_cannot_be_an_incident_is_malformed(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await platform.Ana.PostAsync("/v1/incidents", content, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("malformed", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_board_is_paged_newest_first_and_filtered()
    {
        var numbers = new List<long>();
        for (var i = 0; i < 5; i++)
            numbers.Add((await platform.Declare("paged")).Number);
        var resolved = await platform.Declare("paged");
        await Post(resolved.Id, "resolve", new ResolveIncident("Done"));

        var first = await platform.Get<Page<IncidentView>>("/v1/incidents?service=paged&status=open&limit=3");
        var second = await platform.Get<Page<IncidentView>>(
            $"/v1/incidents?service=paged&status=open&limit=3&after={first.Next}"
        );

        numbers.Reverse();
        Assert.Equal(numbers, first.Items.Concat(second.Items).Select(i => i.Number));
        Assert.Null(second.Next);
        var over = await platform.Get<Page<IncidentView>>("/v1/incidents?service=paged&status=resolved");
        Assert.Equal(resolved.Id, Assert.Single(over.Items).Id);
    }

    [Fact]
    public async Task What_is_wrong_is_named_as_it_was_sent()
    {
        const string body = """{"service":"checkout","severity":"sev1","title":""}""";
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await platform.Ana.PostAsync("/v1/incidents", content, Stop);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var error = Assert.Single(problem.GetProperty("errors").EnumerateObject());
        Assert.Equal("title", error.Name);
        Assert.Contains("title", error.Value[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("malformed", problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/v1/incidents/INC-99999", HttpStatusCode.NotFound)]
    [InlineData("/v1/incidents/nonsense", HttpStatusCode.NotFound)]
    [InlineData("/v1/incidents?status=sleepy", HttpStatusCode.BadRequest)]
    [InlineData("/v1/incidents?after=%21", HttpStatusCode.BadRequest)]
    [InlineData("/v1/incidents?limit=501", HttpStatusCode.BadRequest)]
    [InlineData("/v1/timeline", HttpStatusCode.BadRequest)]
    [InlineData("/v1/timeline?incident=INC-99999", HttpStatusCode.NotFound)]
    [InlineData("/v1/timeline?service=checkout&after=abc", HttpStatusCode.BadRequest)]
    [InlineData("/v1/timeline?service=checkout&knownAt=yesterday", HttpStatusCode.BadRequest)]
    public async Task What_is_not_there_or_not_understood_is_said_so(string address, HttpStatusCode status)
    {
        var answer = await platform.Ana.GetAsync(address, Stop);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_documented_shape_is_open_to_everybody()
    {
        using var nobody = platform.Service.Client("");
        var document = await nobody.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.True(operation.Value.TryGetProperty("summary", out _), $"{path.Name} has no summary");
                Assert.True(operation.Value.TryGetProperty("tags", out _), $"{path.Name} has no tag");
            }
        }
    }

    private async Task<string?> Post(Guid id, string action, object? body = null)
    {
        using var content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json.Options);
        var answer = await platform.Ana.PostAsync($"/v1/incidents/{id}/{action}", content, Stop);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        return answer.Headers.ETag?.Tag;
    }
}
