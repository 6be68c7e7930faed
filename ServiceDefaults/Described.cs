using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Steady.ServiceDefaults;

/// <summary>What the description of a service shows beside the shapes.</summary>
public static class Described
{
    /// <summary>Shows what a request looks like.</summary>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder route, string mediaType, JsonNode example) =>
        route.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                if (operation.RequestBody?.Content?.TryGetValue(mediaType, out var content) == true)
                    content.Example = example.DeepClone();
                return Task.CompletedTask;
            }
        );
}
