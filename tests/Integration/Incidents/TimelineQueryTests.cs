using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>One query language over all that is told.</summary>
public sealed class TimelineQueryTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TimelineStory story = new(platform);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_is_narrowed_by_what_its_entries_say()
    {
        var incident = await story.Story("narrow");
        var name = $"incident:INC-{incident.Number}";

        await Finds($"{name} kind:note", "First look", "Replication lag of 40 s", "It is over");
        await Finds($"{name} \"replication lag\"", "Replication lag of 40 s");
        await Finds($"{name} text:repl*", "Replication lag of 40 s");
        await Finds($"{name} text:*plicat*", "Replication lag of 40 s");
        await Finds($"{name} kind:note -text:over -text:\"first look\"", "Replication lag of 40 s");
        await Finds($"{name} kind:note (text:over or text:first)", "First look", "It is over");
        await Finds($"{name} kind:note from:impactStarted+5m to:impactStarted+15m", "Replication lag of 40 s");
        await Finds($"{name} kind:note by:ana", "First look", "Replication lag of 40 s", "It is over");
        await Finds($"{name} kind:note by:bo");
        await Finds($"{name} kind:note service:narr*", "First look", "Replication lag of 40 s", "It is over");
        await Finds($"{name} kind:note lag<1s");
        await Finds($"{name} kind:note | first 1", "First look");
        await Finds($"{name} kind:note | last 1", "It is over");
        await Finds(
            $"service:narrow kind:note from:2026-11-20 to:2026-11-21",
            "First look",
            "Replication lag of 40 s",
            "It is over"
        );
        await Finds(
            $"service:(narrow,nobody) kind:note from:2026-11-20 to:2026-11-21 | last 2",
            "Replication lag of 40 s",
            "It is over"
        );
        await Finds(
            $"kind:(experiment,note) service:narrow from:2026-11-20T12:01Z to:2026-11-20T12:11Z",
            "First look",
            "Replication lag of 40 s"
        );
        await Finds($"kind:note from:2026-11-20T12:09Z to:2026-11-20T12:11Z service:narro*", "Replication lag of 40 s");
    }

    [Fact]
    public async Task What_stands_beside_a_query_is_another_spelling_of_it()
    {
        var incident = await story.Story("spelling");
        Assert.Equal(
            Ids(await story.Ask($"incident:{incident.Id}")),
            Ids(await platform.Get<TimelineAnswer>($"/v1/timeline?incident={incident.Id}"))
        );
        Assert.Equal(
            Ids(await story.Ask("service:spelling from:2026-11-20 to:2026-11-21 kind:note")),
            Ids(
                await platform.Get<TimelineAnswer>(
                    "/v1/timeline?service=spelling&from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&q=kind:note"
                )
            )
        );
        var twice = await platform.Ana.GetAsync(
            "/v1/timeline?service=spelling&from=2026-11-20T00:00:00Z&q=from:-1h",
            Stop
        );
        await TimelineStory.Refused(twice, HttpStatusCode.BadRequest, "malformed");
    }

    [Fact]
    public async Task Pages_follow_each_other_in_either_order()
    {
        var incident = await platform.Declare("paged", Noon);
        for (var i = 0; i < 7; i++)
            await story.Note(incident, $"Note {i}", Noon.AddMinutes(7 - i));
        await story.Count(incident, 8);
        foreach (var order in new[] { "occurred", "recorded" })
        {
            var query = $"incident:{incident.Id} kind:note order:{order}";
            var (paged, next) = (new List<TimelineEntry>(), (string?)"");
            while (next is not null)
            {
                var page = await story.Ask(query, $"&limit=3{(next.Length > 0 ? $"&after={next}" : "")}");
                paged.AddRange(page.Items);
                next = page.Next;
            }

            var expected = Enumerable.Range(0, 7).Select(i => $"Note {i}");
            Assert.Equal(order == "recorded" ? expected : expected.Reverse(), paged.Select(entry => entry.Text));
        }
    }

    [Fact]
    public async Task A_query_answers_as_it_was_known_then()
    {
        var incident = await platform.Declare("then", Noon);
        await story.Note(incident, "Early word", Noon.AddMinutes(1));
        var then = (await story.Count(incident, 2)).Max(entry => entry.RecordedAt);
        await story.Note(incident, "Late word", Noon.AddMinutes(2));
        await story.Count(incident, 3);

        await Finds($"incident:{incident.Id} kind:note knownAt:{then:yyyy-MM-ddTHH:mm:ss.ffffff}Z", "Early word");
        await Finds(
            $"service:then kind:note from:2026-11-20 to:2026-11-21 knownAt:{then:yyyy-MM-ddTHH:mm:ss.ffffff}Z",
            "Early word"
        );
        Assert.NotNull((await story.Ask($"incident:{incident.Id}")).KnownThrough);
    }

    [Fact]
    public async Task Gaps_and_counts_are_answers_of_their_own()
    {
        var incident = await story.Story("gaps");
        var gaps = (await story.Ask($"incident:{incident.Id} kind:note | gaps>10m")).Gaps!;
        Assert.Equal([1_200m], gaps.Select(gap => gap.Seconds));

        var counts = (await story.Ask($"incident:{incident.Id} | count by kind")).Counts!;
        Assert.Equal(new TimelineCount("note-added", 3), counts[0]);
        Assert.Equal(3, counts.Count);
        Assert.Equal(
            counts.Take(1),
            (await story.Ask("service:(gaps,gaps2) from:2026-11-20 to:2026-11-21 kind:note | count by kind")).Counts
        );
        Assert.Equal(
            ["2026-11-20T12:00Z"],
            (await story.Ask($"incident:{incident.Id} kind:note | count by hour")).Counts!.Select(one => one.Key)
        );
        Assert.Equal("gaps", (await story.Ask($"incident:{incident.Id} kind:note | count by service")).Counts![0].Key);
    }

    [Fact]
    public async Task What_led_to_it_who_had_seen_it_and_whole_incidents_are_asked_in_the_same_language()
    {
        var (one, other) = (await story.Story("whole"), await story.Story("whole-too"));
        var asked = $"incident:INC-{one.Number}";
        var effects = await story.Ask($"{asked} kind:experiment | effects(depth:2)");
        Assert.NotNull(effects.Edges);
        Assert.Equal(
            effects.Edges!.Select(edge => edge.Effect).ToHashSet(),
            effects.Items.Select(e => e.Id).ToHashSet()
        );
        for (var i = 0; i < 16; i++)
            await story.Note(other, $"Note {i}", Noon.AddMinutes(i));
        await story.Count(other, 21);
        using var many = await platform.Ana.GetAsync(
            TimelineStory.Address($"incident:INC-{other.Number} | causes"),
            Stop
        );
        await TimelineStory.Refused(many, HttpStatusCode.UnprocessableEntity, "query-too-costly");

        await Finds($"{asked} kind:note seenBy:ana", "First look", "Replication lag of 40 s", "It is over");
        await Finds($"{asked} kind:note seenBy:public");
        await Finds($"{asked} kind:note seenBy:role/scribe");
        var beside = await platform.Get<TimelineAnswer>($"/v1/timeline?incident={one.Id}&seenBy=ana");
        Assert.Contains(beside.Items, entry => entry.Text == "First look");

        var diff = await story.Ask($"diff INC-{one.Number} INC-{other.Number} align:impactStarted");
        Assert.Equal((one.Id, other.Id), (diff.Diff!.Left, diff.Diff.Right));
        Assert.Equal(one.Id, (await story.Ask($"similar INC-{one.Number} k:3")).Similar!.Incident);
        Assert.NotNull((await story.Ask($"contradictions INC-{one.Number}")).Contradictions);
        using var unknown = await platform.Ana.GetAsync(TimelineStory.Address("similar INC-999999"), Stop);
        await TimelineStory.Refused(unknown, HttpStatusCode.NotFound, "not-found");
        using var more = await platform.Ana.GetAsync($"{TimelineStory.Address("similar INC-1")}&service=x", Stop);
        await TimelineStory.Refused(more, HttpStatusCode.BadRequest, "malformed");
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_its_column()
    {
        var incident = await platform.Declare("wrong", Noon);
        var mistakes = await Mistakes("kind:alert servce:pay");
        Assert.Equal((1, 12, 6), (mistakes[0].Line, mistakes[0].Column, mistakes[0].Length));
        Assert.Contains("Did you mean 'service'?", mistakes[0].Message, StringComparison.Ordinal);

        mistakes = await Mistakes($"kind:note from:resolved incident:{incident.Id}");
        Assert.Equal((11 + 5, "resolved".Length), (mistakes[0].Column, mistakes[0].Length));
        Assert.Equal(["impactStarted", "detected", "declared"], mistakes[0].Expected);

        mistakes = await Mistakes("kind:note from:declared");
        Assert.Equal(16, mistakes[0].Column);
        // What is not over ends now.
        Assert.NotNull((await story.Ask($"incident:{incident.Id} to:resolved")).To);

        var unknown = await platform.Ana.GetAsync("/v1/timeline?q=incident:INC-999999", Stop);
        await TimelineStory.Refused(unknown, HttpStatusCode.NotFound, "not-found");
        var nothing = await platform.Ana.GetAsync("/v1/timeline", Stop);
        await TimelineStory.Refused(nothing, HttpStatusCode.BadRequest, "malformed");
    }

    [Fact]
    public async Task No_letter_of_what_is_typed_reaches_the_statement()
    {
        var incident = await platform.Declare("quote", Noon);
        await story.Note(incident, "Robert'); drop table incidents.timeline_entries; --", Noon.AddMinutes(1));
        await story.Count(incident, 2);
        foreach (var field in new[] { "text", "kind", "by", "source", "service", "label.x", "trace", "experiment" })
        foreach (var value in new[] { "\"'); drop table x; --\"", "';*", "\"\\\\'|&!:*()\"", "*%_'\\*" })
            Assert.Equal(
                HttpStatusCode.OK,
                (
                    await platform.Ana.GetAsync(TimelineStory.Address($"{field}:{value} incident:{incident.Id}"), Stop)
                ).StatusCode
            );
        await Finds(
            $"incident:{incident.Id} text:\"drop table\"",
            "Robert'); drop table incidents.timeline_entries; --"
        );
        await Finds($"incident:{incident.Id} kind:note text:*%*");
    }

    [Fact]
    public async Task The_form_is_what_the_caller_accepts()
    {
        var incident = await platform.Declare("forms", Noon);
        await story.Note(incident, "=1+1, \"quoted\" | <b>", Noon.AddMinutes(1));
        await story.Count(incident, 2);
        var query = $"incident:{incident.Id} kind:note";

        var csv = (await Form(query, "text/csv")).Split("\r\n");
        Assert.StartsWith("occurredAt,", csv[0], StringComparison.Ordinal);
        Assert.Contains("\"'=1+1, \"\"quoted\"\" | <b>\"", csv[1], StringComparison.Ordinal);
        var markdown = await Form(query, "text/markdown");
        Assert.Contains(
            "| 2026-11-20 12:01 | incidents | note-added | =1+1, \"quoted\" \\| &lt;b&gt; | ana |",
            markdown,
            StringComparison.Ordinal
        );
        var line = Assert.Single((await Form(query, "application/x-ndjson")).Trim().Split('\n'));
        Assert.Equal("=1+1, \"quoted\" | <b>", JsonSerializer.Deserialize<TimelineEntry>(line, Json.Options)!.Text);

        using var first = await platform.Ana.GetAsync(TimelineStory.Address(query), Stop);
        using var again = new HttpRequestMessage(HttpMethod.Get, TimelineStory.Address(query));
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await platform.Ana.SendAsync(again, Stop)).StatusCode);
    }

    [Fact]
    public async Task What_could_be_typed_is_offered()
    {
        var offered = await platform.Get<Page<QueryCompletion>>("/v1/timeline/complete?q=kind:al&caret=7");
        Assert.Equal(new QueryCompletion("alert", "value", 5, 2, null), Assert.Single(offered.Items));
    }

    private async Task Finds(string query, params string[] texts)
    {
        var found = (await story.Ask(query))
            .Items.Select(entry => entry.Text)
            .Where(text => !text.StartsWith("A run", StringComparison.Ordinal));
        Assert.True(texts.SequenceEqual(found), $"{query}\n{string.Join('\n', found)}");
    }

    private static IEnumerable<Guid> Ids(TimelineAnswer answer)
    {
        Assert.NotEmpty(answer.Items);
        return answer.Items.Select(entry => entry.Id);
    }

    private async Task<string> Form(string query, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, TimelineStory.Address(query));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        using var answer = await platform.Ana.SendAsync(request, Stop);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private async Task<IReadOnlyList<QueryMistake>> Mistakes(string query)
    {
        using var answer = await platform.Ana.GetAsync(TimelineStory.Address(query), Stop);
        var problem = await TimelineStory.Refused(answer, HttpStatusCode.BadRequest, "query-malformed");
        return problem.GetProperty("errors").Deserialize<QueryMistake[]>(Json.Options)!;
    }
}
