using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>The doors of an incident's life beyond the straight way, over HTTP and the broker on the real servers.</summary>
public sealed class LifecycleTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_looked_at_is_listed_apart_and_is_accepted_or_declined()
    {
        var real = await Declare("triage-a", triage: true);
        var none = await Declare("triage-a", triage: true);
        Assert.Equal(IncidentStatus.Triage, real.Status);
        Assert.Equal(2, (await List("service=triage-a&status=triage")).Count);

        await Done(real.Id, "accept");
        await Done(none.Id, "decline", new DeclineIncident("A test order."));

        Assert.Equal([real.Id], (await List("service=triage-a&status=open")).Select(one => one.Id));
        var declined = Assert.Single(await List("service=triage-a&status=declined"));
        Assert.Equal((none.Id, "A test order."), (declined.Id, declined.Resolution));
        Assert.NotNull(declined.ClosedAt);
        Assert.Equal("incident-declined", await Refused(none.Id, "resolve", new ResolveIncident("x")));
    }

    [Fact]
    public async Task What_was_over_goes_on_and_its_spans_are_listed()
    {
        var incident = await Declare("reopened");
        Assert.Equal("incident-not-resolved", await Refused(incident.Id, "close"));
        await Done(incident.Id, "resolve", new ResolveIncident("Done."));
        await Done(incident.Id, "close");
        await Done(incident.Id, "reopen", new ReopenIncident("It is back."));
        var back = await platform.Get<IncidentView>($"/v1/incidents/{incident.Id}");
        Assert.Equal((IncidentStatus.Open, null, null), (back.Status, back.ResolvedAt, back.ClosedAt));
        Assert.Null(Assert.Single(back.Reopened!).To);

        await Done(incident.Id, "resolve", new ResolveIncident("Now really."));

        var over = await platform.Get<IncidentView>($"/v1/incidents/{incident.Id}");
        var span = Assert.Single(over.Reopened!);
        Assert.Equal(("It is back.", over.ResolvedAt), (span.Reason, span.To));
    }

    [Fact]
    public async Task Of_two_that_are_one_the_second_has_alerts_and_story_and_the_first_says_where_to_go()
    {
        var alert = Messages.Alert("merged-a", TimeProvider.System.GetUtcNow());
        await platform.Publish(alert);
        var from = (await Eventually.Answers(() => List("service=merged-a"), found => found.Count == 1))[0];
        await Done(from.Id, "notes", new AddNote("Seen before it was merged"));
        var into = await Declare("merged-b");
        var before = TimeProvider.System.GetUtcNow();

        await Done(from.Id, "merge", new MergeIncident($"INC-{into.Number}", "One outage."));
        await Done(from.Id, "merge", new MergeIncident($"{into.Id}", "One outage."));

        var merged = await platform.Get<IncidentView>($"/v1/incidents/INC-{from.Number}");
        Assert.Equal(
            (IncidentStatus.Merged, into.Id, into.Number),
            (merged.Status, merged.MergedInto!.Value, merged.MergedIntoNumber!.Value)
        );
        Assert.Equal("incident-merged", await Refused(from.Id, "notes", new AddNote("Too late")));
        var survivor = await platform.Get<IncidentView>($"/v1/incidents/{into.Id}");
        Assert.Equal(from.Number, Assert.Single(survivor.Absorbed!).Number);
        Assert.Equal(from.StartedAt, survivor.StartedAt);
        var story = await Eventually.Answers(
            () => platform.Timeline($"incident={into.Id}"),
            page => page.Items.Any(entry => entry.Kind == "incident-absorbed")
        );
        Assert.Contains("Seen before it was merged", story.Items.Select(entry => entry.Text));
        // What was known before the merge stays as it was.
        var then = await platform.Timeline($"incident={into.Id}&knownAt={Uri.EscapeDataString($"{before:O}")}");
        Assert.DoesNotContain("Seen before it was merged", then.Items.Select(entry => entry.Text));

        // A further alert of the first one's service joins the second.
        await platform.Publish(alert with { AlertId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) });
        await Eventually.Answers(
            () => platform.Timeline($"incident={into.Id}"),
            page => page.Items.Any(entry => entry.Kind == "alert-attached")
        );
        Assert.Empty(await List("service=merged-a&status=open"));
    }

    [Fact]
    public async Task What_cannot_be_merged_is_refused_and_nothing_is_stored()
    {
        var real = await Declare("refused-a");
        var drill = await Declare("refused-a", drill: true);
        Assert.Equal("merge-refused", await Refused(real.Id, "merge", new MergeIncident($"{real.Id}", "x")));
        Assert.Equal("merge-refused", await Refused(drill.Id, "merge", new MergeIncident($"{real.Id}", "x")));
        using var unknown = await Post(real.Id, "merge", new MergeIncident("INC-99999", "x"));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var missing = await Post(Guid.Empty, "merge", new MergeIncident($"{real.Id}", "x"));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Single(await platform.Events(real.Id));
    }

    [Fact]
    public async Task An_alert_joins_no_drill()
    {
        var drill = await Declare("drilled", drill: true);
        Assert.True(drill.Drill);
        await platform.Publish(Messages.Alert("drilled", TimeProvider.System.GetUtcNow()));
        var found = await Eventually.Answers(() => List("service=drilled"), all => all.Count == 2);
        Assert.Equal([false, true], found.Select(one => one.Drill));
        Assert.Single(await platform.Events(drill.Id));
    }

    [Fact]
    public async Task What_severities_mean_is_a_document_that_keeps_its_past()
    {
        var first = await platform.Get<SeveritiesView>("/v1/severities");
        Assert.Equal((0L, 4), (first.Version, first.Severities.Count));
        var document = new SetSeverities([.. first.Severities], "Said aloud.");

        using var set = await platform.Ana.PutAsJsonAsync("/v1/severities", document, Json.Options, Stop);
        using var again = await platform.Ana.PutAsJsonAsync(
            "/v1/severities",
            document with
            {
                Reason = "Twice.",
            },
            Json.Options,
            Stop
        );
        using var wrong = await platform.Ana.PutAsJsonAsync(
            "/v1/severities",
            document with
            {
                Severities = [.. Enumerable.Repeat(first.Severities[0], 4)],
            },
            Json.Options,
            Stop
        );

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (set.StatusCode, again.StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("Twice.", (await platform.Get<SeveritiesView>("/v1/severities")).Reason);
        Assert.Equal("Said aloud.", (await platform.Get<SeveritiesView>("/v1/severities?version=1")).Reason);
        using var unknown = await platform.Ana.GetAsync("/v1/severities?version=9", Stop);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private async Task<IncidentView> Declare(string service, bool triage = false, bool drill = false)
    {
        var command = new DeclareIncident(service, Severity.Sev2, $"Nobody can use {service}", null, triage, drill);
        using var answer = await platform.Ana.PostAsJsonAsync("/v1/incidents", command, Json.Options, Stop);
        return (await answer.Content.ReadFromJsonAsync<IncidentView>(Json.Options, Stop))!;
    }

    private async Task<IReadOnlyList<IncidentView>> List(string query) =>
        (await platform.Get<Page<IncidentView>>($"/v1/incidents?{query}")).Items;

    private async Task Done(Guid id, string action, object? body = null)
    {
        using var answer = await Post(id, action, body);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<string?> Refused(Guid id, string action, object? body = null)
    {
        using var answer = await Post(id, action, body);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return problem.GetProperty("code").GetString();
    }

    private Task<HttpResponseMessage> Post(Guid id, string action, object? body = null) =>
        platform.Ana.PostAsync(
            $"/v1/incidents/{id}/{action}",
            body is null ? null : JsonContent.Create(body, body.GetType(), options: Json.Options),
            Stop
        );
}
