using System.Text.Json;
using Steady.Budgets.Burn;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

/// <summary>
/// Published figures of the SRE Workbook, OpenSLO and other tools, with the exact answer beside the printed one; numbers
/// are read as the decimals that stand in the file.
/// </summary>
public static class Vectors
{
    private static readonly JsonElement All = JsonDocument
        .Parse(File.ReadAllText(Repository.File("tests", "Unit", "Budgets", "vectors.json")))
        .RootElement.GetProperty("vectors");

    public static IReadOnlyList<JsonElement> Every { get; } = [.. All.EnumerateArray()];

    /// <summary>The vectors of one kind: id, input and expected.</summary>
    public static TheoryData<string> Of(string op) =>
        [.. Matching(op).Select(vector => vector.GetProperty("id").GetString()!)];

    public static (JsonElement Input, JsonElement Expected) Get(string id)
    {
        var vector = All.EnumerateArray().Single(vector => vector.GetProperty("id").GetString() == id);
        return (vector.GetProperty("input"), vector.GetProperty("expected"));
    }

    public static decimal Number(this JsonElement element, string name)
    {
        var value = element.GetProperty(name);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static Rational Exact(this JsonElement element) =>
        Rational.Parse(element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());

    public static Rational Exact(this JsonElement element, string name) => element.GetProperty(name).Exact();

    public static Rational? Maybe(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.Exact() : null;

    public static IReadOnlyList<Rational> Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(one => one.Exact())];

    public static Window Window(this JsonElement element, string name) =>
        Steady.Budgets.Burn.Window.Parse(element.Text(name));

    /// <summary>A length of time; M, Q and Y are 30, 90 and 365 days where no calendar says otherwise.</summary>
    public static Rational Seconds(this JsonElement element, string name) =>
        Durations.Parse(element.Text(name)) switch
        {
            { Unit: 'M' } months => 86_400 * 30 * (long)months.Count,
            { Unit: 'Q' } quarters => 86_400 * 90 * (long)quarters.Count,
            { Unit: 'Y' } years => 86_400 * 365 * (long)years.Count,
            var length => Rational.Seconds(length.Fixed!.Value),
        };

    private static IEnumerable<JsonElement> Matching(string op) =>
        All.EnumerateArray().Where(vector => vector.GetProperty("op").GetString() == op);
}
