using System.Text.Json;
using System.Text.Json.Serialization;

namespace Steady.Contracts;

/// <summary>How contracts look as JSON, over HTTP and over RabbitMQ alike: camelCase names, enums as camelCase words.</summary>
public static class Json
{
    /// <summary>The options every sender and reader uses.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Gives somebody else's options the same look.</summary>
    /// <param name="options">The options to change.</param>
    /// <returns>The same options.</returns>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.WriteIndented = false;
        return options;
    }
}
