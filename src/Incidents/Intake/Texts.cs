using System.Text.Json;

namespace Steady.Incidents.Intake;

/// <summary>What is kept of foreign texts. What is too long is cut: to refuse it would lose what it is about. Pure.</summary>
public static class Texts
{
    public const int LongestName = 200;
    public const int LongestValue = 1000;
    public const int LongestText = 4000;
    private const int Most = 64;

    public static string Cut(string text, int longest)
    {
        // The store keeps every character but this one.
        text = text.Replace("\0", "", StringComparison.Ordinal);
        return text.Length > longest ? $"{text[..(longest - 1)]}…" : text;
    }

    /// <summary>Whether all names and texts are texts: JSON can spell halves of characters.</summary>
    public static bool CanRead(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is not null,
                JsonValueKind.Array => element.EnumerateArray().All(CanRead),
                JsonValueKind.Object => element
                    .EnumerateObject()
                    .All(member => member.Name is not null && CanRead(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

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
