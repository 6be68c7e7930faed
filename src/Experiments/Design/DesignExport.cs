using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.OpenSlo;

namespace Steady.Experiments.Design;

/// <summary>A design as the YAML that drafts it again.</summary>
public static class DesignExport
{
    public static string Write(ExperimentDesign design) =>
        NodeText.ToYaml(Yaml.FromJson(Present(JsonSerializer.SerializeToNode(design, Json.Options)!)));

    // Members that are absent stay absent.
    private static JsonNode Present(JsonNode node)
    {
        foreach (var (name, value) in (node as JsonObject ?? []).ToList())
        {
            if (value is null)
                ((JsonObject)node).Remove(name);
            else
                Present(value);
        }

        foreach (var item in node as JsonArray ?? [])
            Present(item!);
        return node;
    }
}
