using System.Globalization;
using System.Text.Json;

namespace Steady.Budgets.Intake;

/// <summary>Reads what a Prometheus answers to <c>query_range</c>.</summary>
public static class PulledSeries
{
    public static void Read(
        ReadOnlyMemory<byte> body,
        Routing routing,
        Mapping mapping,
        List<(Route Route, long At, ulong Bits)> samples
    )
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        if (root.GetProperty("status").GetString() != "success")
            throw new UnreadableException($"The Prometheus answered: {root.GetProperty("error").GetString()}");
        foreach (var one in root.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            var labels = one.GetProperty("metric")
                .EnumerateObject()
                .Select(label => KeyValuePair.Create(label.Name, label.Value.GetString() ?? ""));
            var series = routing.Find(LabelBytes.Of(labels));
            // Other indicators may mean the same series: each asks for itself.
            if (series.Routes.FirstOrDefault(route => route.Mapping.Sli == mapping.Sli) is not { } route)
                continue;
            foreach (var pair in one.GetProperty("values").EnumerateArray())
            {
                var value = double.Parse(pair[1].GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
                var at = (long)(pair[0].GetDecimal() * 1000);
                samples.Add((route, Nanos.OfMillis(at), BitConverter.DoubleToUInt64Bits(value)));
            }
        }
    }
}
