using System.Buffers;
using System.Collections;
using System.Runtime.CompilerServices;

namespace Steady.Budgets.Intake;

/// <summary>How a value is to be read.</summary>
public enum Shape
{
    /// <summary>Counts since the series began.</summary>
    Cumulative,

    /// <summary>Counts since the point before.</summary>
    Delta,

    /// <summary>No value: the series ended here.</summary>
    Stale,

    /// <summary>It cannot be counted.</summary>
    Refused,
}

/// <summary>One sample of a series, as one indicator counts it.</summary>
/// <param name="Route">Series and indicator.</param>
/// <param name="Shape">How the value is to be read.</param>
/// <param name="At">Nanoseconds since 1970.</param>
/// <param name="Start">Since when it counts; 0 when nobody says.</param>
/// <param name="Value">The counter; of a histogram the good part.</param>
/// <param name="Total">Of a histogram the whole.</param>
/// <param name="Trouble">Why it cannot be counted.</param>
public readonly record struct Observation(
    Route Route,
    Shape Shape,
    long At,
    long Start,
    long Value,
    long Total = 0,
    Trouble? Trouble = null
);

/// <summary>Observations in memory that goes back where it came from.</summary>
public sealed class Observations : IReadOnlyList<Observation>, IDisposable
{
    private const int First = 256;
    private Observation[] items = [];

    public int Count { get; private set; }

    /// <summary>What it takes of memory.</summary>
    public long Bytes => (long)items.Length * Unsafe.SizeOf<Observation>();

    public ReadOnlySpan<Observation> All => items.AsSpan(0, Count);

    public Observation this[int index] => All[index];

    public void Add(in Observation one)
    {
        if (Count == items.Length)
            Grow();
        items[Count++] = one;
    }

    public IEnumerator<Observation> GetEnumerator() => items.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        if (items.Length > 0)
            ArrayPool<Observation>.Shared.Return(items, clearArray: true);
        (items, Count) = ([], 0);
    }

    private void Grow()
    {
        var larger = ArrayPool<Observation>.Shared.Rent(Math.Max(First, 2 * Count));
        All.CopyTo(larger);
        if (items.Length > 0)
            ArrayPool<Observation>.Shared.Return(items, clearArray: true);
        items = larger;
    }
}

/// <summary>What one request brought. Dispose it when it is stored, or will not be.</summary>
public sealed class Delivery : IDisposable
{
    /// <summary>More than any sender puts into one request.</summary>
    public const int MostSamples = 100_000;

    // Whole numbers up to here are exact in a double.
    private const double Largest = 9_007_199_254_740_992;
    private const ulong StaleMarker = 0x7ff0000000000002;

    /// <summary>Only samples that an indicator means.</summary>
    public Observations Observations { get; } = new();

    public int Samples { get; private set; }

    public int Histograms { get; set; }

    public int Exemplars { get; set; }

    /// <summary>Samples and histograms that could not be counted, with the reason.</summary>
    public Troubles Troubles { get; } = new();

    /// <summary>The only service that the sender may count for; null for all.</summary>
    public string? Service { get; init; }

    /// <summary>Trace context of the request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The source that was asked, and until when; null when somebody sent this.</summary>
    public (Mapping Mapping, long Until)? Pulled { get; init; }

    public void Dispose() => Observations.Dispose();

    /// <summary>One more sample arrived, meant or not.</summary>
    public void Count()
    {
        if (++Samples > MostSamples)
            throw new TooManySamplesException();
    }

    /// <summary>Whether the sender may count for an indicator; what it may not is not seen by it at all.</summary>
    public bool MayCount(Mapping mapping) => Service is null || mapping.Services.Contains(Service);

    /// <summary>Takes a value of remote-write: a double, of which only whole numbers count events.</summary>
    public void Add(Route route, long at, long start, ulong bits)
    {
        if (bits == StaleMarker)
            Observations.Add(new(route, Shape.Stale, at, start, 0));
        else
            Add(route, Shape.Cumulative, at, start, BitConverter.UInt64BitsToDouble(bits));
    }

    public void Add(Route route, Shape shape, long at, long start, double value) =>
        // False for NaN as well.
        Observations.Add(
            value >= 0 && value <= Largest && Math.Floor(value) == value
                ? new(route, shape, at, start, (long)value)
                : new(route, Shape.Refused, at, start, 0, 0, Trouble.NotACount)
        );
}

/// <summary>What became of a delivery.</summary>
public sealed class Applied
{
    /// <summary>Increases that were counted or begun from.</summary>
    public int Counted { get; set; }

    /// <summary>Repetitions.</summary>
    public int Duplicates { get; set; }

    public Troubles Troubles { get; } = new();

    /// <summary>Trace context of the request.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>A request with more samples than are taken at once.</summary>
public sealed class TooManySamplesException()
    : Exception($"A request may bring {Delivery.MostSamples} samples. Send it in parts.");
