using System.Text.Json;
using System.Text.RegularExpressions;

namespace Steady.ServiceDefaults;

/// <summary>Validation names fields as C# spells them; whoever sent JSON looks for the names that were sent.</summary>
public static partial class FieldNames
{
    /// <summary>The same errors: <c>Buckets[0].Good</c> becomes <c>buckets[0].good</c>, in the sentences as well.</summary>
    /// <param name="errors">Sentences by the path of their field.</param>
    public static Dictionary<string, string[]> AsSent(IDictionary<string, string[]> errors) =>
        errors
            .GroupBy(error => Member().Replace(error.Key, Sent), error => error)
            .ToDictionary(
                field => field.Key,
                field => field.SelectMany(error => error.Value.Select(sentence => In(sentence, error.Key))).ToArray()
            );

    private static string In(string sentence, string path) =>
        Member().Matches(path) is [.., { Value: var name }]
            ? Regex.Replace(sentence, $@"\b{name}\b", JsonNamingPolicy.CamelCase.ConvertName(name))
            : sentence;

    private static string Sent(Match member) => JsonNamingPolicy.CamelCase.ConvertName(member.Value);

    // A name of C#: not the name of a header, and nothing that is spelt as JSON spells it.
    [GeneratedRegex(@"(?<=^|\.)[A-Z][A-Za-z0-9]*(?=$|\.|\[)")]
    private static partial Regex Member();
}
