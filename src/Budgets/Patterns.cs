using System.Text.RegularExpressions;

namespace Steady.Budgets;

/// <summary>Names with <c>*</c> and <c>?</c>.</summary>
public static class Patterns
{
    public static bool Match(string pattern, string name)
    {
        var expression = Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".");
        const RegexOptions options =
            RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant;
        return Regex.IsMatch(name, $"^{expression}$", options);
    }
}
