using System.Text.RegularExpressions;

namespace Steady.OpenSlo.Rules;

/// <summary>Keys of labels and annotations. They are told at the object, because they have no place of their own.</summary>
internal static partial class KeyRules
{
    private const int LongestPrefix = 253;
    private const int LongestName = 63;
    private const string Name =
        "up to 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit";

    public static void Labels(Findings to, Place labels, Dialect dialect)
    {
        foreach (var (key, value) in labels.Members())
        {
            if (dialect == Dialect.V2Alpha)
            {
                Qualified(to, labels, key);
                if (value.Text is { } text && !Value().IsMatch(text))
                    to.Add(
                        value,
                        "string_match_regexp",
                        $"'{Short(text)}' is no value of a label.",
                        "Up to 63 lower-case letters, digits, '-', '_' and '.', beginning and ending with a letter or digit."
                    );
            }
            else if (!LabelKey().IsMatch(key))
                to.Add(labels, "string_match_regexp", $"'{Short(key)}' is no key of a label.", $"Keys of {Name}.");
        }
    }

    public static void Annotations(Findings to, Place annotations, Dialect dialect)
    {
        foreach (var (key, _) in annotations.Members())
        {
            if (dialect == Dialect.V2Alpha)
                Qualified(to, annotations, key);
            else if (!AnnotationLength().IsMatch(key) || !AnnotationKey().IsMatch(key))
                to.Add(
                    annotations,
                    "string_match_regexp",
                    $"'{Short(key)}' is no key of an annotation.",
                    $"Keys of {Name}, if need be after a domain and a slash, for example my-domain.org/my-key."
                );
        }
    }

    private static void Qualified(Findings to, Place place, string key)
    {
        var parts = key.Split('/');
        var fits = parts.Length switch
        {
            1 => IsName(parts[0]),
            2 => parts[0].Length is > 0 and <= LongestPrefix && Subdomain().IsMatch(parts[0]) && IsName(parts[1]),
            _ => false,
        };
        if (!fits)
            to.Add(
                place,
                "string_kubernetes_qualified_name",
                $"'{Short(key)}' is no key here.",
                $"Keys of {Name}, if need be after a domain and a slash, for example my.domain/my-key."
            );
    }

    private static bool IsName(string name) => name.Length is > 0 and <= LongestName && QualifiedName().IsMatch(name);

    private static string Short(string text) => text.Length > 80 ? $"{text[..80]}…" : text;

    [GeneratedRegex(@"^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"^(.{0,253}/)?.{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AnnotationLength();

    [GeneratedRegex(
        @"^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*/)?[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex AnnotationKey();

    [GeneratedRegex(@"^([a-z0-9]([-._a-z0-9]{0,61}[a-z0-9])?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Value();

    [GeneratedRegex(
        @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex QualifiedName();
}
