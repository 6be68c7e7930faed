using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Steady.Budgets.Prometheus;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Intake;

/// <summary>One series as one indicator counts it. The counter is found once and kept here by the one who counts.</summary>
public sealed class Route(Mapping mapping, Series series, Part part, UInt128 id, UInt128 target)
{
    public Mapping Mapping { get; } = mapping;

    public Series Series { get; } = series;

    /// <summary>The one of equal senders that sent it.</summary>
    public Twin? Twin { get; } = series.Twin;

    public Role Role { get; } = part.Role;

    public Trouble? Trouble { get; } = part.Trouble;

    /// <summary>The counter's identity: that of the series, or what the two halves of a pair have in common.</summary>
    public UInt128 Id { get; } = id;

    /// <summary>Whom the series was read from (job and instance); 0 when nobody says.</summary>
    public UInt128 Target { get; } = target;

    /// <summary>The bound of a bucket; null when it is none.</summary>
    public decimal? Bound => Role == Role.OtherBound ? Mapping.BoundOf(Series.Labels()["le"]) : null;

    internal (CounterBook? Book, SourceBook? Source, Counter? Counter, Counter? Target) Found { get; set; }
}

/// <summary>
/// A series and what counts it. Its labels are kept as bytes: thousands of series are met in each request, and what is read
/// of them then should lie close together.
/// </summary>
public sealed class Series(byte[] labels)
{
    private const int LongestExample = 300;
    private Route[] routes = [];

    public IReadOnlyList<Route> Routes => routes;

    internal ReadOnlySpan<Route> Meant => routes;

    /// <summary>Why this is no series; null when it is one.</summary>
    public Trouble? Trouble { get; init; }

    /// <summary>The pair of equal senders it comes from, and which of them sent it.</summary>
    public Twin? Twin { get; init; }

    internal void Add(Route route) => routes = [.. routes, route];

    /// <summary>Names and values, read anew; without the name of the one of equal senders that sent it.</summary>
    public SortedDictionary<string, string> Labels()
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        LabelBytes.Read(labels, read);
        if (Twin is not null)
            read.Remove(Twins.ReplicaLabel);
        return read;
    }

    /// <summary>For people.</summary>
    public override string ToString()
    {
        var read = Labels();
        var rest = read.Where(label => label.Key != Selector.NameLabel)
            .Select(label => $"{label.Key}=\"{label.Value}\"");
        var text = $"{read.GetValueOrDefault(Selector.NameLabel)}{{{string.Join(",", rest)}}}";
        return text.Length > LongestExample ? text[..LongestExample] + "…" : text;
    }
}

/// <summary>A series' labels and what they lead to; and which labels came after them last time.</summary>
public sealed class KnownSeries(byte[] labels, Series series)
{
    public byte[] Labels { get; } = labels;

    public Series Series { get; } = series;

    internal KnownSeries? Next { get; set; }
}

/// <summary>
/// Finds what counts a series. Each series is read once; afterwards its bytes lead to the answer. The memory for that is
/// bounded: when it is full it starts afresh, which costs time and changes nothing.
/// </summary>
public sealed class Routing
{
    private const int MostSeries = 300_000;
    private const long MostBytes = 64 * 1024 * 1024;
    private static readonly Series Unmeant = new([]);
    private readonly ILookup<string, Mapping> byName;
    private readonly ConcurrentDictionary<byte[], KnownSeries> known = new(ByteComparer.Instance);
    private readonly ConcurrentDictionary<byte[], KnownSeries>.AlternateLookup<ReadOnlySpan<byte>> look;
    private long bytes;
    private int count;

    public Routing(SourceOrigin origin, IReadOnlyList<Mapping> mappings)
    {
        byName = mappings
            .Where(mapping => mapping.Terms.Origin == origin)
            .SelectMany(mapping => mapping.Names.Distinct(), (mapping, name) => (mapping, name))
            .ToLookup(one => one.name, one => one.mapping);
        look = known.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>What counts the series of these labels, as <see cref="LabelBytes"/> writes them.</summary>
    public Series Find(ReadOnlySpan<byte> labels)
    {
        KnownSeries? before = null;
        return Find(labels, ref before);
    }

    /// <summary>The same for one series after another: senders keep their order, so mostly it is the one that came next before.</summary>
    public Series Find(ReadOnlySpan<byte> labels, ref KnownSeries? before)
    {
        if (before?.Next is { } next && labels.SequenceEqual(next.Labels))
        {
            before = next;
            return next.Series;
        }

        if (!look.TryGetValue(labels, out var found))
        {
            var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
            if (LabelBytes.Read(labels, read) is { } problem)
                return new Series([]) { Trouble = new Trouble("labels-invalid", problem) };
            found = Add(labels.ToArray(), read);
        }

        before?.Next = found;
        before = found;
        return found.Series;
    }

    private KnownSeries Add(byte[] labels, SortedDictionary<string, string> read)
    {
        if (Interlocked.Increment(ref count) > MostSeries || Interlocked.Add(ref bytes, labels.Length) > MostBytes)
        {
            known.Clear();
            Interlocked.Exchange(ref bytes, 0);
            Interlocked.Exchange(ref count, 0);
        }

        var one = new KnownSeries(labels, Resolve(labels, read));
        return known.GetOrAdd(one.Labels, one);
    }

    private Series Resolve(byte[] bytes, SortedDictionary<string, string> labels)
    {
        var mappings = byName[labels[Selector.NameLabel]];
        if (!mappings.Any())
            return Unmeant;
        var twin = labels.Remove(Twins.ReplicaLabel, out var replica)
            ? new Twin(
                LabelBytes.Identity([new("cluster", labels.GetValueOrDefault("cluster", ""))]).ToString("x", null),
                replica
            )
            : null;
        var series = new Series(bytes) { Twin = twin };
        foreach (var mapping in mappings)
        {
            var part = mapping.Of(labels);
            if (part.Role == Role.None)
                continue;
            var isHalf = part.Role is Role.GoodOfPair or Role.TotalOfPair;
            var id = LabelBytes.Identity(isHalf ? Mapping.Common(labels) : labels);
            series.Add(new Route(mapping, series, part, id, TargetOf(mapping, labels)));
        }

        return series.Routes.Count == 0 ? Unmeant : series;
    }

    private static UInt128 TargetOf(Mapping mapping, SortedDictionary<string, string> labels) =>
        labels.TryGetValue("instance", out var instance)
            ? LabelBytes.Identity([
                new("target", mapping.Since.ToString("O")),
                new("job", labels.GetValueOrDefault("job", "")),
                new("instance", instance),
            ])
            : UInt128.Zero;

    // The seed is each process' own, so that nobody can make labels that all fall on one place.
    private sealed class ByteComparer
        : IEqualityComparer<byte[]>,
            IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly ByteComparer Instance = new();
        private readonly long seed = Random.Shared.NextInt64();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate, seed);
    }
}
