using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Replay;
using Xunit;
using static Steady.Tests.Unit.Incidents.Replay.Stories;

namespace Steady.Tests.Unit.Incidents.Replay;

/// <summary>What comes into each lane of a replay, and when.</summary>
public sealed class FramesTests
{
    private static readonly DateTimeOffset End = Noon.AddDays(1);

    [Fact]
    public void Every_version_comes_once_into_the_fog_and_every_entry_that_stands_once_into_hindsight() =>
        Any.Sample(story =>
        {
            var frames = Frames.Of(story, End);
            var fog = frames.Where(one => one is { Lane: ReplayLane.Fog, Change: not ReplayChange.Vanishes });
            Assert.Equal(
                story.Select(one => (one.Id, one.EntryVersion)).Order(),
                fog.Select(one => (one.Entry, one.Version)).Order()
            );
            Assert.Equal(
                story.Where(one => one.KnownUntil is null).Select(one => (one.Id, one.EntryVersion)).Order(),
                frames.Where(one => one.Lane == ReplayLane.Hindsight).Select(one => (one.Entry, one.Version)).Order()
            );
        });

    [Fact]
    public void The_fog_never_shows_what_was_recorded_later_and_always_what_was_known() =>
        Gen.Select(Any, Gen.Int[-10, 150])
            .Sample(
                (story, minutes) =>
                {
                    var now = Noon.AddMinutes(minutes);
                    var told = Frames.Of(story, End).Where(one => one.At <= now);
                    var known = story.Where(one => one.RecordedAt <= now && (one.KnownUntil ?? End) > now);
                    Assert.Equal(
                        known.Select(one => (one.Id, one.EntryVersion)).Order(),
                        Frames.Standing(told, ReplayLane.Fog).Select(one => (one.Key, one.Value)).Order()
                    );
                }
            );

    [Fact]
    public void In_the_end_what_is_known_is_what_was_so() =>
        Any.Sample(story =>
        {
            var frames = Frames.Of(story, End);
            Assert.Equal(
                Frames.Standing(frames, ReplayLane.Hindsight).Order(Comparer),
                Frames.Standing(frames, ReplayLane.Fog).Order(Comparer)
            );
        });

    [Fact]
    public void What_is_recorded_after_the_moment_of_asking_changes_nothing() =>
        Gen.Select(Any, Gen.Int[-10, 150])
            .Sample(
                (story, minutes) =>
                {
                    var then = Noon.AddMinutes(minutes);
                    var known = story
                        .Where(one => one.RecordedAt <= then)
                        .Select(one => one.KnownUntil > then ? one with { KnownUntil = null } : one);
                    Assert.Equal(Frames.Of(known.ToList(), then), Frames.Of(story, then));
                }
            );

    [Fact]
    public void However_the_story_is_handed_over_its_course_is_the_same() =>
        Any.Sample(story => Assert.Equal(Frames.Of(story, End), Frames.Of([.. story.Reverse(), .. story], End)));

    [Fact]
    public void What_was_corrected_is_replaced_and_what_was_taken_back_goes()
    {
        var fixedAt = Noon.AddMinutes(9);
        TimelineEntry[] story =
        [
            Entry(1, Noon, Noon.AddMinutes(5), 1, fixedAt),
            Entry(1, Noon.AddMinutes(1), fixedAt, 2),
            Entry(2, Noon, Noon.AddMinutes(6), 1, Noon.AddMinutes(7)),
        ];
        var frames = Frames.Of(story, End);
        Assert.Equal(
            [
                (1, ReplayLane.Hindsight, ReplayChange.Appears),
                (5, ReplayLane.Fog, ReplayChange.Appears),
                (6, ReplayLane.Fog, ReplayChange.Appears),
                (7, ReplayLane.Fog, ReplayChange.Vanishes),
                (9, ReplayLane.Fog, ReplayChange.Replaces),
            ],
            frames.Select(one => ((int)(one.At - Noon).TotalMinutes, one.Lane, one.Change))
        );
        Assert.Equal(new Tally(0, 1, 1), Frames.At(frames, Noon.AddMinutes(4)));
        Assert.Equal(new Tally(2, 1, 0), Frames.At(frames, Noon.AddMinutes(6)));
        Assert.Equal(new Tally(1, 1, 0), Frames.At(frames, End));
    }

    private static readonly Comparer<KeyValuePair<Guid, int>> Comparer = Comparer<KeyValuePair<Guid, int>>.Create(
        (one, other) => (one.Key, one.Value).CompareTo((other.Key, other.Value))
    );
}
