using System.Text.Json;
using System.Text.Json.Serialization;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;

namespace Steady.Experiments.GameDays;

/// <summary>Reads a plan from YAML or JSON and checks it whole, so that every finding is told at once.</summary>
public static class PlanDocument
{
    private static readonly JsonSerializerOptions Strict = new(Json.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 16,
    };

    /// <summary>The plan, or null and what is wrong with the text.</summary>
    public static (GameDayPlan? Plan, IReadOnlyList<Finding> Findings) Read(string text, bool yaml)
    {
        try
        {
            var (node, broken) = Yaml.ToJson(text, yaml);
            if (broken is not null)
                return (null, [broken]);
            if (node.Deserialize<GameDayPlan>(Strict) is not { } plan)
                return (null, [new("$", "The document is empty. Give the plan of a game day.")]);
            Finding[] findings = [.. DesignDocument.Annotations(plan, "")];
            // The rules read members that the annotations may have found missing.
            if (findings.Length == 0)
                findings = [.. PlanRules.Check(plan)];
            return findings.Length == 0 ? (plan, findings) : (null, findings);
        }
        catch (JsonException e)
        {
            var place = e.Path is null or "$" ? "$" : e.Path.Replace("$.", "", StringComparison.Ordinal);
            return (null, [new(place, $"{e.Message.Split(" Path: ")[0]} See the documented shape of a plan.")]);
        }
    }
}
