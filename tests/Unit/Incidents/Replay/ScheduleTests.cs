using System.Globalization;
using System.Net.ServerSentEvents;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Replay;
using Xunit;
using static Steady.Tests.Unit.Incidents.Replay.Stories;

namespace Steady.Tests.Unit.Incidents.Replay;

/// <summary>When each part of a replay is told, and how it goes on where it was left.</summary>
public sealed class ScheduleTests
{
    private static readonly DateTimeOffset End = Noon.AddDays(1);
    private static readonly HashSet<ReplayLane> Both = [ReplayLane.Fog, ReplayLane.Hindsight];
    private static readonly Gen<(IReadOnlyList<TimelineEntry>, int, bool)> Watched = Gen.Select(
        Any,
        Gen.Int[60, 3600],
        Gen.Bool
    );

    [Fact]
    public void Everything_is_told_once_in_order_and_never_before_its_time() =>
        Watched.Sample(
            (story, speed, skips) =>
            {
                var course = Of(story, speed, skips);
                var steps = Schedule.Of(course.Frames, course.Pacing).ToList();
                var told = steps.OfType<Tell>().SelectMany(one => one.Frames).ToList();
                Assert.Equal(Frames.Of(story, End), told);
                Assert.Equal(steps, steps.OrderBy(one => one.After));
                Assert.IsType<Over>(steps[^1]);
                if (skips)
                    return;
                foreach (var step in steps.OfType<Tell>())
                    Assert.All(
                        step.Frames,
                        one => Assert.True(one.At <= course.Pacing.From + (step.After * speed), $"{one} is told early")
                    );
            }
        );

    [Fact]
    public void Who_skips_what_is_quiet_waits_for_nothing() =>
        Any.Sample(story =>
        {
            var course = Of(story, 60, skips: true);
            var steps = Schedule.Of(course.Frames, course.Pacing).ToList();
            Assert.All(
                steps.Zip(steps.Skip(1)),
                pair => Assert.True(pair.Second.After - pair.First.After <= Schedule.Longest)
            );
            Assert.All(steps.OfType<Leap>(), leap => Assert.DoesNotContain(course.Frames, Inside(leap)));

            static Predicate<Frame> Inside(Leap leap) => one => one.At > leap.From && one.At < leap.To;
        });

    [Fact]
    public void The_clock_is_told_each_second_at_the_speed_that_was_asked_for()
    {
        TimelineEntry[] story = [Entry(1, Noon, Noon), Entry(2, Noon.AddMinutes(10), Noon.AddMinutes(10))];
        var ticks = Steps(story, 120).OfType<Tick>().Select(one => (one.After.TotalSeconds, one.At)).ToList();
        Assert.Equal(
            [(0, Noon), (1, Noon.AddMinutes(2)), (2, Noon.AddMinutes(4)), (3, Noon.AddMinutes(6))],
            ticks[..4]
        );
        Assert.Equal(5, Steps(story, 120)[^1].After.TotalSeconds);
    }

    [Fact]
    public void Whoever_comes_back_with_any_id_is_told_the_rest_and_nothing_twice() =>
        Gen.Select(Watched, Gen.Int[1, 3600])
            .Sample(
                (watched, later) =>
                {
                    var (story, speed, skips) = watched;
                    var all = Play(story, speed, skips, null);
                    for (var i = 0; i < all.Count; i++)
                    {
                        var mark = ReplayMark.Read(all[i].EventId!);
                        var rest = Play(story, later, !skips, mark);
                        Assert.Equal(Entries(all), [.. Entries(all[..(i + 1)]), .. Entries(rest)]);
                    }

                    Assert.Empty(Play(story, speed, skips, ReplayMark.Read(all[^1].EventId!)));
                },
                iter: 20
            );

    [Fact]
    public void What_lies_before_the_beginning_is_told_at_once_and_what_lies_behind_the_end_is_not()
    {
        TimelineEntry[] story =
        [
            Entry(1, Noon, Noon),
            Entry(2, Noon.AddMinutes(10), Noon.AddMinutes(10)),
            Entry(3, Noon.AddMinutes(20), Noon.AddMinutes(20)),
        ];
        var wish = new Watching(Noon.AddMinutes(5), Noon.AddMinutes(15), 60, false);
        var course = Course.Of(Frames.Of(story, End), Both, wish, null, End)!;
        var tells = Schedule.Of(course.Frames, course.Pacing).OfType<Tell>().ToList();
        Assert.Equal((0, Noon), (tells[0].After.TotalSeconds, tells[0].Frames[0].At));
        Assert.Equal([1, 1, 2, 2], tells.SelectMany(one => one.Frames).Select(one => (int)(one.Sequence / 10)));
        Assert.Null(Course.Of(Frames.Of(story, End), Both, wish with { To = Noon }, null, End));
        Assert.Single(
            Course.Of(Frames.Of(story[..1], End), new HashSet<ReplayLane> { ReplayLane.Fog }, Plain, null, End)!.Frames
        );
        Assert.Equal(End, Course.Of([], Both, Plain, null, End)!.Pacing.To);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("0123abcd.1")]
    [InlineData("0123abcd.1.2.9.1.1.0.00000000000000000000000000000001")]
    [InlineData("0123abcd.9223372036854775807.2")]
    [InlineData("0123abcd.1.2.0.1.1.0.x")]
    public void What_is_no_id_of_a_replay_is_not_taken_for_one(string id) => Assert.Null(ReplayMark.Read(id));

