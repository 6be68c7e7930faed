using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Incidents.Intake;

/// <summary>Alertmanager's webhook. Answered when every alert of the message is stored, and not before.</summary>
public static class AlertmanagerEndpoint
{
    // Ten thousand alerts of one group in one message.
    private const int MostBytes = 16 * 1024 * 1024;
    private const int LongestIntegration = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/intake/{integration}/alertmanager", Handle)
            .RequireScope("ingest:alerts")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .WithTags("Alerts")
            .WithSummary("Takes Alertmanager's webhook; the integration's name is part of what makes an alert the same")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
        string integration,
        AlertmanagerMessage message,
        HttpContext http,
        ClaimsPrincipal user,
        Actor by,
        IncomingAlerts alerts,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (user.FindFirst("integration")?.Value is { } own && own != integration)
            return Answers.Problem(403, "integration-foreign", $"This token sends for the integration '{own}' only.");
        if (
            integration.Length > LongestIntegration
            || !integration.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        )
            return Wrong("integration", $"A name has letters, digits, - and _, at most {LongestIntegration} of them.");
        if (Alertmanager.Check(message) is var (field, problem))
            return Wrong(field, problem);

        var now = clock.GetUtcNow();
        var heard = message.Alerts!.Select(alert => Alertmanager.Read(integration, alert!, now));
        if (await alerts.Take(by, heard, stop))
            return TypedResults.NoContent();
        http.Response.Headers.RetryAfter = "1";
        const string detail = "Too many alerts wait to be stored. Nothing of this message is; send it again.";
        return Answers.Problem(503, "overloaded", detail);
    }

    private static IResult Wrong(string field, string problem) =>
        Refusals.Malformed($"The message cannot be read: {problem} Nothing was stored.", [(field, problem)]);
}
