using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>
/// Carries the failures of lately on, and lets old ones leave a rolling window as they came. The band is that of a count:
/// with so few failures lately, how many might there have been? It is drawn and decides nothing.
/// </summary>
public static class Forecasting
{
    /// <summary>In how many steps it looks ahead.</summary>
    public const int Parts = 48;

    /// <summary>Null without data, and for a reading without parts.</summary>
    public static BudgetForecast? Of(Budget budget, Reading reading)
    {
        var terms = budget.Terms;
        var whole = reading.Whole(terms);
        if (whole.Total == 0 || reading.Parts.Count == 0)
            return null;
        var period = reading.PeriodOf(terms.Windows[0]);
        var lately = Lately(reading, period);
        var recent = reading.Tallies[lately].Bad;
        var over = Rational.Seconds(reading.Periods[lately].Until - reading.Periods[lately].Since);
        var allowed = (Rational)BurnRates.MayFail(terms.Target) * new Rational(whole.Total, 1);
        var ahead = new Ahead(period, [.. reading.Parts.Select(part => part.Tally.Bad)], whole.Bad, allowed);
        var (low80, high80) = Band(recent, 0.80, terms.Method);
        var (low95, high95) = Band(recent, 0.95, terms.Method);
        return new BudgetForecast(
            reading.Periods[lately].Since,
            ((Rational)recent / over * 86_400 / allowed).Rounded(6),
            ahead.End,
            ahead.Exhausted(recent / over),
            [
                new(80, ahead.Exhausted(high80 / over), ahead.Exhausted(low80 / over)),
                new(95, ahead.Exhausted(high95 / over), ahead.Exhausted(low95 / over)),
            ],
            [
                .. Enumerable
                    .Range(1, Parts)
                    .Select(step => new ForecastPoint(
                        ahead.At(step),
                        ahead.Spent(step, recent / over),
                        ahead.Spent(step, low80 / over),
                        ahead.Spent(step, high80 / over),
                        ahead.Spent(step, low95 / over),
                        ahead.Spent(step, high95 / over)
                    )),
            ]
        );
    }

    // The longest window of at most a tenth of the first: a day of a month, an hour of a day.
    private static int Lately(Reading reading, Period whole)
    {
        var tenth = ((whole.Ends ?? whole.Until) - whole.Since) / 10;
        var last = 0;
        for (var at = 0; at < reading.Periods.Count; at++)
        {
            if (reading.Periods[at] is { IsCalendar: false } one && one.Until - one.Since <= tenth)
                last = at;
        }

        return last;
    }

    // A ratio slice counts as far as it failed, so its band is that of as many whole ones.
    private static (Rational Low, Rational High) Band(long bad, double inside, BudgetingMethod method)
    {
        var unit = method == BudgetingMethod.RatioTimeslices ? Slicing.Parts : 1;
        var (low, high) = Bounds.Poisson(bad / unit, inside);
        return ((Rational)(decimal)low * unit, (Rational)(decimal)high * unit);
    }

    private sealed record Ahead(Period Period, IReadOnlyList<long> Parts, Rational Bad, Rational Allowed)
    {
        public DateTimeOffset End => Period.Ends ?? Period.Until + (Period.Until - Period.Since);

        public DateTimeOffset At(int step) =>
            Period.Until.AddTicks((End - Period.Until).Ticks * step / Forecasting.Parts);

        public decimal Spent(int step, Rational perSecond) => (After(step, perSecond) / Allowed).Rounded(6);

        // The first step at whose end it is gone, and within that step the moment by a straight line.
        public DateTimeOffset? Exhausted(Rational perSecond)
        {
            if (Bad >= Allowed)
                return Period.Until;
            for (var step = 1; step <= Forecasting.Parts; step++)
            {
                var (before, after) = (After(step - 1, perSecond), After(step, perSecond));
                if (after >= Allowed)
                {
                    var part = (Allowed - before) / (after - before) * (At(step) - At(step - 1)).Ticks;
                    return At(step - 1).AddTicks((long)part.Floor);
                }
            }

            return null;
        }

        private Rational After(int step, Rational perSecond)
        {
            var leaves = Period.IsCalendar ? 0 : Parts.Take(step).Sum();
            var horizon = Rational.Seconds(End - Period.Until) * step / Forecasting.Parts;
            return Forecasts.After(Bad, perSecond, horizon, leaves);
        }
    }
}
