using Steady.Contracts.Budgets;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>The burn-down's pure part: a window of ten days, a point a day.</summary>
public sealed class BurnDownTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 14, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid Incident = Guid.Parse("01990000-0000-7000-8000-000000000001");

    [Fact]
    public void The_line_falls_in_the_colour_of_who_spent()
    {
        var drawn = DrawBurnDown.Of(History([1, 1, 0.9m, 0.5m, 0.5m], Spend(2, 3, 40)));
        Assert.Equal(["plain", "incident", "plain"], drawn.Pieces.Select(piece => piece.Tone));
        var mark = Assert.Single(drawn.Marks);
        Assert.Equal(
            ("incident", "!", "Disk full", "−40 %", $"/incidents/{Incident}"),
            (mark.Tone, mark.Sign, mark.Label, mark.Share, mark.Href)
        );
        Assert.Equal(drawn.Axis.X(Start.AddDays(3)), mark.X);
    }

    [Fact]
    public void In_the_past_the_line_ends_there_and_what_came_later_is_apart()
    {
        var history = History([1, 1, 0.9m, 0.5m, 0.5m], Spend(2, 3, 40));
        var drawn = DrawBurnDown.Of(history, at: Start.AddDays(2));
        Assert.Equal((0.9m, drawn.Axis.X(Start.AddDays(2))), (drawn.Left, drawn.Now));
        Assert.Equal(3, drawn.Later.Count(letter => letter is 'M' or 'L'));
        Assert.Equal("", DrawBurnDown.Of(history).Later);
        // Nobody knew yet who would spend.
        Assert.Empty(DrawBurnDown.Of(history, at: Start.AddDays(1)).Marks);
    }

    [Fact]
    public void Where_causes_meet_the_one_that_spent_most_has_the_words()
    {
        var drawn = DrawBurnDown.Of(History([1, 1, 0.9m, 0.5m, 0.5m], Spend(2, 3, 5), Spend(2, 3, 40), Spend(0, 1, 4)));
        Assert.Equal(
            [("−4 %", true), ("−40 %", true), ("−5 %", false)],
            drawn.Marks.Select(mark => (mark.Share, mark.Labelled))
        );
    }

    [Fact]
    public void A_cause_stands_where_most_failed_and_not_where_it_was_resolved()
    {
        var history = History([1, 0.9m, 0.5m, 0.5m, 0.5m], Spend(0, 4, 40));
        var worst = history with
        {
            Points = [.. history.Points.Select((point, i) => point with { StepBad = i == 2 ? 40 : 0 })],
        };
        Assert.Equal(DrawBurnDown.Of(worst).Axis.X(Start.AddDays(2)), DrawBurnDown.Of(worst).Marks[0].X);
    }

    [Fact]
    public void What_comes_is_drawn_until_it_leaves_the_picture_and_said_in_words()
    {
        var end = Start.AddDays(2);
        var points = Enumerable
            .Range(1, 10)
            .Select(day => new ForecastPoint(end.AddDays(day), day / 5m, day / 6m, day / 4m, day / 7m, day / 3m))
            .ToList();
        var forecast = new BudgetForecast(Start, 0.2m, end.AddDays(10), end.AddDays(5), [], points);
        var drawn = DrawBurnDown.Of(History([1, 1, 1]), forecast).Ahead!;
        Assert.Equal("empty in 5 d", drawn.Words);
        Assert.True(drawn.Line.Count(sign => sign == 'L') < 9);
        Assert.EndsWith("Z", drawn.Band80, StringComparison.Ordinal);
        Assert.Equal("lasts", DrawBurnDown.Of(History([1, 1, 1]), forecast with { ExhaustedAt = null }).Ahead!.Words);
        Assert.Null(DrawBurnDown.Of(History([1, 1, 1])).Ahead);
    }

    [Fact]
    public void How_much_is_left_is_said_beside_what_may_come_and_not_on_it()
    {
        var end = Start.AddDays(2);
        BurnDown Drawn(decimal spent) =>
            DrawBurnDown.Of(
                History([1, 1, 1]),
                new BudgetForecast(
                    Start,
                    0.2m,
                    end.AddDays(9),
                    null,
                    [],
                    [
                        .. Enumerable
                            .Range(0, 10)
                            .Select(day => (At: end.AddDays(day), Share: spent * day / 9))
                            .Select(p => new ForecastPoint(p.At, p.Share, p.Share, p.Share, p.Share, p.Share)),
                    ]
                )
            );
        var slow = Drawn(0.25m);
        Assert.Equal(DrawBurnDown.Top + (slow.Zero - DrawBurnDown.Top) / 4, slow.Ahead!.Deepest, 6);
        Assert.True(slow.LeftWordY > slow.Ahead.Deepest + 14);
        // No room below what falls to the bottom: then the words stand above.
        Assert.True(Drawn(1).LeftWordY < Drawn(1).Ahead!.Deepest);
    }

    [Fact]
    public void What_is_overspent_shows_below_zero()
    {
        var drawn = DrawBurnDown.Of(History([1, 0.2m, -0.4m]));
        Assert.True(drawn.LeftY > drawn.Zero);
        Assert.True(drawn.LeftY <= DrawBurnDown.Bottom);
        Assert.Equal(-0.4m, drawn.Left);
        Assert.Equal("100 %", drawn.Levels[0].Label);
    }

    [Fact]
    public void A_budget_spent_many_times_over_is_cut_at_the_edge()
    {
        var drawn = DrawBurnDown.Of(History([1, -40]));
        Assert.Equal(DrawBurnDown.Bottom, drawn.LeftY);
        Assert.Equal(-40, drawn.Left);
    }

    [Fact]
    public void Without_counts_there_is_no_line()
    {
        var drawn = DrawBurnDown.Of(History([null, null]));
        Assert.Empty(drawn.Pieces);
        Assert.Null(drawn.Left);
        Assert.Empty(drawn.Area);
    }

    [Fact]
    public void What_goes_on_reaches_to_now_and_what_was_short_is_still_seen()
    {
        var drawn = DrawBurnDown.Of(
            History(
                [1, 1, 1, 1],
                new(HistoryKind.BurnAlert, Start.AddDays(1), null, "above 14.4× over 1h", null, BurnSeverity.Page),
                new(HistoryKind.Exhausted, Start.AddDays(1), Start.AddDays(1).AddSeconds(1), "budget exhausted")
            )
        );
        Assert.Equal([("bad", 0), ("exhausted", 1)], drawn.Spans.Select(span => (span.Tone, span.Row)));
        Assert.Equal(DrawBurnDown.NowEdge, drawn.Spans[0].X + drawn.Spans[0].Width, 3);
        Assert.True(drawn.Spans[1].Width >= 2);
        Assert.Contains("Page alert above 14.4× over 1h, for 2 d", drawn.Spans[0].Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_largest_causes_are_named()
    {
        var spends = Enumerable.Range(1, 8).Select(bad => Spend(bad, bad + 1, bad)).ToArray();
        var drawn = DrawBurnDown.Of(History([.. Enumerable.Range(0, 10).Select(i => (decimal?)(1 - i / 20m))], spends));
        Assert.Equal(["−4 %", "−5 %", "−6 %", "−7 %", "−8 %"], drawn.Marks.Select(mark => mark.Share));
    }

    [Fact]
    public void The_table_adds_up_and_has_the_newest_first()
    {
        var history = History([.. Enumerable.Range(0, 100).Select(_ => (decimal?)1)], Spend(98, 99, 7));
        var rows = HistoryRows.Of(history);
        Assert.True(rows.Count <= 31);
        Assert.Equal(history.Points.Sum(point => point.StepBad), rows.Sum(row => row.Bad));
        Assert.True(rows[0].At > rows[^1].At);
        Assert.Contains(rows, row => row.Happened == "Disk full spent 7 %");
    }

    internal static HistoryMark Spend(int from, int to, int bad) =>
        new(
            HistoryKind.Spend,
            Start.AddDays(from),
            Start.AddDays(to),
            "Disk full",
            Incident,
            null,
            CauseKind.Incident,
            bad,
            bad / 100m
        );

    internal static BudgetHistory History(IReadOnlyList<decimal?> left, params HistoryMark[] marks) =>
        new(
            Guid.Empty,
            "checkout-availability",
            "checkout",
            0.999m,
            "10d",
            Start,
            Start.AddDays(left.Count - 1),
            86_400,
            [.. left.Select((share, i) => new HistoryPoint(Start.AddDays(i), 100, 1, 1, share, 10, 2, 1))],
            marks
        );
}
