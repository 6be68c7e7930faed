using System.Text.Json;
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

    private static IEnumerable<JsonElement> Matching(string op) =>
        All.EnumerateArray().Where(vector => vector.GetProperty("op").GetString() == op);
}
