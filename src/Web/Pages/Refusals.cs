using Microsoft.AspNetCore.Http.HttpResults;
using Steady.Client;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What a person is told when a service says no.</summary>
public static class Refusals
{
    public static string Sentence(ProblemException problem) =>
        problem.Status switch
        {
            0 or 502 or 503 =>
                "The service does not answer at the moment. What you see may be old; this page tries again.",
            401 => "Your sign-in has ended. Sign in again.",
            403 => $"You may not do this: {problem.Detail}",
            412 =>
                "Somebody else changed this while you were looking. Here is how it stands now; do it again if it still fits.",
            _ when problem.Findings.Count > 0 => string.Join(
                " ",
                problem.Findings.Select(f => $"{f.Path}: {f.Message}")
            ),
            _ => problem.Detail,
        };

    /// <summary>Turns a service's refusal into a page instead of a bare status.</summary>
    public static async ValueTask<object?> Show(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ProblemException problem)
        {
            var status = problem.Status == 0 ? StatusCodes.Status502BadGateway : problem.Status;
            var title = status == StatusCodes.Status404NotFound ? "There is nothing here" : "This did not work";
            return new RazorComponentResult<TroublePage>(new { Title = title, Sentence = Sentence(problem) })
            {
                StatusCode = status,
                PreventStreamingRendering = true,
            };
        }
    }
}
