using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Design;

/// <summary>
/// SHA-256 of a design's canonical JSON: members sorted by name, no white space, numbers without trailing zeros, absent
/// members left out. So the hash does not depend on how the document was written, nor on members that are added later.
/// </summary>
public static class DesignHash
{
    public static string Of(ExperimentDesign design) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(design))));

    public static string Canonical(ExperimentDesign design)
    {
        var text = new StringBuilder();
        Write(JsonSerializer.SerializeToNode(design, Json.Options)!, text);
        return text.ToString();
    }

    private static void Write(JsonNode node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject members:
                WriteAll(
                    '{',
                    members.Where(m => m.Value is not null).OrderBy(m => m.Key, StringComparer.Ordinal),
                    member =>
                    {
                        text.Append(JsonSerializer.Serialize(member.Key)).Append(':');
                        Write(member.Value!, text);
                    },
                    '}',
                    text
                );
                break;
            case JsonArray items:
                WriteAll('[', items, item => Write(item!, text), ']', text);
                break;
            case var number when number.GetValueKind() == JsonValueKind.Number:
                text.Append(
                    number.GetValue<decimal>().ToString("0.############################", CultureInfo.InvariantCulture)
                );
                break;
            default:
                text.Append(node.ToJsonString());
                break;
        }
    }

    private static void WriteAll<T>(char open, IEnumerable<T> items, Action<T> write, char close, StringBuilder text)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(',');
            first = false;
            write(item);
        }

        text.Append(close);
    }
}
