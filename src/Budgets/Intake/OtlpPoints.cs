namespace Steady.Budgets.Intake;

/// <summary>What kind of data an OTLP metric holds; sums and histograms with explicit bounds can count events.</summary>
public enum OtlpKind
{
    Other,
    Sum,
    Histogram,
}

/// <summary>What all points of an OTLP metric have in common.</summary>
/// <param name="Labels">Resource, scope and name, as <see cref="LabelBytes"/> writes them.</param>
/// <param name="Temporality">1 delta, 2 cumulative.</param>
public sealed record OtlpMetric(byte[] Labels, string Unit, OtlpKind Kind, int Temporality, bool IsMonotonic)
{
    public const string Resource = "resource.";
    public const string Scope = "scope.name";
}

/// <summary>One point, of whatever encoding.</summary>
public sealed class OtlpPoint
{
    public List<KeyValuePair<string, string>> Attributes { get; } = [];

    public ulong Start { get; set; }

    public ulong Time { get; set; }

    public long? Whole { get; set; }

    public double? Real { get; set; }

    public ulong Count { get; set; }

    public List<ulong> Buckets { get; } = [];

    public List<double> Bounds { get; } = [];

    public bool HasNoValue { get; set; }

    /// <summary>Hands the point to the indicators that mean its series.</summary>
    public void Deliver(OtlpMetric metric, Routing routing, Delivery delivery)
    {
        delivery.Count();
        var series = routing.Find([.. metric.Labels, .. LabelBytes.Of(Attributes)]);
        if (series.Trouble is { } trouble)
            delivery.Troubles.Add("", trouble);
        foreach (var route in series.Routes)
        {
            if (delivery.MayCount(route.Mapping))
                Deliver(metric, route, delivery);
        }
    }

    private void Deliver(OtlpMetric metric, Route route, Delivery delivery)
    {
        var (at, start) = (Signed(Time), Signed(Start));
        var isHistogram = route.Role == Role.Histogram;
        if (TroubleOf(metric, route, isHistogram) is { } trouble)
        {
            delivery.Observations.Add(new(route, Shape.Refused, at, start, 0, 0, trouble));
            return;
        }

        var shape = metric.Temporality == 1 ? Shape.Delta : Shape.Cumulative;
        if (HasNoValue)
            delivery.Observations.Add(new(route, Shape.Stale, at, start, 0));
        else if (isHistogram)
            delivery.Observations.Add(new(route, shape, at, start, Good(route), (long)Count));
        else if (Whole is { } whole)
            delivery.Observations.Add(new(route, shape, at, start, whole));
        else
            delivery.Add(route, shape, at, start, Real ?? double.NaN);
    }

    private Trouble? TroubleOf(OtlpMetric metric, Route route, bool isHistogram)
    {
        var isCounter = isHistogram
            ? metric.Kind == OtlpKind.Histogram
            : metric is { Kind: OtlpKind.Sum, IsMonotonic: true };
        if (!isCounter || metric.Temporality is not (1 or 2))
            return Trouble.WrongKind;
        if (HasNoValue)
            return null;
        if (!isHistogram)
            return Whole < 0 ? Trouble.NotACount : null;
        var latency = route.Mapping.Terms.Latency!;
        if (latency.Unit is { } unit && unit != metric.Unit)
            return Trouble.Unit(unit, metric.Unit);
        if (!Bounds.Contains((double)latency.Threshold))
            return Bounds.Count == 0 || Bounds.Any(bound => !double.IsFinite(bound) || Math.Abs(bound) > 1e12)
                ? Trouble.NativeHistogram
                : Trouble.Between(latency.Threshold, [.. Bounds.Select(bound => (decimal)bound)]);
        return Buckets.Count == Bounds.Count + 1 && AddsUp() ? null : Trouble.NotACount;
    }

    private bool AddsUp()
    {
        UInt128 sum = 0;
        foreach (var bucket in Buckets)
            sum += bucket;
        return sum == Count && Count <= long.MaxValue;
    }

    private long Good(Route route)
    {
        var good = 0UL;
        for (var i = 0; i < Bounds.Count && Bounds[i] <= (double)route.Mapping.Terms.Latency!.Threshold; i++)
            good += Buckets[i];
        return (long)good;
    }

    private static long Signed(ulong nanos) => (long)Math.Min(nanos, long.MaxValue);
}
