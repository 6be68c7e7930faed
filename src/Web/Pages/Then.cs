using Steady.Client;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>Pages that can be looked at as they were at a moment.</summary>
public static class Then
{
    /// <summary>What a browser without script sends; the address that people pass on says the moment in words.</summary>
    public static IResult? Chosen(string path, long? milliseconds) =>
        milliseconds is { } moment
            ? TypedResults.LocalRedirect(
                $"{path}{(path.Contains('?') ? '&' : '?')}at={Words.Iso(DateTimeOffset.FromUnixTimeMilliseconds(moment))}"
            )
            : null;

    /// <summary>Null where there was nothing yet.</summary>
    public static async Task<T?> Known<T>(Task<T> asked)
        where T : class
    {
        try
        {
            return await asked;
        }
        catch (ProblemException problem) when (problem.Status == 404)
        {
            return null;
        }
    }
}
