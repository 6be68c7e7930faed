namespace Steady.Budgets.Burn;

/// <summary>How sure a figure is, for bands that are drawn. Nothing is decided by them.</summary>
public static class Bounds
{
    private const int Digits = 30;

    // 95 % of a normal distribution lie within this many standard deviations.
    private static readonly Rational Z95 = Rational.Parse("1.959963984540054");

    /// <summary>Wilson's score interval (1927) of an error ratio, 95 %.</summary>
    public static (Rational Low, Rational High) Wilson95(Rational bad, Rational total)
    {
        var (ratio, square) = (bad / total, Z95 * Z95);
        var center = ratio + square / (2 * total);
        var half = Z95 * (ratio * (1 - ratio) / total + square / (4 * total * total)).Root(Digits);
        var scale = 1 + square / total;
        return (bad == 0 ? 0 : (center - half) / scale, bad == total ? 1 : (center + half) / scale);
    }

    /// <summary>
    /// Garwood's exact interval (1936) of a count's expectation: the expectations at which so few, or so many, would be
    /// rarer than half of what is left out. In doubles: it is only drawn.
    /// </summary>
    /// <param name="count">What was counted.</param>
    /// <param name="inside">0.95 for 95 %.</param>
    public static (double Low, double High) Poisson(long count, double inside)
    {
        var tail = (1 - inside) / 2;
        var most = count + 10 * Math.Sqrt(count + 1) + 10;
        var low = count == 0 ? 0 : Solve(0, count, mean => 1 - AtMost(count - 1, mean) < tail);
        return (low, Solve(count, most, mean => AtMost(count, mean) > tail));
    }

    // The mean up to which the condition holds.
    private static double Solve(double from, double to, Func<double, bool> holds)
    {
        for (var step = 0; step < 100; step++)
        {
            var middle = (from + to) / 2;
            if (holds(middle))
                from = middle;
            else
                to = middle;
        }

        return (from + to) / 2;
    }

    // Probability of at most so many, summed from the largest term down to what no longer matters.
    private static double AtMost(long count, double mean)
    {
        if (mean == 0)
            return 1;
        var top = Math.Min(count, (long)mean);
        var peak = Math.Exp(top * Math.Log(mean) - mean - LogFactorial(top));
        var (sum, term) = (peak, peak);
        for (var n = top; n > 0 && term > sum * 1e-17; n--)
            sum += term *= n / mean;
        term = peak;
        for (var n = top + 1; n <= count && term > sum * 1e-17; n++)
            sum += term *= mean / n;
        return sum;
    }

    // Stirling's series; exact enough from 20 on, so smaller ones are reached from there.
    private static double LogFactorial(long n)
    {
        var shift = 0.0;
        for (; n < 20; n++)
            shift += Math.Log(n + 1);
        double x = n + 1;
        var series = 1 / (12 * x) - 1 / (360 * x * x * x) + 1 / (1260 * Math.Pow(x, 5));
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series - shift;
    }
}
