using System.Globalization;
using Steady.Contracts.Budgets;

namespace Steady.Web.Drawing;

/// <summary>A piece of the line, in the colour of who spent there.</summary>
/// <param name="Path">For the attribute <c>d</c>.</param>
/// <param name="Tone"><c>plain</c>, <c>incident</c>, <c>run</c>, …</param>
public sealed record BurnPiece(string Path, string Tone);

/// <summary>A cause at the end of its fall. Where several meet, only the one that spent most is labelled; the table has all.</summary>
public sealed record BurnMark(
    double X,
    double Y,
    string Tone,
    string Sign,
    string Label,
    string Share,
    string? Href,
    bool Before,
    bool Labelled
);

/// <summary>Something below the line that had a length: an alert, an empty budget, a data gap.</summary>
public sealed record BurnSpan(double X, double Width, int Row, string Tone, string Title);

/// <summary>A burn-down, laid out: what is left over the window, who made it fall, and what went on meanwhile.</summary>
public sealed record BurnDown(
    TimeAxis Axis,
    double Now,
    string Area,
    IReadOnlyList<BurnPiece> Pieces,
    IReadOnlyList<BurnMark> Marks,
    IReadOnlyList<BurnSpan> Spans,
    IReadOnlyList<Tick> Levels,
    double Zero,
    string EvenSpend,
    double LeftY,
    decimal? Left,
    BurnAhead? Ahead,
    string Later = "",
    string NowWord = "now"
)
{
    public const double Width = 760;
    public const double Height = 292;
    private const double WordHeight = 22;

    /// <summary>Where it is said how much is left: below what may come, or above it where there is no room below.</summary>
    public double LeftWordY =>
        Ahead is { } ahead && ahead.Deepest + WordHeight < DrawBurnDown.Bottom
            ? ahead.Deepest + WordHeight
            : Math.Max(DrawBurnDown.Top + WordHeight + 4, LeftY - 7);
}

/// <summary>What comes: the middle line and its bands, and when it reaches the bottom.</summary>
/// <param name="Deepest">The lowest point that it may come to, within the picture.</param>
public sealed record BurnAhead(string Line, string Band80, string Band95, string Words, bool Bad, double Deepest);

/// <summary>Draws a budget's history. Pure; coordinates of a picture 760 wide.</summary>
public static class DrawBurnDown
{
    public const double LeftEdge = 44;
    public const double NowEdge = 628;
    public const double RightEdge = 748;
    public const double Top = 14;
    public const double Bottom = 218;
    private const double RowHeight = 9;
    private const int MostMarks = 5;
    private const double LabelRoom = 104;
    private const double LabelHeight = 26;

    /// <param name="history">What was counted, up to now.</param>
    /// <param name="forecast">What comes; none where the past is looked at: what came is drawn instead.</param>
    /// <param name="at">The moment that is looked at; null for now.</param>
    public static BurnDown Of(BudgetHistory history, BudgetForecast? forecast = null, DateTimeOffset? at = null)
    {
        var all = history.Points.Where(point => point.Remaining is not null).ToList();
        var known = all.Where(point => at is null || point.At <= at).ToList();
        history = at is { } moment ? Until(history, moment) : history;
        var past = new TimeAxis(history.From, history.To, LeftEdge, NowEdge);
        var lowest = Math.Min(-0.12, all.Count == 0 ? 0 : (double)all.Min(point => point.Remaining!.Value) - 0.06);
        // A budget that is spent ten times over would make everything above zero invisible.
        var floor = Math.Max(lowest, -1.5);
        double Y(decimal share) => Top + (Bottom - Top) * (1 - Math.Clamp((double)share, floor, 1)) / (1 - floor);
        var spans = Spans(history, past);
        return new BurnDown(
            past,
            at is { } here ? Math.Clamp(past.X(here), LeftEdge, NowEdge) : NowEdge,
            Area(known, past, Y),
            Pieces(known, history.Marks, past, Y),
            Marks(known, history.Marks, past, Y),
            spans,
            Levels(floor, Y),
            Y(0),
            $"M{Svg.Number(LeftEdge)} {Svg.Number(Y(1))}L{Svg.Number(NowEdge)} {Svg.Number(Y(0))}",
            known.Count == 0 ? Y(1) : Y(known[^1].Remaining!.Value),
            known.Count == 0 ? null : known[^1].Remaining,
            Ahead(forecast, history.To, Y),
            at is null ? "" : Line(all.Skip(Math.Max(0, known.Count - 1)), past, Y),
            at is { } then ? Words.Clock(then) : "now"
        );
    }

