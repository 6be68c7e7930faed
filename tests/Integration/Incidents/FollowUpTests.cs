using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What findings ask for stands among the follow-ups, over the real broker.</summary>
public sealed class FollowUpTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_action_of_a_finding_is_one_follow_up_however_often_it_comes_until_it_is_done()
    {
        var linked = Linked("bo", new DateOnly(2026, 12, 31));
        await platform.Publish(linked);
        await platform.Publish(linked);
        await platform.Publish(linked with { Number = 2, Text = "Set a time-out.", DueOn = new DateOnly(2026, 12, 1) });
        var open = await Eventually.Answers(() => List("owner=bo"), page => page.Items.Count == 2);
        Assert.Equal(["Set a time-out.", "Cache the prices."], open.Items.Select(one => one.Text));
        var first = open.Items[0];
        Assert.Equal(("finding", linked.FindingId, "ana"), (first.Source, first.SourceId, first.OpenedBy));
        Assert.Equal(["checkout"], first.Services);

        Assert.Equal(HttpStatusCode.NoContent, await Complete(first.Id, "Two seconds."));
        Assert.Equal(HttpStatusCode.NoContent, await Complete(first.Id, "Again."));
        var done = await platform.Get<FollowUpView>($"/v1/follow-ups/{first.Id}");
        Assert.Equal(("ana", "Two seconds."), (done.DoneBy, done.Outcome));
        Assert.Single((await List("owner=bo")).Items);
        var told = await Eventually.Answers(
            () => platform.Timeline("service=checkout"),
            page => page.Items.Any(entry => entry.Kind == "follow-up-completed")
        );
        Assert.Contains(
            "bo is to do, until 2026-12-01: Set a time-out. (Checkout waits for prices)",
            told.Items.Select(entry => entry.Text)
        );
        Assert.Equal([false, true], (await List("owner=bo&state=all")).Items.Select(one => one.DoneAt is not null));
    }

    [Fact]
    public async Task What_is_no_follow_up_or_no_outcome_is_told()
    {
        Assert.Equal(HttpStatusCode.NotFound, await Complete(Guid.Empty, "Done."));
        Assert.Equal(HttpStatusCode.BadRequest, await Complete(Guid.Empty, ""));
        using var unknown = await platform.Ana.GetAsync("/v1/follow-ups?state=closed", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Contains("open or all", await unknown.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private static ActionItemLinked Linked(string owner, DateOnly due) =>
        new(
            Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            1,
            "Checkout waits for prices",
            ["checkout"],
            "Cache the prices.",
            owner,
            due,
            "ana",
            TimeProvider.System.GetUtcNow()
        );

    private Task<Page<FollowUpView>> List(string query) => platform.Get<Page<FollowUpView>>($"/v1/follow-ups?{query}");

    private async Task<HttpStatusCode> Complete(Guid id, string outcome)
    {
        using var answer = await platform.Ana.PostAsJsonAsync(
            $"/v1/follow-ups/{id}/complete",
            new CompleteFollowUp(outcome),
            Json.Options,
            Stop
        );
        return answer.StatusCode;
    }
}
