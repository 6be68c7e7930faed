using System.Text.Json.Nodes;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Design;

public static class DesignSchemaEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/v1/schemas/experiment",
                () => TypedResults.Json(DesignSchema.Write(), contentType: "application/schema+json")
            )
            .WithTags("Experiments")
            .RequireScope("experiments:read")
            .WithSummary("The shape of a design's document, as JSON Schema")
            .Produces<JsonObject>(200, "application/schema+json");
}
