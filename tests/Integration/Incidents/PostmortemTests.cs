using System.Net;
using System.Net.Http.Json;
using System.Text;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>From the end of an incident to what is learnt from it, through the real doors.</summary>
public sealed class PostmortemTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_postmortem_is_written_reviewed_by_somebody_else_and_published_and_what_comes_later_is_an_appendix()
    {
        using var cleo = platform.Service.Client("incidents:read incidents:write", actor: "cleo");
        var incident = await platform.Declare("cart");
        await Post(platform.Ana, $"/v1/incidents/{incident.Id}/notes", new AddNote("The disk is full."));
        var at = $"/v1/incidents/INC-{incident.Number}/postmortem";
        Assert.Equal(HttpStatusCode.NotFound, (await platform.Ana.GetAsync(at, Stop)).StatusCode);

        await Post(platform.Ana, at, null);
        await Post(platform.Ana, at, null);
        await Write(at, "summary", "The disk was **full**.", version: 0);
        await Write(at, "impact", "Nobody could fill a cart.");
        Assert.Equal(HttpStatusCode.Conflict, await Try(platform.Ana, $"{at}/submit", null));
        await Write(at, "contributing-factors", "Nobody watched the disk.");
        Assert.Equal(HttpStatusCode.Conflict, await Try(platform.Ana, $"{at}/submit", null));
        await Post(platform.Ana, $"/v1/incidents/{incident.Id}/resolve", new ResolveIncident("A bigger disk"));
        await Post(platform.Ana, $"{at}/submit", null);

        Assert.Equal(HttpStatusCode.Conflict, await Try(platform.Ana, $"{at}/review", new ReviewPostmortem()));
        await Post(cleo, $"{at}/review", new ReviewPostmortem("Clear."));
        // The facts follow the writes by a moment; those of a published document are the ones recorded before.
        await Eventually.Answers(
            () => platform.Get<PostmortemView>(at),
            view => view.Facts.Timeline.Any(entry => entry.Text.StartsWith("Resolved", StringComparison.Ordinal))
        );
        await Post(platform.Ana, $"{at}/publish", null);
        await Post(platform.Ana, $"/v1/incidents/{incident.Id}/notes", new AddNote("The disk was full for a week."));

        var published = await Eventually.Answers(
            () => platform.Get<PostmortemView>(at),
            view => view.AfterPublication.Count > 0
        );
        Assert.Equal(PostmortemState.Published, published.State);
        Assert.Equal(["submitted", "reviewed", "published"], published.Steps.Select(step => step.Kind));
        Assert.Equal("The disk was full for a week.", Assert.Single(published.AfterPublication).Text);
        Assert.DoesNotContain(published.Facts.Timeline, entry => entry.Text.Contains("week", StringComparison.Ordinal));
        Assert.Contains(published.Facts.Timeline, entry => entry.Text == "The disk is full.");
        Assert.Equal(["ana"], published.Authors);
        var moments = await platform.Get<IncidentTimestamps>($"/v1/incidents/{incident.Id}/timestamps");
        var told = moments.Timestamps.Single(one => one.Moment == IncidentMoment.PostmortemPublished).Holds;
        Assert.Equal(published.Steps[^1].At, told?.OccurredAt);
        Assert.Contains("<strong>full</strong>", published.Sections[0].Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, await TryWrite(at, "summary", "Better.", null));
    }

    [Fact]
    public async Task Two_who_write_one_section_meet_and_every_version_is_kept()
    {
        var incident = await platform.Declare("mail");
        var at = $"/v1/incidents/{incident.Id}/postmortem";
        await Post(platform.Ana, at, null);
        await Write(at, "summary", "First.", version: 0);
        Assert.Equal(HttpStatusCode.Conflict, await TryWrite(at, "summary", "Mine.", 0));
        await Write(at, "lucky", "It was night.", version: 0);
        await Write(at, "summary", "Second.", version: 1);
        Assert.Equal(HttpStatusCode.BadRequest, await TryWrite(at, "blame", "Ana.", null));

        var versions = await platform.Get<Page<SectionView>>($"{at}/sections/summary/versions");
        Assert.Equal([(2, "Second."), (1, "First.")], versions.Items.Select(one => (one.Version, one.Text)));
        Assert.Equal(2, (await platform.Get<PostmortemView>(at)).Sections[0].Version);
    }

    [Fact]
    public async Task What_is_to_be_done_is_a_follow_up_and_stays_in_the_document_when_it_is_done()
    {
        var incident = await platform.Declare("search");
        var at = $"/v1/incidents/{incident.Id}/postmortem";
        var wish = new OpenActionItem("Watch the disk.", "bo", new DateOnly(2026, 12, 31));
        Assert.Equal(HttpStatusCode.NotFound, await Try(platform.Ana, $"{at}/action-items", wish));
        await Post(platform.Ana, at, null);
        var made = await Ask(at, wish);
        Assert.Equal(made.Id, (await Ask(at, wish)).Id);

        await Post(platform.Ana, $"/v1/follow-ups/{made.Id}/complete", new CompleteFollowUp("It is watched."));
        var item = Assert.Single((await platform.Get<PostmortemView>(at)).ActionItems);
        Assert.Equal(("bo", "It is watched.", "postmortem"), (item.Owner, item.Outcome, item.Source));
    }

    [Fact]
    public async Task Spent_budget_is_among_the_facts_and_the_document_is_given_in_every_format()
    {
        var incident = await platform.Declare("pay");
        var at = $"/v1/incidents/{incident.Id}/postmortem";
        await Post(platform.Ana, at, null);
        await platform.Publish(Spent(incident.Id));
        var view = await Eventually.Answers(
            () => platform.Get<PostmortemView>(at),
            one => one.Facts.BudgetSpent.Count > 0
        );
        Assert.Contains("120 failures", Assert.Single(view.Facts.BudgetSpent).Text, StringComparison.Ordinal);

        var markdown = await platform.Ana.GetStringAsync($"{at}?format=markdown", Stop);
        Assert.Contains("## Error budget spent", markdown, StringComparison.Ordinal);
        using var html = await platform.Ana.GetAsync($"{at}?format=html", Stop);
        Assert.Equal("text/html", html.Content.Headers.ContentType?.MediaType);
        var pdf = await platform.Ana.GetByteArrayAsync($"{at}?format=pdf", Stop);
        Assert.Equal("%PDF-1.4", Encoding.ASCII.GetString(pdf, 0, 8));
        Assert.Equal(HttpStatusCode.BadRequest, (await platform.Ana.GetAsync($"{at}?format=docx", Stop)).StatusCode);
        using var preview = await platform.Ana.PostAsJsonAsync(
            "/v1/postmortems/preview",
            new PreviewMarkdown("<b>*x*"),
            Json.Options,
            Stop
        );
        var shown = await preview.Content.ReadFromJsonAsync<MarkdownPreview>(Json.Options, Stop);
        Assert.Equal("<p>&lt;b&gt;<em>x</em></p>\n", shown!.Html);
    }

    [Fact]
    public async Task An_incident_that_needs_a_postmortem_is_listed_until_it_is_published()
    {
        var incident = await platform.Declare("owed");
        Assert.DoesNotContain(await Owed(), row => row.Service == "owed");
        await Post(platform.Ana, $"/v1/incidents/{incident.Id}/resolve", new ResolveIncident("Restarted"));
        var row = Assert.Single(await Owed(), row => row.Service == "owed");
        Assert.Null(row.State);
        Assert.NotNull(row.DueAt);
        Assert.False(row.IsOverdue);
        await Post(platform.Ana, $"/v1/incidents/{incident.Id}/postmortem", null);
        Assert.Equal(PostmortemState.Draft, Assert.Single(await Owed(), row => row.Service == "owed").State);
    }

    private static SpendAttributed Spent(Guid incident)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new SpendAttributed(
            Guid.CreateVersion7(now),
            "pay-availability",
            "pay",
            CauseKind.Incident,
            incident,
            "Nobody can use pay",
            now.AddMinutes(-5),
            now,
            120,
            0.042m,
            now
        );
    }

    private async Task<IReadOnlyList<PostmortemRow>> Owed() =>
        (await platform.Get<Page<PostmortemRow>>("/v1/postmortems")).Items;

    private async Task<FollowUpView> Ask(string at, OpenActionItem wish)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{at}/action-items")
        {
            Content = JsonContent.Create(wish, options: Json.Options),
        };
        request.Headers.Add("Idempotency-Key", "watch");
        using var answer = await platform.Ana.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<FollowUpView>(Json.Options, Stop))!;
    }

    private async Task Write(string at, string section, string text, int? version = null) =>
        Assert.Equal(HttpStatusCode.NoContent, await TryWrite(at, section, text, version));

    private async Task<HttpStatusCode> TryWrite(string at, string section, string text, int? version)
    {
        using var answer = await platform.Ana.PutAsJsonAsync(
            $"{at}/sections/{section}",
            new WriteSection(text, version),
            Json.Options,
            Stop
        );
        return answer.StatusCode;
    }

    private static async Task Post(HttpClient who, string address, object? body) =>
        Assert.Equal(HttpStatusCode.NoContent, await Try(who, address, body));

    private static async Task<HttpStatusCode> Try(HttpClient who, string address, object? body)
    {
        using var answer = body is null
            ? await who.PostAsync(address, null, Stop)
            : await who.PostAsync(address, JsonContent.Create(body, body.GetType(), options: Json.Options), Stop);
        return answer.StatusCode;
    }
}
