using System.Net;
using System.Net.Http.Json;
using System.Text;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Evidence comes late, twice and wrong, is corrected, and what was known before stays known.</summary>
public sealed class EvidenceTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_amended_and_taken_back_and_every_version_stays()
    {
        var incident = await platform.Declare("evidence", Noon);
        var labels = new Dictionary<string, string> { ["region"] = "north", ["cell"] = "4" };
        var id = await Write(
            incident.Id,
            new RecordEntry("deploy", "release-7 went out.", Noon.AddMinutes(-5), Labels: labels)
        );
        var first = await Known(incident.Id, id, "release-7 went out.");

        using var stale = await Amend(id, new AmendEntry("Wrong number", "release-9 went out."), version: 7);
        using var amended = await Amend(id, new AmendEntry("Wrong number", "release-8 went out."), version: 1);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal((HttpStatusCode.NoContent, "\"2\""), (amended.StatusCode, amended.Headers.ETag!.Tag));
        var second = await Known(incident.Id, id, "release-8 went out.");
        Assert.Equal(2, second.EntryVersion);

        using var taken = await Post($"/v1/entries/{id}/retractions", new RetractEntry("It was another cluster"));
        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        await Eventually.Holds(
            async () => (await Page(incident.Id, null)).All(entry => entry.Id != id),
            "The entry is gone"
        );
        Assert.Contains(
            await Page(incident.Id, null),
            entry => entry.Kind == "entry-retracted" && entry.Corrects == id
        );

        var then = await Page(incident.Id, first.RecordedAt);
        Assert.Equal("release-7 went out.", then.Single(entry => entry.Id == id).Text);
        then = await Page(incident.Id, second.RecordedAt);
        Assert.Equal("release-8 went out.", then.Single(entry => entry.Id == id).Text);

        var history = await platform.Ana.GetFromJsonAsync<EntryHistory>(
            $"/v1/entries/{id}/versions",
            Contracts.Json.Options,
            Stop
        );
        Assert.Equal([1, 2], history!.Versions.Select(version => version.Entry.EntryVersion));
        Assert.Equal("It was another cluster", history.Retracted!.Reason);
    }

    [Fact]
    public async Task A_version_was_known_when_the_timeline_says_though_the_store_took_it_in_before()
    {
        var incident = await platform.Declare("evidence-clock", Noon);
        var store = platform.Service.Services.GetRequiredService<IDocumentStore>();
        var database = platform.Service.Services.GetRequiredService<NpgsqlDataSource>();
        // What takes long is stamped with its begin, and what was stored meanwhile stands before it.
        await using var line = await database.OpenConnectionAsync(Stop);
        await using var slow = await line.BeginTransactionAsync(Stop);
        await using (var begin = new NpgsqlCommand("select now()", line, slow))
            await begin.ExecuteScalarAsync(Stop);
        var meanwhile = await Write(incident.Id, new RecordEntry("chat", "Meanwhile.", Noon));
        await using (var session = store.LightweightSession(SessionOptions.ForTransaction(slow)))
        {
            session.Events.Append(incident.Id, new NoteAdded("evidence-clock", "Slowly.", Noon, "ana", Noon));
            await session.SaveChangesAsync(Stop);
        }

        await slow.CommitAsync(Stop);
        var note = (
            await Eventually.Answers(
                async () => (await Page(incident.Id, null)).SingleOrDefault(entry => entry.Text == "Slowly."),
                entry => entry is not null
            )
        )!;
        var before = await Known(incident.Id, meanwhile, "Meanwhile.");
        Assert.True(note.RecordedAt > before.RecordedAt);
        var history = await platform.Get<EntryHistory>($"/v1/entries/{note.Id}/versions");
        Assert.Equal(note.RecordedAt, history.Versions.Single().Entry.RecordedAt);
    }

    [Fact]
    public async Task An_import_is_taken_once_and_whole_or_not_at_all()
    {
        var incident = await platform.Declare("import", Noon);
        var address = $"/v1/incidents/{incident.Id}/entries:batch";
        const string good = """
            {"kind":"detect","text":"Spam seen","occurredAt":"2026-11-20T11:00:00Z","source":"notes","sourceId":"1","precision":"approx"}
            {"kind":"act","text":"Stopped","occurredAt":"2026-11-20T11:27:00Z","source":"notes","sourceId":"2"}
            """;
        using var refused = await Lines(address, good + "\n{\"kind\":\"act\",\"text\":\"\"}\n{\"kind\":");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Content.ReadAsStringAsync(Stop);
        Assert.Contains("[2].text", problem, StringComparison.Ordinal);
        Assert.Contains("line 4", problem, StringComparison.Ordinal);

        using var taken = await Lines(address, good);
        using var again = await Lines(address, good);
        var (once, twice) = (await Read<RecordedEntries>(taken), await Read<RecordedEntries>(again));
        Assert.Equal((2, 0), (once.New, twice.New));
        Assert.Equal(once.Ids, twice.Ids);
        var spam = await Known(incident.Id, once.Ids[0], "Spam seen");
        Assert.Equal(("detect", "notes", EntryPrecision.Approx), (spam.Category, spam.Source, spam.Precision!.Value));
        Assert.Single(await Page(incident.Id, null), entry => entry.Kind == "act");
    }

    [Fact]
    public async Task What_the_platform_did_is_not_corrected_by_words()
    {
        var incident = await platform.Declare("platform", Noon);
        var declared = await Eventually.Answers(
            async () => (await Page(incident.Id, null)).SingleOrDefault(entry => entry.Kind == "incident-declared"),
            entry => entry is not null
        );
        using var refused = await Amend(declared!.Id, new AmendEntry("x", "y"), null);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains(
            "entry-of-the-platform",
            await refused.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
    }

    private async Task<Guid> Write(Guid incident, RecordEntry entry)
    {
        using var answer = await Post($"/v1/incidents/{incident}/entries", entry);
        return (await Read<RecordedEntries>(answer)).Ids.Single();
    }

    private async Task<TimelineEntry> Known(Guid incident, Guid id, string text) =>
        (
            await Eventually.Answers(
                async () => (await Page(incident, null)).SingleOrDefault(entry => entry.Id == id && entry.Text == text),
                entry => entry is not null
            )
        )!;

    private async Task<IReadOnlyList<TimelineEntry>> Page(Guid incident, DateTimeOffset? knownAt) =>
        (
            await platform.Timeline(
                $"incident={incident}{(knownAt is { } at ? $"&knownAt={at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}" : "")}"
            )
        ).Items;

    private async Task<HttpResponseMessage> Amend(Guid id, AmendEntry command, int? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/entries/{id}/amendments")
        {
            Content = JsonContent.Create(command, options: Contracts.Json.Options),
        };
        if (version is { } wanted)
            request.Headers.IfMatch.Add(new($"\"{wanted}\""));
        return await platform.Ana.SendAsync(request, Stop);
    }

    private Task<HttpResponseMessage> Post<T>(string address, T command) =>
        platform.Ana.PostAsJsonAsync(address, command, Contracts.Json.Options, Stop);

    private Task<HttpResponseMessage> Lines(string address, string lines) =>
        platform.Ana.PostAsync(address, new StringContent(lines, Encoding.UTF8, "application/x-ndjson"), Stop);

    private static async Task<T> Read<T>(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<T>(Contracts.Json.Options, Stop))!;
    }
}
