using Steady.Budgets.Intake;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;

namespace Steady.Tests.Unit.Budgets.Intake;

/// <summary>A book of counters with sources, fed with requests as they come over the wire.</summary>
internal sealed class Book
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly List<Mapping> mappings = [];
    private readonly Dictionary<string, (long Good, long Bad)> sums = [];
    private Dictionary<SourceOrigin, Routing> routings = [];

    private readonly int most;

    public Book(int mostSeries = 1000) => Counters = new CounterBook(most = mostSeries);

    public CounterBook Counters { get; private set; }

    public DateTimeOffset Now { get; set; } = Noon.AddHours(1);

    /// <summary>What is stored: written as by a flush.</summary>
    public Dictionary<string, byte[]> Stored { get; } = [];

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
        Counters = new CounterBook(most);
        foreach (var (key, state) in Stored)
            Counters.Load(key, state, 1);
    }

    public Applied Take(Action<Delivery> read)
    {
        var delivery = new Delivery();
        read(delivery);
        var applied = Counters.Apply(delivery, Now);
        foreach (var source in Counters.Changes())
        {
            foreach (var bucket in source.Buckets())
            {
                Buckets.Add(bucket);
                var (good, bad) = sums.GetValueOrDefault(source.Sli);
                sums[source.Sli] = (good + bucket.Good, bad + bucket.Bad);
            }

            foreach (var (key, state) in source.Rows())
                Stored[key] = state;
        }

        foreach (var (key, state) in Counters.TwinRows())
            Stored[key] = state;
        Counters.Flushed(1);
        return applied;
    }
}
