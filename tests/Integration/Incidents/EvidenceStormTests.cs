using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Much evidence at once: stored together, each request whole, each entry once, and no more than fits.</summary>
public sealed class EvidenceStormTests(Platform platform) : IClassFixture<Platform>
{
    private const int Senders = 60;
    private const int PerMessage = 5;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_that_come_at_once_are_each_answered_for_what_they_brought()
    {
        // Every message is sent twice, and each overlaps with the one before it by an entry.
        var answers = await Task.WhenAll(Enumerable.Range(0, Senders).Select(i => Send("twice", i / 2, PerMessage)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Equal((Senders / 2 * (PerMessage - 1)) + 1, answers.Sum(answer => answer.Recorded!.New));
        foreach (var pair in answers.Chunk(2))
            Assert.Equal(pair[0].Recorded!.Ids, pair[1].Recorded!.Ids);
        await Eventually.Holds(
            async () =>
                (await platform.Get<TimelineAnswer>("/v1/timeline?q=source:twice | count by source")).Counts
                    is [{ Count: (Senders / 2 * (PerMessage - 1)) + 1 }],
            "Each entry stands once"
        );
    }

    [Fact]
    public async Task A_batch_is_stored_as_the_store_would_store_each_of_its_entries()
    {
        var sent = Enumerable
            .Range(0, 3)
            .Select(i => new RecordEntry("note", $"Line {i}", Services: ["alike"], Source: "alike", SourceId: $"{i}"));
        using var answer = await platform.Ana.PostAsJsonAsync("/v1/entries:batch", sent, Json.Options, Stop);
        var ids = (await answer.Content.ReadFromJsonAsync<RecordedEntries>(Json.Options, Stop))!.Ids.ToArray();
        await using var query = platform
            .Service.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand(
                """
                select count(*), count(distinct (e.type, e.mt_dotnet_type, e.tenant_id, e.version, e.is_archived, e.bdata is null,
                  (select array_agg(name order by name) from jsonb_object_keys(e.data) as name),
                  (select array_agg(name order by name) from jsonb_object_keys(e.headers) as name),
                  s.type, s.version, s.tenant_id, s.is_archived, s.compacted_version)), count(distinct e.id), max(e.type)
                from incidents.mt_events e join incidents.mt_streams s on s.id = e.stream_id where e.stream_id = any ($1)
                """
            );
        query.Parameters.AddWithValue(ids);
        await using var row = await query.ExecuteReaderAsync(Stop);
        Assert.True(await row.ReadAsync(Stop));
        Assert.Equal(
            (3L, 1L, 3L, EntriesSchema.RecordedName),
            (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3))
        );
    }

    [Fact]
    public async Task What_one_sender_breaks_does_not_keep_the_others_out()
    {
        var good = Enumerable.Range(1000, 8).Select(i => Send("broken", i, 1));
        using var broken = await platform.Ana.PostAsync(
            "/v1/entries",
            new StringContent(
                """{"kind":"note","text":"half \u0000 a word","services":["storm"],"source":"storm"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            ),
            Stop
        );
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.All(await Task.WhenAll(good), answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
    }

    [Fact]
    public async Task More_than_fits_is_asked_to_come_again_and_nothing_of_it_is_stored()
    {
        var answers = await Task.WhenAll(Enumerable.Range(5000, 400).Select(i => Send("full", i, 2)));
        var refused = answers.Where(answer => answer.Status != HttpStatusCode.Created).ToList();
        Assert.All(
            refused,
            answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (answer.Status, answer.RetryAfter))
        );
        var again = await Task.WhenAll(refused.Take(20).Select(answer => Send("full", answer.Number, 2)));
        Assert.All(again, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
    }

    private async Task<Answer> Send(string source, int number, int count)
    {
        var entries = Enumerable
            .Range(0, count)
            .Select(i => new RecordEntry(
                "note",
                $"Message {number}",
                Services: ["storm"],
                Source: source,
                SourceId: $"{(number * (PerMessage - 1)) + i}"
            ));
        using var answer = await platform.Ana.PostAsJsonAsync("/v1/entries:batch", entries, Json.Options, Stop);
        return new Answer(
            number,
            answer.StatusCode,
            answer.Headers.RetryAfter?.ToString(),
            answer.IsSuccessStatusCode
                ? await answer.Content.ReadFromJsonAsync<RecordedEntries>(Json.Options, Stop)
                : null
        );
    }

    private sealed record Answer(int Number, HttpStatusCode Status, string? RetryAfter, RecordedEntries? Recorded);
}
