using System.Net.Http.Headers;
using Snappier;

namespace Steady.Tests.Support;

/// <summary>A sample as a Prometheus sends it.</summary>
public sealed record WrittenSample(long Millis, double Value);

/// <summary>A series as a Prometheus sends it: labels in order, samples, and since when it counts (2.0).</summary>
public sealed record WrittenSeries(
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<WrittenSample> Samples,
    long Created = 0
)
{
    /// <summary>One series from a selector-like text: <c>name{a="b"}</c> without blanks, and one sample.</summary>
    public static WrittenSeries Of(string text, DateTimeOffset at, double value, DateTimeOffset? created = null)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var open = text.IndexOf('{', StringComparison.Ordinal);
        labels["__name__"] = open < 0 ? text : text[..open];
        foreach (var pair in open < 0 ? [] : text[(open + 1)..^1].Split(','))
            labels[pair[..pair.IndexOf('=', StringComparison.Ordinal)]] = pair.Split('"')[1];
        var sample = new WrittenSample(at.ToUnixTimeMilliseconds(), value);
        return new WrittenSeries(labels, [sample], created?.ToUnixTimeMilliseconds() ?? 0);
    }
}

/// <summary>Requests as senders of remote-write make them.</summary>
public static class RemoteWriteBody
{
    public const string TypeTwo = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    public static byte[] One(params IEnumerable<WrittenSeries> all)
    {
        var request = new WireWriter();
        foreach (var series in all)
            request.Message(1, message => One(message, series));
        return request.ToArray();
    }

    public static byte[] Two(params IEnumerable<WrittenSeries> all)
    {
        var symbols = new List<string> { "" };
        var series = all.Select(one =>
                (
                    one,
                    References: one.Labels.SelectMany(label => (ulong[])[Symbol(label.Key), Symbol(label.Value)])
                        .ToList()
                )
            )
            .ToList();
        var request = new WireWriter();
        symbols.ForEach(symbol => request.Text(4, symbol));
        foreach (var (one, references) in series)
            request.Message(5, message => Two(message, one, references));
        return request.ToArray();

        ulong Symbol(string text)
        {
            if (!symbols.Contains(text))
                symbols.Add(text);
            return (ulong)symbols.IndexOf(text);
        }
    }

    /// <summary>A request's content: snappy, with the headers of its version.</summary>
    public static HttpContent Content(byte[] message, string type = "application/x-protobuf", bool compress = true)
    {
        var content = new ByteArrayContent(compress ? Snappy.CompressToArray(message) : message);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        content.Headers.ContentEncoding.Add("snappy");
        content.Headers.Add("X-Prometheus-Remote-Write-Version", type == TypeTwo ? "2.0.0" : "0.1.0");
        return content;
    }

    private static void One(WireWriter message, WrittenSeries series)
    {
        foreach (var (name, value) in series.Labels)
            message.Message(1, label => label.Text(1, name).Text(2, value));
        foreach (var sample in series.Samples)
            message.Message(2, one => one.Fixed(1, sample.Value).Varint(2, (ulong)sample.Millis));
    }

    private static void Two(WireWriter message, WrittenSeries series, IEnumerable<ulong> references)
    {
        message.Packed(1, references);
        foreach (var sample in series.Samples)
            message.Message(2, one => one.Fixed(1, sample.Value).Varint(2, (ulong)sample.Millis));
        if (series.Created != 0)
            message.Varint(6, (ulong)series.Created);
    }
}
