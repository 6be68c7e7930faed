using System.Text.Json;
using Steady.Budgets.Burn;
using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Tests.Unit.Budgets;

using Answer = Dictionary<string, object?>;

/// <summary>Which rule of the engine answers which kind of vector. Numbers are exact fractions, times seconds.</summary>
internal static class VectorRules
{
    private static readonly Dictionary<string, Func<JsonElement, Answer>> Rules = new()
    {
        ["budget_events"] = i =>
            new()
            {
                ["budget"] = BudgetMaths.Events(i.Exact("total"), i.Exact("objective")),
                ["budget_whole"] = (Rational)(long)BudgetMaths.WholeEvents(i.Exact("total"), i.Exact("objective")),
            },
        ["budget_share_of_incident"] = i => new() { ["share"] = BudgetMaths.Share(i.Exact("bad"), i.Exact("budget")) },
        ["budget_consumed"] = Consumed,
        ["budget_time"] = i => new() { ["seconds"] = BudgetMaths.Time(i.Exact("objective"), i.Seconds("window")) },
        ["calendar_budget"] = CalendarBudget,
        ["burn_rate"] = i =>
        {
            var rate = BudgetMaths.BurnRate(i.Exact("error_ratio"), i.Exact("objective"));
            return new() { ["burn_rate"] = rate, ["exhaustion_s"] = BudgetMaths.Exhaustion(rate, i.Seconds("period")) };
        },
        ["exhaustion"] = i =>
            new() { ["exhaustion_s"] = BudgetMaths.Exhaustion(i.Exact("burn_rate"), i.Seconds("period")) },
        ["burn_threshold"] = i =>
            new()
            {
                ["factor"] = BudgetMaths.Factor(
                    i.Exact("budget_percent") / 100,
                    i.Seconds("long_window"),
                    i.Seconds("period")
                ),
            },
        ["short_window"] = i => new() { ["short_s"] = Rational.Seconds(AlertPairs.ShortFor(i.Window("long_window"))) },
        ["alert_reachable"] = i =>
        {
            var fastest = BudgetMaths.FastestBurn(i.Exact("objective"));
            return new()
            {
                ["max_burn_rate"] = fastest,
                ["reachable"] = AlertTimes.Fires(1, BudgetMaths.MayFail(i.Exact("objective")), i.Exact("factor")),
                ["consumed_by_total_outage"] = BudgetMaths.Spent(
                    fastest,
                    i.Seconds("long_window"),
                    i.Seconds("period")
                ),
            };
        },
        ["budget_consumed_by_alert"] = i =>
            new()
            {
                ["fraction"] = AlertTimes.SpentWhenFired(
                    i.Exact("factor"),
                    i.Seconds("long_window"),
                    i.Seconds("period")
                ),
            },
        ["consumed"] = i =>
            new()
            {
                ["fraction"] = BudgetMaths.Spent(
                    BudgetMaths.BurnRate(i.Exact("error_ratio"), i.Exact("objective")),
                    i.Seconds("duration"),
                    i.Seconds("period")
                ),
            },
        ["good_bad_total"] = Indicator,
        ["serial"] = VectorCompositeRules.Serial,
        ["parallel"] = VectorCompositeRules.Parallel,
        ["openslo_ratio_timeslices"] = VectorCompositeRules.Missing,
        ["openslo_timeslices"] = VectorCompositeRules.Slices,
        ["openslo_occurrences"] = VectorCompositeRules.Burn,
        ["extra_nine"] = VectorCompositeRules.ExtraNine,
        ["ceiling"] = VectorCompositeRules.Ceiling,
    };

    public static Func<JsonElement, Answer> Of(string op) =>
        Rules.TryGetValue(op, out var rule) ? rule
        : VectorAlertRules.All.TryGetValue(op, out rule) ? rule
        : VectorSliceRules.All.TryGetValue(op, out rule) ? rule
        : VectorCountRules.All[op];

    private static Answer Consumed(JsonElement i)
    {
        var (bad, total, objective) = (i.Exact("bad"), i.Exact("total"), i.Exact("objective"));
        var (ratio, window) = (bad / total, i.Exact("window_s"));
        var budget = BudgetMaths.Time(objective, window) / 60;
        return new()
        {
            ["sli"] = BudgetMaths.Indicator(total - bad, total),
            ["burn_rate"] = BudgetMaths.BurnRate(ratio, objective),
            ["budget_minutes"] = budget,
            ["bad_minutes"] = ratio * window / 60,
            ["remaining_minutes"] = budget - ratio * window / 60,
            ["gap"] = 1 - ratio - objective,
        };
    }

    private static Answer CalendarBudget(JsonElement i)
    {
        var terms = new WindowTerms(i.Text("window"), new($"{i.Text("month")}-01", i.Text("timeZone")));
        var (duration, zone) = (Durations.Parse(terms.Duration), WallClock.Zone(i.Text("timeZone"))!);
        var start = Calendars.Local(terms.Calendar!.Start)!.Value;
        var window = Calendars.Window(duration, start, zone, 0);
        return new()
        {
            ["days"] = (Rational)(start.AddMonths(duration.Months) - start).Days,
            ["seconds"] = BudgetMaths.Time(i.Exact("objective"), Rational.Seconds(window.To - window.From)),
        };
    }

    private static Answer Indicator(JsonElement i)
    {
        Rational? good = i.Maybe("good");
        Rational? bad = i.Maybe("bad");
        var total = i.Maybe("total") ?? good!.Value + bad!.Value;
        var good1 = good ?? total - bad!.Value;
        var indicator = BudgetMaths.Indicator(good1, total);
        return new()
        {
            ["indicator"] = indicator,
            ["good"] = good1,
            ["bad"] = total - good1,
            ["counts_as"] = indicator is null ? "no data" : "data",
        };
    }
}
