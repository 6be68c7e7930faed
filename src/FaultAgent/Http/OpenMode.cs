using Steady.FaultAgent.Leases;

namespace Steady.FaultAgent.Http;

/// <summary>What Toxiproxy's clients may do only where the agent is open: whatever could break something without a lease.</summary>
internal static class OpenMode
{
    public static RouteHandlerBuilder NeedsOpenMode(this RouteHandlerBuilder route) => route.AddEndpointFilter(Ask);

    private static async ValueTask<object?> Ask(EndpointFilterInvocationContext call, EndpointFilterDelegate next) =>
        call.HttpContext.RequestServices.GetRequiredService<Seal>().IsOpen ? await next(call) : ToxiproxyError.NotOpen;
}
