using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Steady.Web.Drawing;

/// <summary>
/// Whole numbers as letters: five bits of a number in each, its sign in the first one, as source maps have it (base 64 VLQ). Small ones are one
/// letter, and a packer finds what repeats. Pure.
/// </summary>
public static class Letters
{
    // None of them is written in another way in JSON.
    private const string All = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static string Of(IEnumerable<long> numbers)
    {
        var letters = new StringBuilder();
        foreach (var number in numbers)
        {
            var left = number < 0 ? (ulong)-number * 2 + 1 : (ulong)number * 2;
            do
            {
                letters.Append(All[(int)(left % 32) + (left >= 32 ? 32 : 0)]);
                left /= 32;
            } while (left > 0);
        }

        return letters.ToString();
    }
}

/// <summary>A column of numbers as letters. It is only ever written.</summary>
public sealed class LettersConverter : JsonConverter<IReadOnlyList<long>>
{
    public override IReadOnlyList<long> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<long> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Letters.Of(value));
}

/// <summary>Words that many rows share, said once.</summary>
/// <param name="Words">Each once, in the order in which they come up.</param>
/// <param name="Numbers">For each row, which of them.</param>
public sealed record SharedWords(IReadOnlyList<string> Words, [property: JsonIgnore] IReadOnlyList<int> Numbers)
{
    private string AsNumbers => Letters.Of(Numbers.Select(word => (long)word));

    private string AsSteps => Letters.Of(Back());

    /// <summary>Which of them, where that is shorter: few words that come again and again.</summary>
    public string? Rows => AsNumbers.Length <= AsSteps.Length ? AsNumbers : null;

    /// <summary>How many words back it was said first, where that is shorter: mostly the next one, which is 0.</summary>
    public string? Steps => Rows is null ? AsSteps : null;

    private IEnumerable<long> Back()
    {
        var said = 0;
        foreach (var word in Numbers)
        {
            yield return said - word;
            said = Math.Max(said, word + 1);
        }
    }

    public static SharedWords Of(IEnumerable<string> rows)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var words = new List<string>();
        var numbers = new List<int>();
        foreach (var word in rows)
        {
            if (!known.TryGetValue(word, out var number))
            {
                known.Add(word, number = words.Count);
                words.Add(word);
            }

            numbers.Add(number);
        }

        return new SharedWords(words, numbers);
    }
}

/// <summary>Sentences that many rows share but for their numbers: what a machine writes.</summary>
/// <param name="Patterns">The sentences, with <see cref="Gap"/> where a number stood.</param>
/// <param name="Numbers">The numbers, sentence by sentence and place by place: what stands in the same place is alike.</param>
public sealed partial record SharedSentences(
    SharedWords Patterns,
    [property: JsonConverter(typeof(LettersConverter))] IReadOnlyList<long> Numbers
)
{
    /// <summary>White space in a sentence is shown as one blank, so that this one means nothing in it.</summary>
    public const char Gap = '\t';

    public static SharedSentences Of(IReadOnlyList<string> rows)
    {
        var taken = rows.Select(row => Take(Shown(row))).ToList();
        var patterns = SharedWords.Of(taken.Select(row => row.Pattern));
        var alike = taken
            .Zip(patterns.Numbers, (row, pattern) => (row.Numbers, Pattern: pattern))
            .ToLookup(row => row.Pattern, row => row.Numbers);
        var numbers =
            from pattern in Enumerable.Range(0, patterns.Words.Count)
            from place in Enumerable.Range(0, alike[pattern].First().Count)
            from row in alike[pattern]
            select row[place];
        return new SharedSentences(patterns, [.. numbers]);
    }

    private static (string Pattern, IReadOnlyList<long> Numbers) Take(string sentence)
    {
        var numbers = Number().Matches(sentence).Select(one => long.Parse(one.ValueSpan, CultureInfo.InvariantCulture));
        return (Number().Replace(sentence, $"{Gap}"), [.. numbers]);
    }

    /// <summary>A sentence as it comes out again.</summary>
    public static string Shown(string sentence) => sentence.Replace(Gap, ' ');

    // What begins with a nought is no number that could be written again as it was.
    [GeneratedRegex("(?<![0-9])(?:0|[1-9][0-9]{0,8})(?![0-9])")]
    private static partial Regex Number();
}
