using Steady.Budgets.Counts;
using Steady.Budgets.Intake;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;

namespace Steady.Tests.Unit.Budgets.Intake;

/// <summary>A book of counters with sources, fed with requests as they come over the wire.</summary>
internal sealed class Book
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly Func<CounterBook> open;
    private readonly List<Mapping> mappings = [];
    private readonly Dictionary<string, (long Good, long Bad)> sums = [];
    private Dictionary<SourceOrigin, Routing> routings = [];
    private CounterBook? counters;

    public Book(int mostSeries = 1000, int logPerRow = 8 * 1024) => open = () => new CounterBook(mostSeries, logPerRow);

    public CounterBook Counters => counters ??= open();

    public DateTimeOffset Now { get; set; } = Noon.AddHours(1);

    /// <summary>Rows that are stored: written as by a flush.</summary>
    public Dictionary<string, byte[]> Stored { get; } = [];

    /// <summary>Logs that are stored beside the rows.</summary>
    public List<byte[]> Logs { get; } = [];

    public List<CountBucket> Buckets { get; } = [];

    public static SetSource Ratio(string good, string? total = null, string? bad = null) =>
        new(SourceOrigin.RemoteWrite, new CounterTerms(good, total, bad));

    public static SetSource Latency(string histogram, decimal threshold) =>
        new(SourceOrigin.RemoteWrite, Latency: new LatencyTerms(histogram, threshold));

    public Book With(SetSource terms, string sli = "sli", DateTimeOffset? since = null)
    {
        mappings.Add(new Mapping(sli, new HashSet<string> { "shop" }, terms, 1, since ?? Noon));
        routings = Enum.GetValues<SourceOrigin>().ToDictionary(o => o, o => new Routing(o, mappings));
        return this;
    }

    /// <summary>Takes a request of remote-write 1.0 and flushes.</summary>
    public Applied One(params WrittenSeries[] series) =>
        Take(delivery => RemoteWrite.ReadOne(RemoteWriteBody.One(series), Of(SourceOrigin.RemoteWrite), delivery));

    /// <summary>Takes a request of remote-write 2.0 and flushes.</summary>
    public Applied Two(params WrittenSeries[] series) =>
        Take(delivery => RemoteWrite.ReadTwo(RemoteWriteBody.Two(series), Of(SourceOrigin.RemoteWrite), delivery));

    public Applied Otlp(byte[] message) =>
        Take(delivery => OtlpProtobuf.Read(message, Of(SourceOrigin.Otlp), delivery));

    public Applied OtlpJson(byte[] message) =>
        Take(delivery => Steady.Budgets.Intake.OtlpJson.Read(message, Of(SourceOrigin.Otlp), delivery));

    public Routing Of(SourceOrigin origin) => routings[origin];

    public (long Good, long Bad) Sum(string sli = "sli") => sums.GetValueOrDefault(sli);

    /// <summary>Forgets all but what is stored.</summary>
    public void Restart()
    {
        counters = null;
        foreach (var (key, state) in Stored)
            Counters.Load(key, state, 1);
        foreach (var log in Logs)
            Counters.Replay(log, 1);
    }

    public Applied Take(Action<Delivery> read)
    {
        var delivery = new Delivery();
        read(delivery);
        var applied = Counters.Apply(delivery, Now);
        var changes = Counters.Changes();
        foreach (var source in changes)
        {
            foreach (var bucket in source.Buckets())
            {
                Buckets.Add(bucket);
                var (good, bad) = sums.GetValueOrDefault(source.Sli);
                sums[source.Sli] = (good + bucket.Good, bad + bucket.Bad);
            }
        }

        if (Counters.Memory(changes) is { } memory)
            Store(memory);
        return applied;
    }

    private void Store(CounterMemory memory)
    {
        if (memory.Rows is null)
            Logs.Add(memory.Log.ToArray());
        else
            Logs.Clear();
        foreach (var (key, state) in memory.Rows ?? [])
            Stored[key] = state;
        Counters.Flushed(1, memory.Rows is not null);
    }
}
