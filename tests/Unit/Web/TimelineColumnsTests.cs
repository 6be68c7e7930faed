using System.IO.Compression;
using System.Text.Json;
using Steady.Contracts;
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
        Assert.Equal(Letters.Of([0, 240_000, 0]), columns.Lags);
        var sorts = columns.SortRows.Select(sort => columns.Sorts[(int)sort]).ToList();
        Assert.Equal(["Deploy", "Note added", "Alert fired"], sorts.Select(sort => sort.Kind));
        Assert.Equal(["Changes", "People", "Signals"], sorts.Select(sort => TimelineLanes.Names[sort.Lane]));
        Assert.Equal([true, false, false], sorts.Select(sort => sort.Key));
    }

    [Fact]
    public void What_many_rows_say_is_said_once()
    {
        var columns = Of([.. Enumerable.Range(0, 50).Select(i => Entry(i, "alert-fired", "alert", "p99 is high"))]);

        Assert.Equal(["p\t is high"], columns.Texts.Patterns.Words);
        Assert.Equal(50, columns.Texts.Patterns.Numbers.Count);
    }

    [Fact]
    public void Sentences_that_differ_by_numbers_are_said_once()
    {
        var columns = Of([
            .. Enumerable.Range(9, 3).Select(i => Entry(i, "alert-fired", "alert", $"{i} of 07\tat {i * i}")),
        ]);

        Assert.Equal(["\t of 07 at \t"], columns.Texts.Patterns.Words);
        Assert.Equal([9, 10, 11, 81, 100, 121], columns.Texts.Numbers);
    }

    [Fact]
    public void Numbers_are_letters_of_which_small_ones_take_one() =>
        Assert.Equal("ACDefgBhB", Letters.Of([0, 1, -1, 15, -15, 16, -16]));

    [Fact]
    public void Words_are_told_by_number_or_as_how_many_back_they_were_said_whichever_is_shorter()
    {
        var few = SharedWords.Of(["a", "b", "a", "b", "c"]);
        Assert.Equal((Letters.Of([0, 1, 0, 1, 2]), null), (few.Rows, few.Steps));
        var many = SharedWords.Of([.. Enumerable.Range(0, 100).Select(i => $"{(char)('!' + i)}"), "!"]);
        Assert.Equal((null, $"{new string('A', 100)}{Letters.Of([100])}"), (many.Rows, many.Steps));
    }

    [Theory]
    [InlineData(true, 45_000)]
    [InlineData(false, 60_000)]
    public void Ten_thousand_entries_come_in_few_bytes(bool isShort, int most)
    {
        var drawn = new Random(7);
        var entries = Enumerable.Range(0, 10_000).Select(i => isShort ? Short(drawn, i) : Chatty(drawn, i)).ToList();
        var columns = TimelineColumns.Of(entries, [], null, [], Start.AddDays(1), more: false);

        var plain = JsonSerializer.SerializeToUtf8Bytes(columns, Json.Options);
        var packed = new byte[plain.Length];
        // As the console packs it.
        Assert.True(BrotliEncoder.TryCompress(plain, packed, out var bytes, quality: 6, window: 22));

        TestContext.Current.TestOutputHelper!.WriteLine($"{plain.Length} bytes, packed {bytes}");
        Assert.InRange(bytes, 10_000, most);
    }

    [Fact]
    public void In_the_past_what_was_known_stands_as_it_was_known_and_the_rest_is_ahead()
    {
        var first = Entry(10, "note", "note", "The queue is full.");
        var amended = first with { Text = "The disk is full.", EntryVersion = 2 };
        var later = Entry(40, "resolve", "resolve", "Over.");

        var columns = Of([first], [amended, later]);

        Assert.Equal(["The queue is full.", "Over."], Said(columns.Texts.Patterns));
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

        Assert.Equal([0, 1], columns.Conflicts);
        var ruled = conflict with { Ruling = new RulingView(RulingVerdict.AllHold, null, "Two things", "ana", Start) };
        Assert.Empty(TimelineColumns.Of([other, one], [], null, [ruled], Start, more: false).Conflicts);
    }

    [Fact]
    public void What_lasted_has_its_length()
    {
        var outage = Entry(10, "symptom", "symptom", "Down") with { OccurredUntil = Start.AddSeconds(70) };

        Assert.Equal([0, 60_000], Of([outage]).Spans);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_picture_that_is_remembered_goes_on_as_if_it_were_drawn_anew(bool isOver)
    {
        var incident = StripTests.Incident with { ResolvedAt = isOver ? StripTests.Incident.ResolvedAt : null };
        List<TimelineEntry> entries =
        [
            .. StripTests.Story.SkipLast(isOver ? 0 : 1),
            Entry(30, "alert-fired", "alert", "p99 is high"),
            Entry(60, "note-added", "note", "A customer called."),
        ];
        TimelineColumns At(int minutes) =>
            TimelineColumns.Of(entries, [], incident, [], Start.AddMinutes(minutes), more: false);

        var telling = TimelineColumns.Telling(entries, [], incident);
        var later = At(2).Until(incident, telling, Start.AddMinutes(7));

        Assert.DoesNotContain(telling, one => one.Kind == "alert-fired");
        Assert.Equal(isOver, At(2).End == later.End);
        Assert.Equal(JsonSerializer.Serialize(At(7), Json.Options), JsonSerializer.Serialize(later, Json.Options));
        Assert.NotEmpty(later.Bands);
    }

    [Fact]
    public void Nothing_found_is_an_empty_picture_that_ends_now()
    {
        var columns = TimelineColumns.Of([], [], null, [], Start, more: false);

        Assert.Empty(columns.Times);
        Assert.Equal(Start.ToUnixTimeMilliseconds(), columns.End);
    }

    private static TimelineColumns Of(
        IReadOnlyList<TimelineEntry> known,
        IReadOnlyList<TimelineEntry>? newest = null
    ) => TimelineColumns.Of(known, newest ?? [], null, [], Start.AddHours(1), more: false);

    private static IEnumerable<string> Said(SharedWords column) => column.Numbers.Select(row => column.Words[row]);

    // What people import: every three seconds three words of twenty, all recorded at once.
    private static TimelineEntry Short(Random drawn, int number)
    {
        string Word() => Words[drawn.Next(Words.Length)];
        return Sorted(drawn.Next(8), number * 3, $"{Word()} {Word()} {Word()}") with
        {
            RecordedAt = Start.AddHours(10),
            Source = number % 2 == 0 ? "notes" : "report",
        };
    }

    // What machines and people write while it goes on, each a moment late; every number is drawn.
    private static TimelineEntry Chatty(Random drawn, int number)
    {
        var (kind, word) = (drawn.Next(8), Words[drawn.Next(Words.Length)]);
        var at = Start.AddMilliseconds(number * 700.0 + drawn.Next(1_400));
        var text = kind switch
        {
            0 => $"p99 of checkout is {drawn.Next(100, 999)} ms at pod-{drawn.Next(40)}",
            1 => $"The gate allows deploy release-{number} (production) on s{drawn.Next(10)}: Budget is left.",
            2 => $"Restarted worker-{drawn.Next(60)} in eu-west-{drawn.Next(3)}",
            3 => $"Error rate {drawn.Next(100)}.{drawn.Next(10)} % on /api/v1/orders/{drawn.Next(9999)}",
            4 => $"{word} {Words[drawn.Next(20)]} is {Words[drawn.Next(20)]}, looking at {Words[drawn.Next(20)]}",
            5 => $"burn rate {drawn.Next(30)}.{drawn.Next(10)} over 5 min",
            6 => $"disk {drawn.Next(100)} % full on node-{drawn.Next(30)}",
            _ => $"health check of {word} failed {drawn.Next(9)} times",
        };
        return Sorted(kind, 0, text) with
        {
            OccurredAt = at,
            RecordedAt = at.AddMilliseconds(drawn.Next(20, 1_500)),
            Actor = Words[drawn.Next(5)],
        };
    }

    private static TimelineEntry Sorted(int kind, int second, string text) =>
        Entry(second, Categories[kind], Categories[kind], text);

    private static readonly string[] Categories =
    [
        "alert",
        "symptom",
        "action",
        "diagnose",
        "deploy",
        "comms",
        "mitigate",
        "note",
    ];

    private static readonly string[] Words =
    [
        "payment",
        "queue",
        "disk",
        "replica",
        "gateway",
        "certificate",
        "index",
        "cache",
        "region",
        "login",
        "search",
        "memory",
        "restarted",
        "rolled back",
        "full",
        "slow",
        "errors",
        "timeouts",
        "scaled",
        "drained",
    ];

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
