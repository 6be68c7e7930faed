using Steady.Client;
using Steady.Web.Components;
using Steady.Web.Components.Parts;

namespace Steady.Web.Pages;

/// <summary>An experiment of Chaos Toolkit that is brought here.</summary>
/// <param name="Text">What stands in the field.</param>
/// <param name="Variables">The variables that it asks for, a line each.</param>
/// <param name="Refusal">Why it was not taken.</param>
/// <param name="Findings">What is wrong with it, and where.</param>
public sealed record ImportModel(
    string Text,
    string Variables,
    bool MayDesign,
    string? Refusal = null,
    IReadOnlyList<Client.Finding>? Findings = null
);

/// <summary>The page on which an experiment of Chaos Toolkit is pasted; it becomes a draft, which says what was dropped.</summary>
public static class ImportEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/experiments/import", Page);
        pages.MapPost("/experiments/import", Import);
    }

    private static IResult Page(Apis apis) => Html.Of<ImportPage>(new ImportModel("", "", MayDesign(apis)));

    private static async Task<IResult> Import(IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("import", fields);
        var model = new ImportModel(form.Document, form.Text("variables"), MayDesign(apis));
        if (Variables(model.Variables) is not { } variables)
        {
            const string Sentence = "Each variable is a line of its own, as NAME=value.";
            return Html.Of<ImportPage>(model with { Refusal = Sentence }, StatusCodes.Status400BadRequest);
        }

        try
        {
            var draft = await apis.Experiments.Import(model.Text, environment: variables, stop: stop);
            return TypedResults.LocalRedirect($"/experiments/{Uri.EscapeDataString(draft.Design.Name)}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var refused = model with { Refusal = Refusals.Written(problem), Findings = problem.Findings };
            return Html.Of<ImportPage>(refused, problem.Status);
        }
    }

    private static Dictionary<string, string>? Variables(string lines)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('=', 2) is not [{ Length: > 0 } name, var value])
                return null;
            found[name.Trim()] = value.Trim();
        }

        return found;
    }

    private static bool MayDesign(Apis apis) => apis.May("experiments:design");
}
