using System.Text.RegularExpressions;

namespace Steady.ChaosToolkit;

/// <summary>
/// A regular expression of a tolerance. One that could take time out of all proportion to its text is refused before it runs,
/// and what is accepted runs without backtracking where the machine can, and within a time limit in any case.
/// </summary>
public sealed class Pattern
{
    private const int Longest = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Regex regex;

    private Pattern(Regex regex) => this.regex = regex;

    /// <summary>The pattern, or the code and what is wrong with it.</summary>
    public static (Pattern? Pattern, string Code, string Problem) Read(string python)
    {
        if (python.Length > Longest)
            return Unsafe($"it is longer than {Longest} characters");
        var (shape, translated, problem) = PatternReader.Read(python);
        if (shape is null)
            return problem.StartsWith('!') ? Unsafe(problem[1..]) : (null, Codes.Regex, problem);
        if (Ambiguity.Of(shape) is { } reason)
            return Unsafe(reason);
        try
        {
            return (new Pattern(Compiled(translated)), "", "");
        }
        catch (ArgumentException e)
        {
            return (null, Codes.Regex, e.Message);
        }
    }

    /// <summary>Whether it is found anywhere in the text; null when that could not be told in time.</summary>
    public bool? IsFoundIn(string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex Compiled(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        catch (NotSupportedException)
        {
            // It looks around itself, which only a backtracking machine can.
            return new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
    }

    private static (Pattern?, string, string) Unsafe(string reason) => (null, Codes.RegexUnsafe, reason);
}
