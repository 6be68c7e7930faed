using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Steady.Contracts.Budgets;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Intake;

public static class OtlpEndpoint
{
    private const string Json = "application/json";
    private const string Protobuf = "application/x-protobuf";

    // As JSON it takes several times its size to read.
    private const int MostJson = 8 * 1024 * 1024;

    private const string Example = """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}]},
         "scopeMetrics":[{"metrics":[{"name":"checkout.requests","sum":{"aggregationTemporality":1,"isMonotonic":true,
          "dataPoints":[{"asInt":"160","startTimeUnixNano":"1764064790000000000","timeUnixNano":"1764064800000000000",
           "attributes":[{"key":"outcome","value":{"stringValue":"good"}}]}]}}]}]}]}
        """;

    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapPost("/metrics", Handle)
            .RequireScope("ingest:counts")
            .Produces(StatusCodes.Status200OK)
            .WithTags("Intake")
            .WithSummary("Takes OTLP metrics over HTTP, protobuf or JSON; counts the series that a source means.")
            .WithBody((Json, JsonNode.Parse(Example)!), (Protobuf, null));

    private static async Task<IResult> Handle(
        HttpContext http,
        ClaimsPrincipal user,
        IntakeWorker intake,
        IntakeRoom room,
        CancellationToken stop
    )
    {
        var type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var read) ? read.MediaType.Value : "";
        var isJson = type == Json;
        if (!isJson && type != Protobuf)
            return Status(http, false, 415, $"Send {Protobuf} or {Json}.");
        if (http.Request.Headers.ContentEncoding.ToString() is not ("" or "identity" or "gzip"))
            return Status(http, isJson, 415, "Send the body as it is, or as gzip.");
        try
        {
            using var delivery = await Read(http.Request, isJson, user, intake, room, stop);
            var applied = await intake.Store(delivery);
            var refused = delivery.Troubles.All.Concat(applied.Troubles.All).ToList();
            return Success(isJson, refused.Sum(one => one.Count), refused.FirstOrDefault().Message);
        }
        catch (Exception e) when (IntakeEdges.Answer(e) is var (status, _))
        {
            return Status(http, isJson, status, e.Message);
        }
    }

    private static async Task<Delivery> Read(
        HttpRequest request,
        bool isJson,
        ClaimsPrincipal user,
        IntakeWorker intake,
        IntakeRoom room,
        CancellationToken stop
    )
    {
        using var sent = await request.ReadBody(room, stop);
        var limit = isJson ? MostJson : IntakeEdges.MostOpened;
        using var opened = request.Headers.ContentEncoding == "gzip" ? await sent.Gunzip(room, limit, stop) : null;
        var body = opened ?? sent;
        var (routing, delivery) = (intake.Routing(SourceOrigin.Otlp), IntakeEdges.DeliveryOf(user));
        if (isJson)
            OtlpJson.Read(body.Bytes.AsMemory(0, body.Length), routing, delivery);
        else
            OtlpProtobuf.Read(body.Content, routing, delivery);
        return delivery;
    }

    private static IResult Success(bool isJson, long refused, string? message)
    {
        var partial = refused == 0 ? null : message;
        if (!isJson)
            return TypedResults.Bytes(partial is null ? [] : OtlpAnswer.Partial(refused, partial), Protobuf);
        var answer = new JsonObject();
        if (partial is not null)
            answer["partialSuccess"] = new JsonObject
            {
                ["rejectedDataPoints"] = refused.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["errorMessage"] = partial,
            };
        return TypedResults.Text(answer.ToJsonString(), Json, Encoding.UTF8);
    }

    private static IResult Status(HttpContext http, bool isJson, int status, string message)
    {
        if (status is 429 or 503)
            http.Response.Headers.RetryAfter = "1";
        http.Response.StatusCode = status;
        var code = status switch
        {
            429 => 8,
            503 => 14,
            _ => 3,
        };
        return isJson
            ? TypedResults.Text(
                new JsonObject { ["code"] = code, ["message"] = message }.ToJsonString(),
                Json,
                Encoding.UTF8,
                status
            )
            : TypedResults.Bytes(OtlpAnswer.Status(code, message), Protobuf);
    }
}
