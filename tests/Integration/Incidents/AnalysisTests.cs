using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What can be concluded from a timeline, through the doors.</summary>
public sealed class AnalysisTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_accounts_contradict_each_other_until_somebody_rules_and_again()
    {
        var incident = await platform.Declare("accounts", Noon);
        var ids = await Write(
            incident,
            new("act", "data directory removal started on the wrong host", Noon, Source: "notes"),
            new("act", "primary data directory wiped by mistake", Noon.AddMinutes(30), Source: "report")
        );
        var address = $"/v1/incidents/INC-{incident.Number}/contradictions";
        var found = await Eventually.Answers(
            async () => (await platform.Get<ContradictionList>(address)).Items,
            items => items.Count > 0
        );
        var one = Assert.Single(found);
        Assert.Equal((ContradictionKind.DifferentTimes, null), (one.Kind, one.Ruling));
        Assert.Equal(ids, one.Claims.Select(claim => claim.Entry));

        using var wrong = await Post(
            $"{address}/{one.Id}/ruling",
            new RuleOnContradiction(RulingVerdict.OneHolds, "?")
        );
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var unknown = await Post(
            $"{address}/{incident.Id}/ruling",
            new RuleOnContradiction(RulingVerdict.Unclear, "?")
        );
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        foreach (
            var command in new[]
            {
                new RuleOnContradiction(RulingVerdict.OneHolds, "The shell's history says so.", ids[1]),
                new RuleOnContradiction(RulingVerdict.Unclear, "The history was cut off."),
            }
        )
        {
            using var ruled = await Post($"{address}/{one.Id}/ruling", command);
            Assert.Equal(HttpStatusCode.NoContent, ruled.StatusCode);
        }

        var after = Assert.Single((await platform.Get<ContradictionList>(address)).Items);
        Assert.Equal((one.Id, RulingVerdict.Unclear), (after.Id, after.Ruling!.Verdict));
        Assert.Equal(RulingVerdict.OneHolds, Assert.Single(after.EarlierRulings!).Verdict);
        await Eventually.Holds(
            async () => (await Timeline(incident)).Count(entry => entry.Kind == "contradiction-ruled") == 2,
            "The rulings stand on the timeline"
        );
    }

    [Fact]
    public async Task What_cannot_be_so_is_remembered_until_something_is_written_or_a_promise_is_due()
    {
        var incident = await platform.Declare("again", Noon);
        var address = $"/v1/incidents/INC-{incident.Number}/contradictions";
        await Found();
        var ids = await Write(
            incident,
            new("act", "data directory removal started on the wrong host", Noon, Source: "notes"),
            new("act", "primary data directory wiped by mistake", Noon.AddMinutes(30), Source: "report"),
            new("symptom", "payments fail", Noon.AddMinutes(40), Source: "notes")
        );
        await Found(ContradictionKind.DifferentTimes);
        using var stated = await Post($"/v1/entries/{ids[0]}/causes", new StateCause(ids[2], "It says so."));
        Assert.True(stated.IsSuccessStatusCode, await stated.Content.ReadAsStringAsync(Stop));
        await Found(ContradictionKind.EffectBeforeCause, ContradictionKind.DifferentTimes);
        using var taken = await Post(
            $"/v1/entries/{ids[0]}/causes/withdraw",
            new WithdrawCause(ids[2], "It does not.")
        );
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(Stop));
        await Found(ContradictionKind.DifferentTimes);
        using var retracted = await Post($"/v1/entries/{ids[1]}/retractions", new RetractEntry("A mistake"));
        Assert.True(retracted.IsSuccessStatusCode, await retracted.Content.ReadAsStringAsync(Stop));
        await Found();
        var due = TimeProvider.System.GetUtcNow().AddSeconds(4);
        Dictionary<string, string> labels = new() { ["eta"] = $"{due:O}" };
        await Write(
            incident,
            new RecordEntry("comms", "Back soon", Noon.AddMinutes(50), Source: "notes", Labels: labels)
        );
        // Asked for while it still may be kept: that is remembered, and not for longer.
        await platform.Get<ContradictionList>(address);
        await Found(ContradictionKind.MissedForecast);

        // Twice: found, and remembered.
        async Task Found(params ContradictionKind[] kinds)
        {
            for (var i = 0; i < 2; i++)
                await Eventually.Holds(
                    async () =>
                        (await platform.Get<ContradictionList>(address))
                            .Items.Select(one => one.Kind)
                            .Order()
                            .SequenceEqual(kinds.Order()),
                    $"These are found: {string.Join(", ", kinds)}"
                );
        }
    }

    [Fact]
    public async Task What_led_to_what_is_walked_and_people_add_to_it_and_take_it_back()
    {
        var incident = await platform.Declare("causal", Noon);
        var ids = await Write(
            incident,
            new("deploy", "release-7 went out", Noon.AddMinutes(-9)),
            new("symptom", "payments fail", Noon),
            new("note", "the disk was full", Noon.AddMinutes(-20))
        );
        await Eventually.Holds(async () => (await Timeline(incident)).Count >= 4, "The entries stand");
        var (deploy, symptom, disk) = (ids[0], ids[1], ids[2]);

        var causes = await Causes(symptom);
        Assert.Equal((deploy, CausalKind.Change), (causes.Edges[0].Cause, causes.Edges[0].Kind));
        using var stated = await Post(
            $"/v1/entries/{symptom}/causes",
            new StateCause(disk, "Writes failed with ENOSPC.", EntryConfidence.High)
        );
        Assert.Equal(HttpStatusCode.NoContent, stated.StatusCode);
        Assert.Contains((await Causes(symptom)).Edges, edge => edge.Cause == disk && edge.Strength == 0.9m);
        Assert.Contains(
            (await platform.Get<CausalAnswer>($"/v1/entries/{deploy}/effects?depth=1")).Nodes,
            node => node.Entry.Id == symptom
        );
        var path = await platform.Get<CausalPath>($"/v1/entries/{symptom}/path?to={disk}");
        Assert.Equal((CausalDirection.Effect, 0.9m), (path.Direction!.Value, path.Strength));

        using var taken = await Post($"/v1/entries/{symptom}/causes/withdraw", new WithdrawCause(disk, "Another disk"));
        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        Assert.DoesNotContain((await Causes(symptom)).Edges, edge => edge.Cause == disk);
        using var again = await Post($"/v1/entries/{symptom}/causes/withdraw", new WithdrawCause(disk, "Again"));
        using var itself = await Post($"/v1/entries/{symptom}/causes", new StateCause(symptom, "Itself"));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (again.StatusCode, itself.StatusCode));
        using var none = await Post($"/v1/entries/{symptom}/causes", new StateCause(incident.Id, "No entry"));
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }

    [Fact]
    public async Task How_it_stood_who_had_seen_it_and_what_was_told_are_answered_as_of_a_moment()
    {
        var incident = await platform.Declare("gaps", Noon);
        await Write(incident, new RecordEntry("symptom", "payments fail", Noon));
        await Post($"/v1/incidents/{incident.Id}/acknowledge", new { });
        await Post(
            $"/v1/incidents/{incident.Id}/updates",
            new PostUpdate("Some of you cannot pay.", UpdateAudience.Customers)
        );
        await Eventually.Holds(async () => (await Timeline(incident)).Count >= 4, "The entries stand");

        var gap = await platform.Get<KnowledgeGap>($"/v1/incidents/{incident.Id}/knowledge-gap");
        var fact = gap.Facts.Single(one => one.Category == "symptom");
        Assert.Equal(Noon, fact.TrueFrom);
        Assert.True(fact.KnownFrom > Noon && fact.CustomersFrom > fact.KnownFrom.AddMinutes(-1));
        var heard = await platform.Get<Page<SeenEntry>>($"/v1/incidents/{incident.Id}/seen?by=public");
        Assert.Equal("update-posted", Assert.Single(heard.Items).Entry.Kind);
        var commander = await platform.Get<Page<SeenEntry>>($"/v1/incidents/{incident.Id}/seen?by=role/commander");
        Assert.True(commander.Items.Count >= 3);

        var state = await platform.Get<IncidentState>($"/v1/incidents/{incident.Id}/state");
        Assert.Equal((IncidentStatus.Acknowledged, false), (state.Status!.Value, state.IsMitigated));
        var before = await platform.Get<IncidentState>(
            $"/v1/incidents/{incident.Id}/state?at={Noon:yyyy-MM-ddTHH:mm:ssZ}"
        );
        Assert.Null(before.Status);
        Assert.Equal(1, before.Entries);
        var order = await platform.Get<TimelineOrder>($"/v1/incidents/{incident.Id}/order");
        Assert.Equal("payments fail", order.Items[0].Entry.Text);
        Assert.All(order.Items.Skip(1), one => Assert.NotEqual(OrderBasis.First, one.Basis));
    }

    [Fact]
    public async Task An_incident_is_laid_beside_another_and_finds_what_it_is_like()
    {
        var first = await platform.Declare("twin", Noon);
        await Write(
            first,
            new("symptom", "ledger database disk full", Noon),
            new("action", "old snapshots deleted", Noon.AddMinutes(5)),
            new("mitigate", "disk space freed", Noon.AddMinutes(10))
        );
        var second = await platform.Declare("twin", Noon.AddDays(1));
        var ids = await Write(
            second,
            new("symptom", "disk of the ledger database is full", Noon.AddDays(1)),
            new("mitigate", "freed disk space", Noon.AddDays(1).AddMinutes(40))
        );
        await platform.Declare("elsewhere", Noon);
        await Eventually.Holds(
            async () => (await Timeline(first)).Count >= 4 && (await Timeline(second)).Count >= 3,
            "The entries stand"
        );
        var similar = await Eventually.Answers(
            async () => (await platform.Get<SimilarIncidents>($"/v1/incidents/INC-{second.Number}/similar?k=1")).Items,
            items => items is [{ Score: > 0.4m }]
        );
        Assert.Equal(first.Id, similar[0].Id);
        Assert.Contains("disk", similar[0].Parts.Single(part => part.Name == "text").Because);

        var diff = await platform.Get<IncidentDiff>(
            $"/v1/incidents/diff?left=INC-{first.Number}&right=INC-{second.Number}&align=impact-started"
        );
        Assert.Contains(diff.Missing, step => step.Left!.Text == "old snapshots deleted");
        Assert.Contains(diff.Slower, step => step.Right!.Text == "freed disk space");
        Assert.True((await platform.Get<IncidentDiff>($"/v1/incidents/diff?left={first.Id}&right={first.Id}")).IsEmpty);

        // What was taken back is no reason any more.
        using var taken = await Post($"/v1/entries/{ids[0]}/retractions", new RetractEntry("Another incident"));
        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        await Eventually.Holds(
            async () =>
                (await platform.Get<SimilarIncidents>($"/v1/incidents/{second.Id}/similar?k=1")).Items is var left
                && !left.SelectMany(one => one.Parts).SelectMany(part => part.Because).Contains("database"),
            "The word is gone"
        );
    }

    [Theory]
    [InlineData("/v1/incidents/INC-999999/contradictions", 404)]
    [InlineData("/v1/incidents/INC-999999/state", 404)]
    [InlineData("/v1/incidents/diff?left=INC-999999&right=INC-1", 404)]
    [InlineData("/v1/incidents/diff?left=INC-1&right=INC-1&align=noon", 400)]
    [InlineData("/v1/incidents/INC-1/seen?by=role/king", 400)]
    [InlineData("/v1/incidents/INC-1/similar?k=51", 400)]
    [InlineData("/v1/entries/01990000-0000-7000-8000-000000000001/causes", 404)]
    [InlineData("/v1/entries/01990000-0000-7000-8000-000000000001/causes?depth=11", 400)]
    public async Task What_is_not_there_and_what_is_not_understood_is_said(string address, int status)
    {
        // So that there is an INC-1.
        await platform.Declare("asked");
        using var answer = await platform.Ana.GetAsync(address, Stop);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private async Task<IReadOnlyList<Guid>> Write(IncidentView incident, params RecordEntry[] entries)
    {
        using var answer = await Post($"/v1/incidents/{incident.Id}/entries:batch", entries);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<RecordedEntries>(Json.Options, Stop))!.Ids;
    }

    private Task<HttpResponseMessage> Post<T>(string address, T body) =>
        platform.Ana.PostAsJsonAsync(address, body, Json.Options, Stop);

    private Task<CausalAnswer> Causes(Guid entry) => platform.Get<CausalAnswer>($"/v1/entries/{entry}/causes?depth=1");

    private async Task<IReadOnlyList<TimelineEntry>> Timeline(IncidentView incident) =>
        (await platform.Timeline($"incident={incident.Id}")).Items;
}
