using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Steady.Incidents.Timeline.Otlp;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>
/// So many requests with evidence are at work at a time, some wait, unread, and the others are asked to come again: whoever sends much
/// leaves memory and connections to those who respond to an incident.
/// </summary>
public static class EvidenceLaneEndpoint
{
    public const string Name = "evidence";
    private const int AtATime = 32;
    private const int MostWaiting = 200;

    public static void AddEvidenceLane(this IServiceCollection services) =>
        services.AddRateLimiter(options =>
        {
            options.AddConcurrencyLimiter(
                Name,
                lane =>
                {
                    lane.PermitLimit = AtATime;
                    lane.QueueLimit = MostWaiting;
                    lane.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
                }
            );
            options.OnRejected = async (context, _) =>
                await Full(context.HttpContext).ExecuteAsync(context.HttpContext);
        });

    public static IResult Full(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        const string detail =
            "Too many entries wait to be stored. Nothing of this request is; send it again after Retry-After.";
        if (http.Request.Path == LogsEndpoint.Path)
            return LogsEndpoint.Status(http, StatusCodes.Status503ServiceUnavailable, detail);
        return Answers.Problem(503, "overloaded", detail);
    }
}
