using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Design;

/// <summary>Reads a design from YAML or JSON and checks it whole, so that every finding is told at once.</summary>
public static class DesignDocument
{
    // A misspelt member would otherwise be a silent default.
    internal static readonly JsonSerializerOptions Strict = new(Json.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 16,
        // Reading brings one along by itself; telling the shape (DesignSchema) does not.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The design, or null and what is wrong with the text.</summary>
    public static (ExperimentDesign? Design, IReadOnlyList<Finding> Findings) Read(string text, bool yaml)
    {
        try
        {
            var (node, broken) = Yaml.ToJson(text, yaml);
            if (broken is not null)
                return (null, [broken]);
            if (Units.Plain(node).Deserialize<ExperimentDesign>(Strict) is not { } design)
                return (null, [new("$", "The document is empty. Give an experiment design.")]);
            Finding[] findings = [.. Annotations(design, "")];
            // The rules read members that the annotations may have found missing.
            if (findings.Length == 0)
                findings = [.. DesignRules.Check(design)];
            return findings.Length == 0 ? (design, findings) : (null, findings);
        }
        catch (JsonException e)
        {
            return (null, [new(Place(e.Path), $"{FirstSentence(e.Message)} See the documented shape of a design.")]);
        }
    }

    public static IEnumerable<Finding> Annotations(object value, string path)
    {
        foreach (var member in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var place = path + JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            var held = member.GetValue(value);
            var context = new ValidationContext(value) { MemberName = member.Name, DisplayName = place };
            foreach (var rule in member.GetCustomAttributes<ValidationAttribute>())
            {
                if (rule.GetValidationResult(held, context) is { ErrorMessage: { } message })
                    yield return new(place, message);
            }

            foreach (var inner in Inside(held, place))
                yield return inner;
        }
    }

    private static IEnumerable<Finding> Inside(object? held, string place) =>
        held switch
        {
            null or string => [],
            IEnumerable<object?> list => list.Index()
                .SelectMany(item =>
                    item.Item is null or ""
                        ? [new Finding($"{place}[{item.Index}]", "This is empty. Fill it in or leave it out.")]
                        : Inside(item.Item, $"{place}[{item.Index}]")
                ),
            _ when held.GetType().Assembly == typeof(ExperimentDesign).Assembly && !held.GetType().IsEnum =>
                Annotations(held, $"{place}."),
            _ => [],
        };

    private static string Place(string? path) =>
        path is null or "$" ? "$" : path.Replace("$.", "", StringComparison.Ordinal);

    // What follows is about our types and byte positions; nobody who writes a design needs it.
    private static string FirstSentence(string message) => message.Split(" Path: ")[0].Split(" LineNumber: ")[0];
}
