using System.Globalization;
using System.Security.Claims;
using Microsoft.Net.Http.Headers;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Intake;

public static class RemoteWriteEndpoint
{
    private const string One = "prometheus.WriteRequest";
    private const string Two = "io.prometheus.write.v2.Request";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/write", Handle)
            .RequireScope("ingest:counts")
            .Produces(StatusCodes.Status204NoContent)
            .WithTags("Intake")
            .WithSummary("Takes Prometheus remote-write, 1.0 and 2.0; counts the series that a source means.")
            .WithBody(("application/x-protobuf", null), ($"application/x-protobuf;proto={Two}", null));

    private static async Task<IResult> Handle(
        HttpContext http,
        ClaimsPrincipal user,
        IntakeWorker intake,
        IntakeRoom room,
        CancellationToken stop
    )
    {
        if (Proto(http.Request) is not { } proto)
        {
            const string unknown = $"Send application/x-protobuf with snappy, and as proto {One} (or none) or {Two}.";
            return Answers.Problem(415, "proto-unknown", unknown);
        }

        try
        {
            using var delivery = await Read(http.Request, proto, user, intake, room, stop);
            var applied = await intake.Store(delivery);
            Written(http.Response, delivery, delivery.Troubles.Count + applied.Troubles.Count);
            return Answer(delivery, applied);
        }
        catch (Exception e) when (IntakeEdges.Answer(e) is var (status, code))
        {
            using var nothing = new Delivery();
            Written(http.Response, nothing, 0);
            if (status is 429 or 503)
                http.Response.Headers.RetryAfter = "1";
            return Answers.Problem(status, code, e.Message);
        }
    }

    private static string? Proto(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is not ("" or "snappy"))
            return null;
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.MediaType != "application/x-protobuf"
        )
            return null;
        var proto = type.Parameters.FirstOrDefault(one => one.Name.Equals("proto", StringComparison.OrdinalIgnoreCase));
        var named = proto is null ? One : HeaderUtilities.RemoveQuotes(proto.Value).ToString();
        return named is One or Two ? named : null;
    }

    private static async Task<Delivery> Read(
        HttpRequest request,
        string proto,
        ClaimsPrincipal user,
        IntakeWorker intake,
        IntakeRoom room,
        CancellationToken stop
    )
    {
        using var sent = await request.ReadBody(room, stop);
        using var opened = new IntakeBody(room);
        SnappyBlock.Open(sent.Content, opened.Make(SnappyBlock.Length(sent.Content, IntakeEdges.MostOpened)));
        var (routing, delivery) = (intake.Routing(SourceOrigin.RemoteWrite), IntakeEdges.DeliveryOf(user));
        if (proto == Two)
            RemoteWrite.ReadTwo(opened.Content, routing, delivery);
        else
            RemoteWrite.ReadOne(opened.Content, routing, delivery);
        return delivery;
    }

    // Required of a receiver of 2.0, understood by none of 1.0. What no source means is not missing to anybody.
    private static void Written(HttpResponse response, Delivery delivery, long refused)
    {
        var samples = delivery.Samples + delivery.Histograms - refused;
        var headers = response.Headers;
        headers["X-Prometheus-Remote-Write-Samples-Written"] = Say(Math.Clamp(samples, 0, delivery.Samples));
        headers["X-Prometheus-Remote-Write-Histograms-Written"] = "0";
        headers["X-Prometheus-Remote-Write-Exemplars-Written"] = "0";
    }

    private static string Say(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static IResult Answer(Delivery delivery, Applied applied)
    {
        var all = delivery.Troubles.All.Concat(applied.Troubles.All).ToList();
        if (all.Count == 0)
            return TypedResults.NoContent();
        var refused = all.Sum(one => one.Count);
        // A Prometheus logs the beginning of the body, so the first reason comes first.
        var detail =
            $"{refused} of {delivery.Samples + delivery.Histograms} samples were refused: {all[0].Message} The others are counted.";
        var findings = all.Take(20)
            .Select(one => new Dictionary<string, object?>
            {
                ["sli"] = one.Sli,
                ["reason"] = one.Reason,
                ["count"] = one.Count,
                ["message"] = one.Message,
            });
        return Answers.Problem(
            400,
            "samples-refused",
            detail,
            new Dictionary<string, object?> { ["refused"] = findings.ToList() }
        );
    }
}
