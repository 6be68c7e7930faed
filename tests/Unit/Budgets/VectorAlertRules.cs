using System.Text.Json;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Tests.Unit.Budgets;

using Answer = Dictionary<string, object?>;

internal static class VectorAlertRules
{
    public static Dictionary<string, Func<JsonElement, Answer>> All { get; } =
        new()
        {
            ["detection_time"] = i =>
                new()
                {
                    ["seconds"] = i.TryGetProperty("for", out _)
                        ? i.Seconds("for")
                        : AlertTimes.Detection(
                            i.Exact("error_ratio"),
                            MayFail(i),
                            i.Exact("factor"),
                            i.Seconds("long_window")
                        ),
                },
            ["reset_time"] = i =>
                new()
                {
                    ["seconds"] = AlertTimes.Reset(
                        i.Exact("outage_error_ratio"),
                        MayFail(i),
                        i.Exact("factor"),
                        i.Seconds("long_window")
                    ),
                },
            ["max_alerts_per_day"] = i =>
                new() { ["count"] = (Rational)(long)AlertTimes.MostPerDay(i.Seconds("long_window")) },
            ["fires_after_minutes"] = i =>
                new()
                {
                    ["minute"] = AlertTimes.FirstMinute(
                        (long)i.Exact("error_from_minute").Floor,
                        MayFail(i),
                        i.Exact("factor"),
                        i.Seconds("long_window") / 60
                    )
                        is { } minute
                        ? (Rational)(long)minute
                        : null,
                },
            ["never_fires"] = i =>
                new()
                {
                    ["fires"] = i.TryGetProperty("for", out _)
                        ? AlertTimes.FiresWhenHeld(i.Seconds("duration"), i.Seconds("for"))
                        : AlertTimes.Fires(i.Exact("error_ratio"), MayFail(i), i.Exact("factor")),
                },
            ["mwmb_incident"] = Incident,
            ["mwmb_suppression"] = Suppression,
            ["low_traffic"] = LowTraffic,
            ["dynamic_threshold"] = i =>
                new()
                {
                    ["error_ratio"] = Guards.TrafficAware(
                        i.Exact("n_slo"),
                        i.Exact("n_alert"),
                        i.Exact("budget_percent") / 100,
                        MayFail(i)
                    ),
                },
            ["wilson95"] = i =>
            {
                var (low, high) = Bounds.Wilson95(i.Exact("bad"), i.Exact("total"));
                return new() { ["low"] = low, ["high"] = high };
            },
            ["poisson95"] = i =>
            {
                var (low, high) = Bounds.Poisson((long)i.Exact("bad").Floor, 0.95);
                return new() { ["low"] = (Rational)(decimal)low, ["high"] = (Rational)(decimal)high };
            },
            ["forecast_linear"] = Forecast,
            ["policy"] = Policy,
            ["oncall"] = OnCall,
        };

    private static Rational MayFail(JsonElement i) => BudgetMaths.MayFail(i.Exact("objective"));

    private static Answer Incident(JsonElement i)
    {
        var times = AlertTimes.Pair(
            i.Exact("error_ratio"),
            i.Seconds("duration"),
            MayFail(i),
            i.Exact("factor"),
            i.Seconds("long_window"),
            i.Seconds("short_window")
        );
        return new()
        {
            ["short_above_s"] = times.ShortAbove,
            ["fires_s"] = times.Fires,
            ["clears_after_stop_s"] = times.ClearsAfterStop,
            ["long_below_after_stop_s"] = times.LongBelowAfterStop,
        };
    }

    private static Answer Suppression(JsonElement i)
    {
        var holding = AlertTimes.Holding(
            BudgetRule.Workbook,
            i.Exact("consumed_percent") / 100,
            60 * i.Exact("minutes")
        );
        return new()
        {
            ["conditions_true"] = holding.Select(Name).ToList(),
            ["notifications"] = (Rational)(holding.Count > 0 ? 1 : 0),
        };
    }

    private static string Name(BudgetRule rule) =>
        $"{(rule.Severity == BurnSeverity.Page ? "page" : "ticket")} {(rule.Share * 100).Print(3)} %/{rule.Window.Name[..^1]} {rule.Window.Name[^1]}";

    private static Answer LowTraffic(JsonElement i)
    {
        var (perHour, failures) = (i.Exact("requests_per_hour"), i.Exact("failures"));
        var budget = BudgetMaths.Events(perHour * i.Seconds("period") / 3_600, i.Exact("objective"));
        return new()
        {
            ["hour_error_ratio"] = failures / perHour,
            ["burn_rate_1h"] = BudgetMaths.BurnRate(failures / perHour, i.Exact("objective")),
            ["budget_events"] = budget,
            ["budget_whole"] = (Rational)(long)budget.Floor,
            ["consumed"] = BudgetMaths.Share(failures, budget),
        };
    }

    private static Answer Forecast(JsonElement i)
    {
        Rational day = 86_400;
        var spent = i.Exact("consumed");
        var rate = Forecasts.Rate(spent, i.Seconds("over") / day);
        var answer = new Answer { ["per_day"] = rate, ["exhausted_in_days"] = Forecasts.Lasts(spent, rate) };
        if (i.TryGetProperty("horizon", out _))
            answer["consumed_at_horizon"] = Forecasts.After(
                spent,
                rate,
                i.Seconds("horizon") / day,
                i.Maybe("expiring_next") ?? 0
            );
        return answer;
    }

    private static Answer Policy(JsonElement i)
    {
        var answer = new Answer();
        if (i.Maybe("consumed") is { } spent)
        {
            answer["freeze"] = Policies.Freezes(spent);
            answer["allowed"] = Policies.Freezes(spent) ? Policies.AllowedInFreeze : ["all"];
        }

        if (i.Maybe("incident_share") is { } incident)
            answer["postmortem"] = Policies.WantsPostmortem(incident);
        if (i.Maybe("class_share") is { } outages)
            answer["p0_on_plan"] = Policies.WantsPlanItem(outages);
        return answer;
    }

    private static Answer OnCall(JsonElement i)
    {
        var answer = new Answer();
        if (i.Maybe("shift_hours") is { } shift)
            answer["max_incidents"] = (Rational)(long)Policies.IncidentsPerShift(shift, i.Exact("hours_per_incident"));
        if (i.Maybe("concurrent") is { } atOnce)
            answer["engineers"] = (Rational)(long)Policies.Engineers(atOnce, i.Exact("oncall_share"));
        return answer;
    }
}
