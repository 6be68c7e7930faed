using Microsoft.AspNetCore.Authentication;
using Steady.Web.SignIn;

namespace Steady.Web.Pages;

/// <summary>An address that there is not: a page for people, who may have mistyped it, and the usual problem for programs.</summary>
public static class MissingEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapFallback((Delegate)Answer).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Answer(HttpContext http)
    {
        if (!http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound);
        var session = await http.AuthenticateAsync(Session.Scheme);
        if (!session.Succeeded)
            return TypedResults.Challenge(authenticationSchemes: [Session.Scheme]);
        http.User = session.Principal;
        return Refusals.Missing();
    }
}
