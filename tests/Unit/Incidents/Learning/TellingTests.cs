using Steady.Contracts.Incidents;
using Steady.Incidents.Learning;
using Steady.Kernel;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Learning;

public sealed class TellingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 15, 0, 0, TimeSpan.Zero);
    private static readonly Guid Entry = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly IncidentView Incident = new(
        Guid.Parse("01990000-0000-7000-8000-000000000007"),
        5,
        7,
        "checkout",
        Severity.Sev2,
        IncidentStatus.Resolved,
        "Nobody can pay",
        null,
        "ana",
        "ana",
        Now,
        Now,
        null,
        null,
        null,
        null
    );
    private static readonly KeyMomentTold Told = new(Incident.Id, "checkout", Entry, "We saw it late.", "ana", Now);

    [Fact]
    public void An_entry_is_taken_in_with_words_or_without()
    {
        Assert.Equal([Told with { Text = null }], Tell(null, new TellMoment()).Events);
        Assert.Equal([Told], Tell(null, new TellMoment(" We saw it late. ", 0)).Events);
        Assert.Equal([Told with { Text = null }], Tell(null, new TellMoment(" ")).Events);
    }

    [Fact]
    public void Taking_it_in_again_keeps_its_words_and_saying_the_same_changes_nothing()
    {
        var before = ToldStory.Create(Told);
        Assert.Empty(Tell(before, new TellMoment()).Events);
        Assert.Empty(Tell(before, new TellMoment("We saw it late.", 0)).Events);
        Assert.Equal([Told with { Text = null }], Tell(before, new TellMoment("", 1)).Events);
    }

    [Fact]
    public void Words_on_a_moment_that_somebody_else_wrote_to_are_refused()
    {
        var before = ToldStory.Create(Told).Apply(Told with { Text = "Earlier, in fact.", By = "bo" });
        Assert.Equal("moment-changed", Tell(before, new TellMoment("Mine.", 1)).Refusal?.Code);
        Assert.Equal("Mine.", ((KeyMomentTold)Assert.Single(Tell(before, new TellMoment("Mine.", 2)).Events)).Text);
        var gone = before.Apply(new KeyMomentLeftOut(Incident.Id, "checkout", Entry, "bo", Now));
        Assert.Equal("moment-changed", Tell(gone, new TellMoment("Mine.", 2)).Refusal?.Code);
    }

    [Fact]
    public void Leaving_out_what_is_not_in_it_changes_nothing()
    {
        var before = ToldStory.Create(Told);
        Assert.Single(Telling.LeaveOut(before, Incident, Entry, new Actor("bo"), Now).Events);
        Assert.Empty(Telling.LeaveOut(before, Incident, Guid.Empty, new Actor("bo"), Now).Events);
    }

    [Fact]
    public void The_story_follows_the_timeline_and_leaves_out_what_is_not_known_any_more()
    {
        var later = Guid.Parse("01990000-0000-7000-8000-000000000002");
        var story = ToldStory.Create(Told with { Entry = later }).Apply(Told).Apply(Told with { Entry = Guid.Empty });
        var moments = Telling.Moments(story, [Line(Entry), Line(Incident.Id), Line(later)]);
        Assert.Equal([Entry, later], moments.Select(one => one.Entry.Id));
        Assert.Equal((1, "We saw it late."), (moments[0].Version, moments[0].Text));
    }

    private static Decision Tell(ToldStory? before, TellMoment command) =>
        Telling.Tell(before, Incident, Entry, command, new Actor("ana"), Now);

    private static TimelineEntry Line(Guid id) =>
        new(id, Now, Now, "incidents", "note-added", ["checkout"], Incident.Id, Incident.Id, "ana", null, "A note.");
}