    // What had happened by then, and what went on goes on until then.
    private static BudgetHistory Until(BudgetHistory history, DateTimeOffset at) =>
        history with
        {
            Marks =
            [
                .. history
                    .Marks.Where(mark => mark.From <= at)
                    .Select(mark =>
                        mark.Kind != HistoryKind.Revised && !(mark.Until <= at) ? mark with { Until = at } : mark
                    ),
            ],
        };

    private static string Area(IReadOnlyList<HistoryPoint> known, TimeAxis axis, Func<decimal, double> y) =>
        known.Count < 2
            ? ""
            : Line(known, axis, y)
                + $"L{Svg.Number(axis.X(known[^1].At))} {Svg.Number(y(0))}L{Svg.Number(axis.X(known[0].At))} {Svg.Number(y(0))}Z";

    private static string Line(IEnumerable<HistoryPoint> points, TimeAxis axis, Func<decimal, double> y) =>
        string.Concat(
            points.Select(
                (point, i) =>
                    $"{(i == 0 ? 'M' : 'L')}{Svg.Number(axis.X(point.At))} {Svg.Number(y(point.Remaining!.Value))}"
            )
        );

    // Neighbouring points of one tone are one piece; a piece begins where the one before ended.
    private static IReadOnlyList<BurnPiece> Pieces(
        IReadOnlyList<HistoryPoint> known,
        IReadOnlyList<HistoryMark> marks,
        TimeAxis axis,
        Func<decimal, double> y
    )
    {
        var pieces = new List<BurnPiece>();
        for (var begin = 0; begin < known.Count - 1; )
        {
            var tone = ToneBetween(known[begin].At, known[begin + 1].At, marks);
            var end = begin + 1;
            while (end < known.Count - 1 && ToneBetween(known[end].At, known[end + 1].At, marks) == tone)
                end++;
            pieces.Add(new BurnPiece(Line(known.Skip(begin).Take(end - begin + 1), axis, y), tone));
            begin = end;
        }

        return pieces;
    }

    private static string ToneBetween(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<HistoryMark> marks) =>
        marks
            .Where(mark => mark.Kind == HistoryKind.Spend && mark.From < to && mark.Until > from)
            .OrderByDescending(mark => mark.Bad)
            .FirstOrDefault()
            is { Cause: { } cause }
            ? SpendParts.Tone(cause)
            : "plain";

    private static IReadOnlyList<BurnMark> Marks(
        IReadOnlyList<HistoryPoint> known,
        IReadOnlyList<HistoryMark> marks,
        TimeAxis axis,
        Func<decimal, double> y
    )
    {
        var largest = marks
            .Where(mark => mark is { Kind: HistoryKind.Spend, Bad: > 0 } && known.Count > 0)
            .OrderByDescending(mark => mark.Bad)
            .Take(MostMarks);
        var placed = new List<BurnMark>();
        foreach (var mark in largest)
        {
            var point = Fall(known, mark);
            var (x, height) = (axis.X(point.At), y(point.Remaining!.Value));
            placed.Add(
                new BurnMark(
                    x,
                    height,
                    SpendParts.Tone(mark.Cause!.Value),
                    SpendParts.Sign(mark.Cause.Value),
                    Words.Cut(mark.Label, 20),
                    $"−{Words.Percent(mark.ShareOfBudget ?? 0)}",
                    SpendParts.Href(mark.Cause.Value, mark.Id),
                    x > NowEdge - LabelRoom - 30,
                    !placed.Exists(other =>
                        other.Labelled && Math.Abs(other.X - x) < LabelRoom && Math.Abs(other.Y - height) < LabelHeight
                    )
                )
            );
        }

        return [.. placed.OrderBy(mark => mark.X)];
    }

