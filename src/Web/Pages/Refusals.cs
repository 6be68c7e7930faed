using Microsoft.AspNetCore.Http.HttpResults;
using Steady.Client;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What a person is told when a service says no.</summary>
public static class Refusals
{
    private const string Nothing = "There is nothing here";

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

    /// <summary>The same of a document, whose mistakes are shown at their lines.</summary>
    public static string Written(ProblemException problem) =>
        problem.Findings.Count > 0 ? problem.Detail : Sentence(problem);

    /// <summary>Does what a form asks for and goes back to its page, or shows that page with what was refused.</summary>
    /// <param name="doing">What is done; null for a form that there is not.</param>
    /// <param name="back">The page.</param>
    /// <param name="show">The page with a sentence and a status.</param>
    public static async Task<IResult> Act(Func<Task?> doing, string back, Func<string, int, Task<IResult>> show)
    {
        try
        {
            if (doing() is not { } act)
                return TypedResults.NotFound();
            await act;
            return TypedResults.LocalRedirect(back);
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            return await show(Sentence(problem), problem.Status);
        }
    }

    /// <summary>Turns a service's refusal into a page instead of a bare status.</summary>
    public static async ValueTask<object?> Show(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context) is var answer and not NotFound ? answer : Missing();
        }
        catch (ProblemException problem)
        {
            return problem.Status == 404
                ? Trouble(404, Nothing, Sentence(problem))
                : Trouble(problem.Status == 0 ? 502 : problem.Status, "This did not work", Sentence(problem));
        }
    }

    /// <summary>404, as a page.</summary>
    public static IResult Missing() =>
        Trouble(404, Nothing, "There is no such page. Was the address cut off, or has its subject another name?");

    private static RazorComponentResult<TroublePage> Trouble(int status, string title, string sentence) =>
        new(new { Title = title, Sentence = sentence }) { StatusCode = status, PreventStreamingRendering = true };
}
