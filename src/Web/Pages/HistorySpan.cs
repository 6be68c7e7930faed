using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>Which stretch of a history is looked at; it stands in the address. The usual one where nothing is said.</summary>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Minutes">Distance of two points.</param>
public sealed record HistorySpan(DateTimeOffset? From = null, DateTimeOffset? To = null, long? Minutes = null)
{
    private const long MostMinutes = 400 * 24 * 60;

    public bool IsUsual => this == new HistorySpan();

    public int? StepSeconds => (int?)(Minutes * 60);

    /// <summary>What stands in the address, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Parts =>
        [
            .. From is { } from ? [("from", Words.Iso(from))] : Array.Empty<(string, string)>(),
            .. To is { } to ? [("to", Words.Iso(to))] : Array.Empty<(string, string)>(),
            .. Minutes is { } minutes ? [("step", $"{minutes}")] : Array.Empty<(string, string)>(),
        ];

    public string Query =>
        IsUsual ? "" : $"?{string.Join('&', Parts.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"))}";

    public static HistorySpan Of(Filled asked) =>
        new(
            asked.Moment("from"),
            asked.Moment("to"),
            asked.Number("step") is { } step and > 0 and <= MostMinutes ? step : null
        );
}

public static class HistorySpanEndpoint
{
    /// <summary>The one that an address names.</summary>
    public static HistorySpan Of(IQueryCollection query) =>
        HistorySpan.Of(new Filled("stretch", query.ToDictionary(field => field.Key, field => $"{field.Value}")));
}
