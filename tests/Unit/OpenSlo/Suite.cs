using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.OpenSlo;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.OpenSlo;

/// <summary>Third-party documents with the answer that an importer owes; Data/LICENCE-NOTE.md says where each comes from.</summary>
internal static class Suite
{
    private static readonly JsonElement Index = Parse("index.json").GetProperty("objects");
    private static readonly JsonElement Mutated = Parse("mutations.json");

    /// <summary>Every indexed object: file and position.</summary>
    public static TheoryData<string, int> Objects { get; } = Select(_ => true);

    public static TheoryData<string, int> Diverging { get; } =
        Select(entry => entry.TryGetProperty("divergence", out _));

    public static TheoryData<string> Files { get; } =
    [.. Index.EnumerateArray().Select(entry => Text(entry, "file")).Distinct()];

    public static TheoryData<string> Mutations { get; } =
    [.. Mutated.GetProperty("cases").EnumerateArray().Select(entry => Text(entry, "id"))];

    public static JsonElement Entry(string file, int position) =>
        Index
            .EnumerateArray()
            .Single(entry => Text(entry, "file") == file && entry.GetProperty("object").GetInt32() == position);

    public static JsonElement Mutation(string id) =>
        Mutated.GetProperty("cases").EnumerateArray().Single(entry => Text(entry, "id") == id);

    public static string Document(string file) =>
        File.ReadAllText(Repository.File("tests", "Unit", "OpenSlo", "Data", file));

    /// <summary>The base of a mutation with its patches applied.</summary>
    public static string Patched(JsonElement mutation)
    {
        var root = JsonNode.Parse(Mutated.GetProperty("bases").GetProperty(Text(mutation, "base")).GetRawText())!;
        foreach (var patch in mutation.GetProperty("patch").EnumerateArray())
            Apply(root, patch);
        return root.ToJsonString();
    }

    public static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;

    public static Verdict Expected(JsonElement entry) =>
        Text(entry, "expect") switch
        {
            "valid" => Verdict.Valid,
            "invalid" => Verdict.Invalid,
            _ => Verdict.DecodeError,
        };

    private static void Apply(JsonNode root, JsonElement patch)
    {
        var steps = Text(patch, "path").Split('/')[1..];
        var at = root;
        foreach (var step in steps[..^1])
            at = at is JsonArray list
                ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]!
                : at[step]!;
        var (last, removes) = (steps[^1], Text(patch, "op") == "remove");
        var value = removes ? null : JsonNode.Parse(patch.GetProperty("value").GetRawText());
        switch (at)
        {
            case JsonArray list when last == "-":
                list.Add(value);
                break;
            case JsonArray list:
                list[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)] = value;
                break;
            case JsonObject map when removes:
                map.Remove(last);
                break;
            default:
                at[last] = value;
                break;
        }
    }

    private static TheoryData<string, int> Select(Func<JsonElement, bool> which)
    {
        var data = new TheoryData<string, int>();
        foreach (var entry in Index.EnumerateArray().Where(which))
            data.Add(Text(entry, "file"), entry.GetProperty("object").GetInt32());
        return data;
    }

    private static JsonElement Parse(string file) => JsonDocument.Parse(Document(file)).RootElement;
}
