using Steady.Contracts.Incidents;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class TimelineColumnsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_are_told_as_columns_in_the_order_in_which_they_happened()
    {
        var late = Entry(60, "note-added", "note", "A customer called.") with { RecordedAt = Start.AddSeconds(300) };
        var columns = Of([Entry(90, "alert-fired", "alert", "p99 is high"), late, Entry(30, "deploy", "deploy", "v7")]);

        Assert.Equal(Start.AddSeconds(30).ToUnixTimeMilliseconds(), columns.Start);
        Assert.Equal([0, 30_000, 30_000], columns.Times);
        Assert.Equal([0, 240_000, 0], columns.Lags);
        Assert.Equal(["Deploy", "Note added", "Alert fired"], Said(columns.Kinds));
        Assert.Equal(["Changes", "People", "Signals"], columns.Lanes.Select(lane => TimelineLanes.Names[lane]));
        Assert.Equal([0], columns.Keys);
    }

    [Fact]
    public void What_many_rows_say_is_said_once()
    {
        var columns = Of([.. Enumerable.Range(0, 50).Select(i => Entry(i, "alert-fired", "alert", "p99 is high"))]);

        Assert.Equal(["p99 is high"], columns.Texts.Words);
        Assert.Equal(50, columns.Texts.Rows.Count);
    }

    [Fact]
    public void In_the_past_what_was_known_stands_as_it_was_known_and_the_rest_is_ahead()
    {
        var first = Entry(10, "note", "note", "The queue is full.");
        var amended = first with { Text = "The disk is full.", EntryVersion = 2 };
        var later = Entry(40, "resolve", "resolve", "Over.");

        var columns = Of([first], [amended, later]);

        Assert.Equal(["The queue is full.", "Over."], Said(columns.Texts));
        Assert.Equal([1], columns.Later);
        Assert.Empty(columns.Corrected);
        Assert.Equal([0], Of([amended]).Corrected);
    }

    [Fact]
    public void What_contradicts_each_other_is_found_in_the_rows()
    {
        var (one, other) = (Entry(10, "symptom", "symptom", "a"), Entry(20, "symptom", "symptom", "b"));
        var claims = new[] { one, other }.Select(e => new Claim(e.Id, "x", null, e.OccurredAt, e.OccurredAt, e.Text));
        var unseen = new Claim(Guid.CreateVersion7(Start), "x", null, Start, Start, "not found by the query");
        var conflict = new ContradictionView(
            Guid.CreateVersion7(Start),
            ContradictionKind.DifferentTimes,
            "x",
            [.. claims, unseen],
            1
        );

        var columns = TimelineColumns.Of([other, one], [], null, [conflict], Start, more: false);

        Assert.Equal([0, 1], Assert.Single(columns.Conflicts).Rows);
        Assert.False(columns.Conflicts[0].Ruled);
    }

    [Fact]
    public void What_lasted_has_its_length()
    {
        var outage = Entry(10, "symptom", "symptom", "Down") with { OccurredUntil = Start.AddSeconds(70) };

        Assert.Equal(
            [
                [0L, 60_000L],
            ],
            Of([outage]).Spans
        );
    }

    [Fact]
    public void Nothing_found_is_an_empty_picture_that_ends_now()
    {
        var columns = TimelineColumns.Of([], [], null, [], Start, more: false);

        Assert.Empty(columns.Ids);
        Assert.Equal(Start.ToUnixTimeMilliseconds(), columns.End);
    }

    private static TimelineColumns Of(
        IReadOnlyList<TimelineEntry> known,
        IReadOnlyList<TimelineEntry>? newest = null
    ) => TimelineColumns.Of(known, newest ?? [], null, [], Start.AddHours(1), more: false);

    private static IEnumerable<string> Said(SharedWords column) => column.Rows.Select(row => column.Words[row]);

    private static TimelineEntry Entry(int second, string kind, string category, string text) =>
        new(
            Guid.CreateVersion7(Start.AddSeconds(second)),
            Start.AddSeconds(second),
            Start.AddSeconds(second),
            "api",
            kind,
            ["checkout"],
            null,
            null,
            "ana",
            null,
            text,
            Category: category
        );
}
