using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Proxy;

/// <summary>The seven kinds of toxics with their arithmetic. Pure: who applies them, and when, is the link's business.</summary>
public abstract record ToxicShape
{
    /// <summary>No number of a toxic may exceed this: an hour in milliseconds, or 3.6 seconds in microseconds, or 3.6 GB/s, or 3.6 MB of data.</summary>
    public const long Most = 3_600_000;

    /// <summary>Toxiproxy's attributes of this kind, all of them, zeros included.</summary>
    public abstract IReadOnlyDictionary<string, long> Attributes { get; }

    /// <summary>Holds each piece of data back for some time after it arrived.</summary>
    public sealed record Latency(long Milliseconds, long Jitter) : ToxicShape
    {
        public override IReadOnlyDictionary<string, long> Attributes =>
            new Dictionary<string, long> { ["latency"] = Milliseconds, ["jitter"] = Jitter };

        /// <param name="draw">From 0 up to 1: where between latency - jitter and latency + jitter this piece falls.</param>
        public TimeSpan Delay(double draw) =>
            TimeSpan.FromMilliseconds(Math.Max(0, Milliseconds + ((2 * draw) - 1) * Jitter));
    }

    /// <summary>Lets nothing through; ends the connection after a while unless that is 0.</summary>
    public sealed record Timeout(long Milliseconds) : ToxicShape
    {
        public override IReadOnlyDictionary<string, long> Attributes =>
            new Dictionary<string, long> { ["timeout"] = Milliseconds };
    }

    /// <summary>Ends the connection with a TCP reset, at once or after a while.</summary>
    public sealed record ResetPeer(long Milliseconds) : ToxicShape
    {
        public override IReadOnlyDictionary<string, long> Attributes =>
            new Dictionary<string, long> { ["timeout"] = Milliseconds };
    }

    /// <summary>Lets a number of kilobytes per second through.</summary>
    public sealed record Bandwidth(long KilobytesPerSecond) : ToxicShape
    {
        public override IReadOnlyDictionary<string, long> Attributes =>
            new Dictionary<string, long> { ["rate"] = KilobytesPerSecond };

        /// <summary>What goes out at a time: a tenth of a second's worth, so that the flow is even.</summary>
        public int PieceBytes => (int)Math.Min(int.MaxValue, KilobytesPerSecond * 100);

        public TimeSpan TimeFor(int bytes) => TimeSpan.FromMilliseconds((double)bytes / KilobytesPerSecond);
    }

    /// <summary>Closes the connection after a number of bytes.</summary>
    public sealed record LimitData(long Bytes) : ToxicShape
    {
        public override IReadOnlyDictionary<string, long> Attributes =>
            new Dictionary<string, long> { ["bytes"] = Bytes };

        /// <summary>How many of the bytes at hand still go through.</summary>
        public int Allows(long passed, int bytes) => (int)Math.Clamp(Bytes - passed, 0, bytes);
    }

    /// <summary>Cuts the data into small pieces, with a pause after each.</summary>
    public sealed record Slicer(long AverageBytes, long Variation, long Microseconds) : ToxicShape
    {
        public override IReadOnlyDictionary<string, long> Attributes =>
            new Dictionary<string, long>
            {
                ["average_size"] = AverageBytes,
                ["size_variation"] = Variation,
                ["delay"] = Microseconds,
            };

        public TimeSpan Pause => TimeSpan.FromMicroseconds(Microseconds);

        /// <param name="draw">From 0 up to 1: where between average - variation and average + variation this piece falls.</param>
        public int PieceBytes(double draw) => (int)Math.Max(1, AverageBytes + ((2 * draw) - 1) * Variation);
    }

    /// <summary>Holds the end of the connection back.</summary>
    public sealed record SlowClose(long Milliseconds) : ToxicShape
    {
        public override IReadOnlyDictionary<string, long> Attributes =>
            new Dictionary<string, long> { ["delay"] = Milliseconds };
    }

    /// <summary>The kind and numbers of a fault, or a sentence that says what is wrong with them.</summary>
    public static (ToxicShape? Shape, string? Error) Parse(
        string type,
        IReadOnlyDictionary<string, long>? attributes,
        bool ignoreForeign = false
    )
    {
        var given = attributes ?? new Dictionary<string, long>();
        long Number(string name) => given.GetValueOrDefault(name);
        ToxicShape? shape = type switch
        {
            "latency" => new Latency(Number("latency"), Number("jitter")),
            "timeout" => new Timeout(Number("timeout")),
            "reset_peer" => new ResetPeer(Number("timeout")),
            "bandwidth" => new Bandwidth(Number("rate")),
            "limit_data" => new LimitData(Number("bytes")),
            "slicer" => new Slicer(Number("average_size"), Number("size_variation"), Number("delay")),
            "slow_close" => new SlowClose(Number("delay")),
            _ => null,
        };
        if (shape is null)
            return (
                null,
                $"The type {type} is unknown; latency, timeout, reset_peer, bandwidth, limit_data, slicer and slow_close are."
            );
        if (!ignoreForeign && given.Keys.FirstOrDefault(name => !shape.Attributes.ContainsKey(name)) is { } foreign)
            return (null, $"{type} has no attribute {foreign}; it has {string.Join(" and ", shape.Attributes.Keys)}.");
        foreach (var (name, value) in shape.Attributes)
            if (Least(name) is var least && (value < least || value > Most))
                return (null, $"The attribute {name} of {type} is {value}; {least} to {Most} is accepted.");
        return (shape, null);
    }

    // A rate or a size of 0 would let nothing through, ever.
    private static long Least(string name) => name is "rate" or "average_size" ? 1 : 0;

    public static bool IsType(string type) =>
        type is "latency" or "timeout" or "reset_peer" or "bandwidth" or "limit_data" or "slicer" or "slow_close";

    /// <summary>Whether a stream has one of the two names there are.</summary>
    public static bool IsStream(string? stream) => stream is FaultSpec.Downstream or FaultSpec.Upstream;
}
