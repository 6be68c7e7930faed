using System.Text.Json;
using Steady.Budgets.Burn;
using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Tests.Unit.Budgets;

using Answer = Dictionary<string, object?>;

internal static class VectorSliceRules
{
    public static Dictionary<string, Func<JsonElement, Answer>> All { get; } =
        new()
        {
            ["occurrences"] = i =>
            {
                var total = i.Exact("daily_requests") * i.Seconds("window") / 86_400;
                return new() { ["total"] = total, ["budget"] = BudgetMaths.Events(total, i.Exact("objective")) };
            },
            ["timeslices"] = i =>
            {
                var slices = Count(i);
                var bad = Slicing.MayBeBad(slices, i.Exact("objective"));
                return new()
                {
                    ["slices"] = slices,
                    ["bad_slices_allowed"] = bad,
                    ["bad_slices_whole"] = (Rational)(long)bad.Floor,
                    ["seconds"] = bad * i.Seconds("slice"),
                    ["minutes"] = bad * i.Seconds("slice") / 60,
                };
            },
            ["ratio_timeslices"] = i =>
            {
                var slices = Slicing.UntilExhausted(
                    Count(i),
                    i.Exact("objective"),
                    i.Exact("background"),
                    i.Exact("attack")
                );
                return new()
                {
                    ["slices_to_exhaust"] = slices,
                    ["minutes"] = slices is { } count ? count * i.Seconds("slice") / 60 : null,
                };
            },
            ["timeslices_sli"] = i =>
                new()
                {
                    ["sli_observed"] = Slicing.OfObserved(i.Exact("good"), i.Exact("observed")),
                    ["sli_window"] = Slicing.OfWindow(i.Exact("good"), i.Exact("observed"), i.Exact("slices")),
                },
            ["ratio_vs_mean"] = Means,
            ["calendar_window"] = Window,
            ["calendar_window_start"] = Window,
        };

    private static Rational Count(JsonElement i) => new(Slicing.Count(i.Seconds("window"), i.Seconds("slice")), 1);

    private static Answer Means(JsonElement i)
    {
        var columns = i.GetProperty("cols").EnumerateArray().Select(column => column.GetString()).ToList();
        var (total, bad) = (columns.IndexOf("total"), columns.IndexOf("bad"));
        var slices = i.GetProperty("slices")
            .EnumerateArray()
            .Select(row => new Tally(row[total].GetInt64() - row[bad].GetInt64(), row[bad].GetInt64()))
            .ToList();
        var all = slices.Aggregate(default(Tally), (sum, slice) => sum + slice);
        return new()
        {
            ["occurrences"] = 1 - BudgetMaths.Indicator(all.Good, all.Good + all.Bad),
            ["mean_of_ratios"] = Slicing.MeanErrorRatio(slices),
        };
    }

    private static Answer Window(JsonElement i)
    {
        var window = Calendars.Window(
            Durations.Parse(i.Text("duration")),
            Calendars.Local(i.Text("startTime"))!.Value,
            WallClock.Zone(i.Text("timeZone"))!,
            i.GetProperty("index").GetInt32()
        );
        var answer = new Answer { ["start"] = window.From, ["end"] = window.To };
        // The window that a moment inside it finds is the same one.
        var terms = new WindowTerms(i.Text("duration"), new(i.Text("startTime"), i.Text("timeZone")));
        var (index, found) = Calendars.At(terms, window.To.AddSeconds(-1));
        answer["start"] = (index, found) == (i.GetProperty("index").GetInt32(), window) ? window.From : found.From;
        if (!i.TryGetProperty("slice", out _))
            return answer;
        var slices = new Rational(Slicing.Count(Rational.Seconds(window.To - window.From), i.Seconds("slice")), 1);
        answer["slices"] = slices;
        answer["budget_slices"] = Slicing.MayBeBad(slices, i.Exact("objective"));
        return answer;
    }
}
