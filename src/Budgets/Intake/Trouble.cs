using System.Globalization;

namespace Steady.Budgets.Intake;

/// <summary>Why a sample that is meant is not counted: a stable word and a sentence that says what would be.</summary>
public sealed record Trouble(string Reason, string Sentence)
{
    public static readonly Trouble NotACount = new(
        "not-a-count",
        "The value is no whole number from 0 to 2^53, so it counts no events. Point the source at a counter of events."
    );
    public static readonly Trouble InTheFuture = new(
        "in-the-future",
        "The sample lies more than 60 s ahead of this service's clock. Set the sender's clock."
    );
    public static readonly Trouble TooOld = new("too-old", "The sample is older than 400 days, which is not kept.");
    public static readonly Trouble TooLate = new(
        "too-late",
        "This delta ends before all that are remembered of its series, so it cannot be told from a repetition. Send deltas in order."
    );
    public static readonly Trouble TooLarge = new(
        "too-large",
        "One sample adds more than 1,000,000,000,000 events, which no counter of events does."
    );
    public static readonly Trouble TooManySeries = new(
        "too-many-series",
        "The source has as many series as one indicator may have. Aggregate them, or match fewer."
    );
    public static readonly Trouble NativeHistogram = new(
        "native-histogram",
        "Native and exponential histograms have no bound at the threshold. Send one with explicit bounds."
    );
    public static readonly Trouble NoBound = new("no-bound", "The bucket's 'le' is no number.");
    public static readonly Trouble OutsideTotal = new(
        "outside-total",
        "The series is good but not in the total. Write 'total' so that it covers 'good', or give 'bad' instead."
    );
    public static readonly Trouble GoodAndOther = new(
        "good-and-other",
        "The series is meant by both selectors. Write them so that no series is in both."
    );
    public static readonly Trouble Unpaired = new(
        "unpaired",
        "Two samples in a row have no partner with the same labels and time. Good and total need the same labels; start both at 0."
    );
    public static readonly Trouble WrongKind = new(
        "wrong-kind",
        "Counters must be monotonic sums, durations histograms with explicit bounds, both delta or cumulative."
    );

    public static Trouble Unit(string wanted, string given) =>
        new("unit-differs", $"The metric is measured in '{given}', the source's threshold in '{wanted}'. Set it anew.");

    /// <summary>Says between which bounds a threshold lies.</summary>
    public static Trouble Between(decimal threshold, IReadOnlyCollection<decimal> bounds)
    {
        var (below, above) = (bounds.Where(b => b < threshold).ToList(), bounds.Where(b => b > threshold).ToList());
        var where = (below.Count, above.Count) switch
        {
            (0, _) => $"below {Say(above.Min())}",
            (_, 0) => $"above {Say(below.Max())}",
            _ => $"between {Say(below.Max())} and {Say(above.Min())}",
        };
        return new(
            "between-bounds",
            $"The threshold {Say(threshold)} lies {where}, where the histogram has no bound. Its bounds: {string.Join(", ", bounds.Order().Take(30).Select(Say))}."
        );
    }

    private static string Say(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}

/// <summary>What was refused of one request, or of one source: each reason once, with how often and an example.</summary>
public sealed class Troubles
{
    private const int MostKinds = 50;
    private readonly Dictionary<(string Sli, string Reason), (long Count, string Message)> all = [];

    public long Count { get; private set; }

    public IEnumerable<(string Sli, string Reason, long Count, string Message)> All =>
        all.OrderByDescending(one => one.Value.Count)
            .Select(one => (one.Key.Sli, one.Key.Reason, one.Value.Count, one.Value.Message));

    public void Add(string sli, Trouble trouble, string? example = null, long times = 1)
    {
        Count += times;
        var key = (sli, trouble.Reason);
        if (all.TryGetValue(key, out var known))
            all[key] = known with { Count = known.Count + times };
        else if (all.Count < MostKinds)
            all[key] = (times, example is null ? trouble.Sentence : $"{trouble.Sentence} First: {example}.");
    }
}
