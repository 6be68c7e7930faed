using System.Globalization;
using Steady.Budgets.Prometheus;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Intake;

/// <summary>What a series counts.</summary>
public enum Role
{
    /// <summary>Nothing for this indicator.</summary>
    None,
    Good,
    Bad,

    /// <summary>The good half of two counters that are read together: what the other counts more is bad.</summary>
    GoodOfPair,
    TotalOfPair,

    /// <summary>Another bound of the histogram: only told to people.</summary>
    OtherBound,

    /// <summary>A whole histogram in one point (OTLP).</summary>
    Histogram,

    /// <summary>It is meant, but cannot be counted.</summary>
    Refused,
}

/// <summary>What a series counts for an indicator, or why it cannot be counted.</summary>
public readonly record struct Part(Role Role, Trouble? Trouble = null);

/// <summary>
/// An indicator's source, ready to be asked which series count what. A new one is made when the source is set anew;
/// <paramref name="Epoch"/> changes only when it was off in between.
/// </summary>
public sealed record Mapping(
    string Sli,
    IReadOnlySet<string> Services,
    SetSource Terms,
    int Epoch,
    DateTimeOffset Since
)
{
    public const string Bucket = "_bucket";
    private readonly Selector? good = Read(Terms.Counters?.Good);
    private readonly Selector? other = Read(Terms.Counters?.Total ?? Terms.Counters?.Bad);
    private readonly Selector? histogram = Read(Terms.Latency?.Histogram);

    /// <summary>Under which its counters are kept.</summary>
    public string Key { get; } = $"{Sli}/{Epoch.ToString(CultureInfo.InvariantCulture)}";

    public long SinceNanos { get; } = Nanos.Of(Since);

    private bool OtherIsTotal => Terms.Counters?.Total is not null;

    // The good ones are a part of the same counter: what is in the total and not good is bad, each series by itself.
    private bool Split => OtherIsTotal && good!.Name == other!.Name;

    /// <summary>The mapping of a source as it is now: the one that is known, when nothing about it changed.</summary>
    public static Mapping Of(Source source, IReadOnlySet<string> services, Mapping? known)
    {
        var (set, epoch) = (source.Current, source.Epoch);
        var isSame = known?.Terms == set.Terms && known.Since == set.At && known.Epoch == epoch;
        return isSame && known!.Services.SetEquals(services)
            ? known
            : new Mapping(set.Sli, services, set.Terms, epoch, set.At);
    }

    /// <summary>Names of the metrics that may be meant: all others need not be looked at.</summary>
    public IEnumerable<string> Names =>
        histogram is null ? [good!.Name!, other!.Name!]
        : Terms.Origin == SourceOrigin.Otlp ? [histogram.Name!]
        : [histogram.Name!, histogram.Name + Bucket];

    /// <summary>What to ask a Prometheus for.</summary>
    public IEnumerable<string> Queries()
    {
        if (histogram is null)
            return Split ? [Text(other!)] : [Text(good!), Text(other!)];
        var matchers = histogram.Matchers.Where(one => one.Label != Selector.NameLabel);
        return [Text(histogram.Name + Bucket, matchers)];
    }

    public Part Of(SortedDictionary<string, string> labels)
    {
        if (histogram is not null)
            return OfHistogram(labels);
        var (isGood, isOther) = (good!.Accepts(labels), other!.Accepts(labels));
        if (Split)
            return (isGood, isOther) switch
            {
                (true, true) => new(Role.Good),
                (false, true) => new(Role.Bad),
                (true, false) => new(Role.Refused, Trouble.OutsideTotal),
                _ => new(Role.None),
            };
        return (isGood, isOther) switch
        {
            (true, true) => new(Role.Refused, Trouble.GoodAndOther),
            (true, false) => new(OtherIsTotal ? Role.GoodOfPair : Role.Good),
            (false, true) => new(OtherIsTotal ? Role.TotalOfPair : Role.Bad),
            _ => new(Role.None),
        };
    }

    /// <summary>Labels that two halves of a pair have in common.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Common(SortedDictionary<string, string> labels) =>
        labels.Where(label => label.Key is not (Selector.NameLabel or "le"));

    private Part OfHistogram(SortedDictionary<string, string> labels)
    {
        var name = labels[Selector.NameLabel];
        if (Terms.Origin == SourceOrigin.Otlp)
            return new(histogram!.Accepts(labels) ? Role.Histogram : Role.None);
        var isBucket = name.EndsWith(Bucket, StringComparison.Ordinal) && name != histogram!.Name;
        var plain = new Dictionary<string, string>(labels) { [Selector.NameLabel] = isBucket ? name[..^7] : name };
        if (!histogram!.Accepts(plain))
            return new(Role.None);
        if (!isBucket)
            return new(Role.Refused, Trouble.NativeHistogram);
        return labels.GetValueOrDefault("le") switch
        {
            "+Inf" => new(Role.TotalOfPair),
            { } le when BoundOf(le) is { } bound => new(
                bound == Terms.Latency!.Threshold ? Role.GoodOfPair : Role.OtherBound
            ),
            _ => new(Role.Refused, Trouble.NoBound),
        };
    }

    public static decimal? BoundOf(string? le) =>
        decimal.TryParse(le, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : null;

    private static string Text(Selector selector) =>
        Text(selector.Name!, selector.Matchers.Where(one => one.Label != Selector.NameLabel));

    private static string Text(string name, IEnumerable<Matcher> matchers) =>
        name + "{" + string.Join(",", matchers.Select(Text)) + "}";

    private static string Text(Matcher matcher)
    {
        var sign = matcher.How switch
        {
            MatchOperator.Equal => "=",
            MatchOperator.NotEqual => "!=",
            MatchOperator.Matches => "=~",
            _ => "!~",
        };
        var value = matcher.Value.Replace("\\", "\\\\", StringComparison.Ordinal);
        value = value.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{matcher.Label}{sign}\"{value}\"";
    }

    private static Selector? Read(string? text) => text is null ? null : new SelectorReader(text).Selector();
}

/// <summary>Moments as OTLP writes them: nanoseconds since 1970. Those of remote-write come in milliseconds.</summary>
public static class Nanos
{
    private const long PerTick = 100;
    private const long PerMilli = 1_000_000;

    /// <summary>A bucket's length.</summary>
    public const long Bucket = 10_000_000_000;

    public static long Of(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * PerTick;

    public static DateTimeOffset Moment(long nanos) =>
        new(DateTimeOffset.UnixEpoch.UtcTicks + nanos / PerTick, TimeSpan.Zero);

    /// <summary>What does not fit is as far away as can be said, and refused as such.</summary>
    public static long OfMillis(long millis) =>
        millis > long.MaxValue / PerMilli ? long.MaxValue
        : millis < 0 ? 0
        : millis * PerMilli;
}