    // Where most failed while it went on; an incident is often resolved long after its worst hour.
    private static HistoryPoint Fall(IReadOnlyList<HistoryPoint> known, HistoryMark mark)
    {
        var step = known.Count > 1 ? known[1].At - known[0].At : TimeSpan.Zero;
        return known.Where(point => point.At > mark.From && point.At <= mark.Until + step).MaxBy(point => point.StepBad)
            ?? known[^1];
    }

    private static IReadOnlyList<BurnSpan> Spans(BudgetHistory history, TimeAxis axis) =>
        [
            .. history
                .Marks.Where(mark => mark.Kind != HistoryKind.Spend)
                .Select(mark =>
                {
                    var (from, to) = (axis.X(mark.From), axis.X(mark.Until ?? history.To));
                    var (row, tone) = mark.Kind switch
                    {
                        HistoryKind.BurnAlert => (0, mark.Severity == BurnSeverity.Page ? "bad" : "warn"),
                        HistoryKind.Exhausted => (1, "exhausted"),
                        HistoryKind.DataGap => (2, "gap"),
                        _ => (2, "revised"),
                    };
                    return new BurnSpan(from, Math.Max(2.5, to - from), row, tone, Title(mark, history.To));
                }),
        ];

    private static string Title(HistoryMark mark, DateTimeOffset now)
    {
        var what = mark.Kind == HistoryKind.BurnAlert ? $"{mark.Severity} alert {mark.Label}" : mark.Label;
        var length = mark.Kind == HistoryKind.Revised ? "" : $", for {Words.Length((mark.Until ?? now) - mark.From)}";
        return $"{Words.Minute(mark.From)}: {what}{length}";
    }

    private static IReadOnlyList<Tick> Levels(double floor, Func<decimal, double> y)
    {
        var levels = new List<Tick>();
        for (var share = 1m; share >= (decimal)floor; share -= floor < -0.5 ? 0.5m : 0.25m)
            levels.Add(new Tick(y(share), $"{(100 * share).ToString("0", CultureInfo.InvariantCulture)} %"));
        return levels;
    }

    // From now to the horizon, in the narrow part of the picture that is the future.
    private static BurnAhead? Ahead(BudgetForecast? forecast, DateTimeOffset now, Func<decimal, double> y)
    {
        if (forecast is null || forecast.Points.Count < 2 || forecast.Horizon <= now)
            return null;
        var axis = new TimeAxis(now, forecast.Horizon, NowEdge, RightEdge);
        // Below the edge of the picture nothing more is to be seen.
        var seen = forecast.Points.TakeWhile(point => y(1 - point.Spent) < Bottom).Count() + 1;
        var words = forecast.ExhaustedAt is { } empty
            ? empty <= now
                ? "empty now"
                : $"empty in {Words.Length(empty - now)}"
            : "lasts";
        return new BurnAhead(
            Path(forecast.Points.Take(seen).Select(point => (point.At, point.Spent))),
            Band(point => point.Low80, point => point.High80),
            Band(point => point.Low95, point => point.High95),
            words,
            forecast.ExhaustedAt is not null,
            forecast.Points.Max(point => y(1 - point.High95))
        );

        string Path(IEnumerable<(DateTimeOffset At, decimal Spent)> points) =>
            string.Concat(
                points.Select(
                    (point, i) =>
                        $"{(i == 0 ? 'M' : 'L')}{Svg.Number(axis.X(point.At))} {Svg.Number(y(1 - point.Spent))}"
                )
            );

        string Band(Func<ForecastPoint, decimal> low, Func<ForecastPoint, decimal> high) =>
            Path(
                forecast
                    .Points.Select(point => (point.At, low(point)))
                    .Concat(forecast.Points.Reverse().Select(point => (point.At, high(point))))
            ) + "Z";
    }

    /// <summary>Top of a row of spans below the line.</summary>
    public static double RowTop(int row) => Bottom + 8 + row * (RowHeight + 3);
}
