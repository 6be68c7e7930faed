using System.Text.RegularExpressions;

namespace Steady.Incidents.Intake;

/// <summary>A condition on a label, as Alertmanager writes it. A label that is absent is empty.</summary>
public sealed partial class Matcher
{
    private readonly string label;
    private readonly Func<string, bool> holds;

    private Matcher(string label, Func<string, bool> holds) => (this.label, this.holds) = (label, holds);

    public bool Holds(IReadOnlyDictionary<string, string> labels) => holds(labels.GetValueOrDefault(label, ""));

    /// <summary>The condition, or in a sentence why this is none.</summary>
    public static (Matcher? Matcher, string? Problem) Read(string text)
    {
        if (Shape().Match(text) is not { Success: true } match)
            return (null, $"'{text}' is no matcher. Write label=\"value\", with = != =~ or !~.");
        var (label, how) = (match.Groups["label"].Value, match.Groups["how"].Value);
        var value = match.Groups["quoted"] is { Success: true } quoted
            ? Escape().Replace(quoted.Value, one => one.Value == "\\n" ? "\n" : one.Value[1..])
            : match.Groups["bare"].Value;
        if (how is "=" or "!=")
            return (new Matcher(label, found => found == value == (how == "=")), null);
        try
        {
            // All of the value, as Prometheus reads it; without backtracking, so that no pattern takes long.
            var pattern = new Regex($"^(?:{value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return (new Matcher(label, found => pattern.IsMatch(found) == (how == "=~")), null);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return (null, $"The pattern of '{text}' cannot be read: {e.Message}");
        }
    }

    [GeneratedRegex(
        """^\s*(?<label>[a-zA-Z_][a-zA-Z0-9_.]*)\s*(?<how>=~|!~|!=|=)\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^"\s]*))\s*$"""
    )]
    private static partial Regex Shape();

    [GeneratedRegex("""\\.""")]
    private static partial Regex Escape();
}
