using Marten;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Response;

/// <summary>
/// Stands before every door of an incident: what does not exist and what must not be seen get one answer, from here. So a door behind
/// it cannot forget to ask, and cannot tell the two apart by its words.
/// </summary>
public static class SightEndpoint
{
    /// <summary>Where the doors of one incident begin.</summary>
    public const string Doors = "/v1/incidents/{id";

    public static RouteGroupBuilder Guarded(this RouteGroupBuilder group) => group.AddEndpointFilter(Guard);

    private static async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        if (!route.StartsWith(Doors, StringComparison.Ordinal))
            return await next(context);
        var id = (string)http.Request.RouteValues["id"]!;
        var session = http.RequestServices.GetRequiredService<IQuerySession>();
        var sight = (await Sight.BindAsync(http))!;
        if (
            await IncidentBoardEndpoint.Find(session, id, http.RequestAborted) is not { } found
            || !sight.Sees(found.Id)
        )
            return IncidentBoardEndpoint.Unknown(id);
        if (HttpMethods.IsGet(http.Request.Method))
            await sight.Read([found.Id], What(route), http.RequestAborted);
        return await next(context);
    }

    // /v1/incidents/{id:guid}/postmortem: postmortem.
    private static string What(string route) =>
        route[(route.IndexOf('}', StringComparison.Ordinal) + 1)..] is { Length: > 0 } rest ? rest[1..] : "incident";
}
