using System.Text;

namespace Steady.ChaosToolkit.Rules;

/// <summary>A text as the words a shell would make of it, or what only a shell could make of it.</summary>
internal sealed class ShellWords
{
    /// <summary>What a shell would do something with outside of quotes.</summary>
    public const string Bare = "|&;<>()$`\\*?~!\n\r\0";
    private const string InDoubleQuotes = "$`\\";

    private readonly List<string> words = [];
    private readonly StringBuilder word = new();
    private bool inWord;
    private char quote;

    private ShellWords() { }

    public static (IReadOnlyList<string> Words, string? Problem) Of(string text)
    {
        var reader = new ShellWords();
        for (var at = 0; at < text.Length; at++)
        {
            if (reader.quote != '\'' && Placeholder(text, at) is { } placeholder)
            {
                reader.Add(placeholder);
                at += placeholder.Length - 1;
            }
            else if (!reader.Read(text[at]))
                return ([], $"{(text[at] is '\n' or '\r' ? "a new line" : $"'{text[at]}'")} at column {at + 1}");
        }

        reader.End();
        return reader.quote == '\0' ? (reader.words, null) : ([], $"the quote {reader.quote} is not closed");
    }

    // False for what only a shell understands.
    private bool Read(char character)
    {
        if (quote == '\0' && (character is ' ' or '\t'))
            End();
        else if (quote != '\0' && character == quote)
            quote = '\0';
        else if (quote == '\0' && (character is '"' or '\''))
            (quote, inWord) = (character, true);
        else if (Meaning().Contains(character, StringComparison.Ordinal))
            return false;
        else
            Add($"{character}");
        return true;
    }

    private string Meaning() =>
        quote switch
        {
            '\0' => Bare,
            '"' => InDoubleQuotes,
            _ => "",
        };

    private void Add(string part)
    {
        word.Append(part);
        inWord = true;
    }

    private void End()
    {
        if (inWord && quote == '\0')
            words.Add(word.ToString());
        word.Clear();
        inWord = false;
    }

    private static string? Placeholder(string text, int at)
    {
        if (!text.AsSpan(at).StartsWith("${"))
            return null;
        var end = text.IndexOf('}', at);
        var name = end < 0 ? "" : text[(at + 2)..end];
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? text[at..(end + 1)]
            : null;
    }
}
