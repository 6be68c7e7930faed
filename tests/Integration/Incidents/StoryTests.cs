using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What people make of a timeline, through the real doors.</summary>
public sealed class StoryTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_are_taken_into_the_story_with_words_and_out_again_and_the_postmortem_takes_it_over()
    {
        var incident = await platform.Declare("till");
        var at = $"/v1/incidents/INC-{incident.Number}/story";
        using (
            var note = await platform.Ana.PostAsJsonAsync(
                $"/v1/incidents/{incident.Id}/notes",
                new AddNote("The drawer is stuck."),
                Json.Options,
                Stop
            )
        )
            note.EnsureSuccessStatusCode();
        var empty = await platform.Get<IncidentStory>(at);
        Assert.Equal((0, 0), (empty.Version, empty.Moments.Count));
        var entries = await Eventually.Answers(
            async () => (await platform.Get<TimelineAnswer>($"/v1/timeline?incident={incident.Id}")).Items,
            all => all.Any(one => one.Kind == "note-added")
        );
        var (declared, noted) = (
            entries.First(one => one.Kind == "incident-declared"),
            entries.First(one => one.Kind == "note-added")
        );

        Assert.Equal(HttpStatusCode.NoContent, await Put($"{at}/{noted.Id}", new TellMoment("We knew it **here**.")));
        Assert.Equal(HttpStatusCode.NoContent, await Put($"{at}/{declared.Id}", new TellMoment()));
        Assert.Equal(HttpStatusCode.NoContent, await Put($"{at}/{noted.Id}", new TellMoment()));
        Assert.Equal(HttpStatusCode.Conflict, await Put($"{at}/{noted.Id}", new TellMoment("Mine.", 0)));
        Assert.Equal(HttpStatusCode.NotFound, await Put($"{at}/{incident.Id}", new TellMoment()));
        var story = await platform.Get<IncidentStory>(at);
        Assert.Equal([declared.Id, noted.Id], story.Moments.Select(one => one.Entry.Id));
        Assert.Equal(
            (null, "We knew it **here**.", "ana"),
            (story.Moments[0].Text, story.Moments[1].Text, story.Moments[1].By)
        );

        var postmortem = $"/v1/incidents/{incident.Id}/postmortem";
        using (var begun = await platform.Ana.PostAsync(postmortem, null, Stop))
            begun.EnsureSuccessStatusCode();
        Assert.Equal(2, (await platform.Get<PostmortemView>(postmortem)).Facts.Story?.Count);
        var markdown = await platform.Ana.GetStringAsync($"{postmortem}?format=markdown", Stop);
        // Words stand in a table of what was recorded: they are text there, not Markdown.
        Assert.Contains(@"We knew it \*\*here\*\*.", markdown, StringComparison.Ordinal);

        using (var out1 = await platform.Ana.DeleteAsync($"{at}/{declared.Id}", Stop))
            Assert.Equal(HttpStatusCode.NoContent, out1.StatusCode);
        using (var out2 = await platform.Ana.DeleteAsync($"{at}/{declared.Id}", Stop))
            Assert.Equal(HttpStatusCode.NoContent, out2.StatusCode);
        Assert.Equal(noted.Id, Assert.Single((await platform.Get<IncidentStory>(at)).Moments).Entry.Id);
        // What is told of it afterwards is not on its timeline.
        Assert.DoesNotContain(
            (await platform.Get<TimelineAnswer>($"/v1/timeline?incident={incident.Id}")).Items,
            one => one.Kind.StartsWith("key-moment", StringComparison.Ordinal)
        );
    }

    private async Task<HttpStatusCode> Put(string path, TellMoment told)
    {
        using var answer = await platform.Ana.PutAsJsonAsync(path, told, Json.Options, Stop);
        return answer.StatusCode;
    }
}
