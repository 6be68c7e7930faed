using System.Text.Json;

namespace Steady.Incidents.Intake;

/// <summary>What is kept of foreign texts. What is too long is cut: to refuse it would lose what it is about. Pure.</summary>
public static class Texts
{
    public const int LongestName = 200;
    public const int LongestValue = 1000;
    public const int LongestText = 4000;
    private const int Most = 64;

    public static string Cut(string text, int longest) => text.Length > longest ? $"{text[..(longest - 1)]}…" : text;

    /// <summary>The members of an object that are words, numbers or yes and no, as labels.</summary>
    public static SortedDictionary<string, string> Of(JsonElement members)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (members.ValueKind is not JsonValueKind.Object)
            return labels;
        foreach (var member in members.EnumerateObject().Where(one => Word(one.Value) is not null).Take(Most))
            labels[Cut(member.Name, LongestName)] = Cut(Word(member.Value)!, LongestValue);
        return labels;
    }

    private static string? Word(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
}
