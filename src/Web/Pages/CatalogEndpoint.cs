using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <param name="Entries">Everything, by kind and name.</param>
/// <param name="Text">What was pasted and not kept; null before somebody has.</param>
/// <param name="Applied">What it changed, or would; null when it was refused, or nothing was pasted.</param>
/// <param name="Refusal">Why it was not kept.</param>
/// <param name="Marks">The lines of the text, with what is wrong at each.</param>
public sealed record CatalogModel(
    IReadOnlyList<CatalogEntryView> Entries,
    bool MayWrite,
    string? Text = null,
    CatalogApplied? Applied = null,
    string? Refusal = null,
    IReadOnlyList<MarkedLine>? Marks = null,
    Filled? Filled = null
)
{
    public IReadOnlyList<CatalogEntryView> Of(CatalogKind kind) =>
        [.. Entries.Where(entry => entry.Kind == kind).OrderBy(entry => entry.Tier ?? 9).ThenBy(entry => entry.Name)];
}

/// <summary>Which services there are, whose they are, and what they need.</summary>
public static class CatalogEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/catalog", Page);
        pages.MapGet("/fragments/catalog", Fragment);
        pages.MapPost("/catalog/apply", Apply);
        pages.MapPost("/catalog/remove", Remove);
        pages.MapGet("/catalog/remove", () => TypedResults.LocalRedirect("/catalog"));
        pages.MapGet("/catalog/apply", () => TypedResults.LocalRedirect("/catalog"));
    }

    private static async Task<IResult> Page(Apis apis, CancellationToken stop) =>
        Html.Of<CatalogPage>(await Read(apis, stop));

    private static async Task<IResult> Fragment(Apis apis, CancellationToken stop) =>
        Html.Of<CatalogPanel>(await Read(apis, stop));

    // Looked at first: what would change is said, and nothing is kept.
    private static async Task<IResult> Apply(IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("apply", fields);
        var (text, look) = (form.Document, form.Text("look") != "");
        try
        {
            var applied = await apis.Catalog.Apply(text, dryRun: look, stop: stop);
            var model = await Read(apis, stop);
            return Html.Of<CatalogPage>(model with { Applied = applied, Text = look ? text : null });
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var model = await Read(apis, stop);
            return Html.Of<CatalogPage>(
                model with
                {
                    Text = text,
                    Refusal = problem.Findings.Count > 0 ? problem.Detail : Refusals.Sentence(problem),
                    Marks = MarkedLine.Of(text, problem.Findings),
                },
                problem.Status
            );
        }
    }

    private static Task<IResult> Remove(IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("remove", fields);
        return Refusals.Act(
            () =>
                form.Text("entry").Split('/', 2) is [var kind, var name]
                && Enum.TryParse<CatalogKind>(kind, out var one)
                    ? apis.Catalog.Remove(one, name, stop)
                    : null,
            "/catalog",
            async (sentence, status) =>
            {
                var model = await Read(apis, stop);
                return Html.Of<CatalogPage>(model with { Refusal = sentence, Filled = form }, status);
            }
        );
    }

    private static async Task<CatalogModel> Read(Apis apis, CancellationToken stop) =>
        new((await apis.Catalog.List(stop: stop)).Items, apis.May("incidents:write"));
}