    [Fact]
    public async Task It_is_played_by_the_clock_that_is_given()
    {
        var clock = new FakeTimeProvider(Noon);
        TimelineEntry[] story = [Entry(1, Noon, Noon), Entry(2, Noon.AddMinutes(2), Noon.AddMinutes(2))];
        var frames = Frames.Of(story, End);
        var course = Of(story, 60, false);
        await using var playing = Playing(frames, story, clock)
            .Of(course.Frames, course.Pacing, Hello(course), Begin(course), CancellationToken.None)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        foreach (var type in (string[])["hello", "entry", "entry", "clock"])
            Assert.Equal(type, await Next());
        var waiting = Next();
        clock.Advance(TimeSpan.FromMilliseconds(900));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("clock", await waiting);
        waiting = Next();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("entry", await waiting);
        Assert.Equal(["entry", "end"], [await Next(), await Next()]);
        Assert.False(await playing.MoveNextAsync());

        async Task<string> Next()
        {
            Assert.True(await playing.MoveNextAsync());
            return playing.Current.EventType;
        }
    }

    [Fact]
    public void There_are_so_many_seats_and_one_that_is_left_is_free()
    {
        var seats = new ReplaySeats();
        var taken = Enumerable.Range(0, ReplaySeats.All).Select(_ => seats.Take()).ToList();
        Assert.DoesNotContain(null, taken);
        Assert.Null(seats.Take());
        taken[0]!.Dispose();
        taken[0]!.Dispose();
        using var next = seats.Take();
        Assert.NotNull(next);
        Assert.Null(seats.Take());
    }

    private static Watching Plain => new(null, null, 60, false);

    private static Course Of(IReadOnlyList<TimelineEntry> story, int speed, bool skips, ReplayMark? mark = null) =>
        Course.Of(Frames.Of(story, End), Both, new Watching(null, null, speed, skips), mark, End)!;

    private static List<Step> Steps(IReadOnlyList<TimelineEntry> story, int speed)
    {
        var course = Of(story, speed, false);
        return [.. Schedule.Of(course.Frames, course.Pacing)];
    }

    private static List<SseItem<object>> Play(
        IReadOnlyList<TimelineEntry> story,
        int speed,
        bool skips,
        ReplayMark? mark
    )
    {
        var course = Of(story, speed, skips, mark);
        if (course.IsOver)
            return [];
        return Playing(Frames.Of(story, End), story, new Rushing())
            .Of(course.Frames, course.Pacing, Hello(course), mark ?? Begin(course), CancellationToken.None)
            .ToBlockingEnumerable()
            .ToList();
    }

    private static Playing Playing(
        IReadOnlyList<Frame> frames,
        IReadOnlyList<TimelineEntry> story,
        TimeProvider clock
    ) =>
        new(
            frames,
            (_, _) =>
                Task.FromResult<IReadOnlyDictionary<(Guid, int), TimelineEntry>>(
                    story.ToDictionary(one => (one.Id, one.EntryVersion))
                ),
            clock
        );

    private static ReplayMark Begin(Course course) =>
        ReplayMark.Before(ReplayMark.QuestionOf("x"), End, course.Frames, course.Pacing.From);

    private static ReplayHello Hello(Course course) =>
        new("x", course.Pacing.From, course.Pacing.To, End, course.Pacing.Speed, course.Frames.Count);

    private static IEnumerable<string> Entries(IEnumerable<SseItem<object>> items) =>
        items
            .Select(one => one.Data)
            .OfType<ReplayFrame>()
            .Select(one =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{one.At:O} {one.Lane} {one.Change} {one.EntryId} {one.EntryVersion}"
                )
            );

    // A year has gone by whenever it is asked, so that nothing waits.
    private sealed class Rushing : TimeProvider
    {
        private long now;

        public override long GetTimestamp() => Interlocked.Add(ref now, TimestampFrequency * 86_400);
    }
}
