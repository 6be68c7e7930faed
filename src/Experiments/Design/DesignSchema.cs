using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Design;

/// <summary>
/// The shape of a design's document as JSON Schema (draft 2020-12), for editors and checks elsewhere. It is made from what
/// the reader reads, so the two cannot drift apart; rules between members are the reader's alone.
/// </summary>
public static class DesignSchema
{
    private static readonly JsonSchemaExporterOptions Exporting = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Told,
    };

    public static JsonObject Write()
    {
        var shape = DesignDocument.Strict.GetJsonSchemaAsNode(typeof(ExperimentDesign), Exporting).AsObject();
        // The exporter cannot know that a document is never null.
        shape["type"] = "object";
        shape.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        shape.Insert(1, "title", "Experiment design of Steady");
        return shape;
    }

    private static JsonNode Told(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject told || told.ContainsKey("$ref"))
            return schema;
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
            told["required"] = Required(context.TypeInfo.Type);
        if (context.PropertyInfo is not { AttributeProvider: { } member } property)
            return told;
        var isNumber = Narrow(told);
        foreach (var rule in member.GetCustomAttributes(true))
            Limit(told, rule);
        return isNumber && Units.Of(property.Name) is { } units ? WithUnit(told, units) : told;
    }

    // The reader's own rule: what must be given, and numbers whose 0 is refused.
    private static JsonArray Required(Type type)
    {
        var names =
            from parameter in type.GetConstructors()[0].GetParameters()
            where !parameter.HasDefaultValue
            let member = type.GetProperty(parameter.Name!)!
            where parameter.ParameterType.IsValueType || member.IsDefined(typeof(RequiredAttribute))
            select (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        return [.. names];
    }

    // A number in quotes is read too, but nobody needs to write one.
    private static bool Narrow(JsonObject told)
    {
        if (told["type"] is not JsonArray types || !types.Any(type => (string?)type is "integer" or "number"))
            return (string?)(told["type"] as JsonValue) is "integer" or "number";
        var kept = types.Select(type => (string)type!).Where(type => type != "string").ToList();
        told["type"] = kept.Count == 1 ? kept[0] : new JsonArray([.. kept.Select(type => (JsonNode)type)]);
        return told.Remove("pattern");
    }

    private static void Limit(JsonObject told, object rule)
    {
        switch (rule)
        {
            case RangeAttribute range:
                told["minimum"] = Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture);
                told["maximum"] = Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture);
                break;
            case StringLengthAttribute length:
                told["minLength"] = length.MinimumLength;
                told["maxLength"] = length.MaximumLength;
                break;
            case MinLengthAttribute least:
                told["minItems"] = least.Length;
                break;
            case MaxLengthAttribute most:
                told["maxItems"] = most.Length;
                break;
            case RegularExpressionAttribute pattern:
                told["pattern"] = pattern.Pattern;
                break;
            case UrlAttribute:
                told["format"] = "uri";
                break;
        }
    }

    private static JsonObject WithUnit(JsonObject number, string units)
    {
        var both = new JsonObject
        {
            ["anyOf"] = new JsonArray(number, new JsonObject { ["type"] = "string", ["pattern"] = units }),
        };
        if (number.TryGetPropertyValue("default", out var usual))
        {
            number.Remove("default");
            both["default"] = usual;
        }

        return both;
    }
}
