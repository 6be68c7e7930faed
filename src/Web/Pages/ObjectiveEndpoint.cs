using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Web.Components;
using Steady.Web.Components.Parts;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>An objective as it is written, OpenSLO, and what the service says of it.</summary>
/// <param name="Name">The objective that is changed; null when a new one is written.</param>
/// <param name="Text">What stands in the field.</param>
/// <param name="Lint">What the service says.</param>
/// <param name="Refusal">Why it was not taken.</param>
/// <param name="Marks">The lines of the text in which something is wrong.</param>
public sealed record ObjectiveModel(
    string? Name,
    string Text,
    Answer<LintAnswer> Lint,
    bool MayWrite,
    string? Refusal = null,
    IReadOnlyList<MarkedLine>? Marks = null
)
{
    /// <summary>What keeps it from being an objective, with where and what would be.</summary>
    public IReadOnlyList<LintFinding> Wrong => Lint.Value is { } lint ? [.. lint.Findings, .. lint.Refusals ?? []] : [];
}

/// <summary>The page on which an objective is written and changed. What is said of it comes from the service, while one types.</summary>
public static class ObjectiveEndpoint
{
    private const string Beginning = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: checkout-availability
          displayName: Checkouts that succeed
        spec:
          service: checkout
          indicator:
            metadata:
              name: checkout-requests
            spec:
              ratioMetric:
                counter: true
                good:
                  metricSource:
                    type: steady
                    spec:
                      counts: good
                total:
                  metricSource:
                    type: steady
                    spec:
                      counts: good + bad
          timeWindow:
            - duration: 30d
              isRolling: true
          budgetingMethod: Occurrences
          objectives:
            - displayName: Succeeds
              target: 0.999
        """;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/objectives", () => TypedResults.LocalRedirect("/budgets"));
        pages.MapGet("/objectives/new", New);
        pages.MapGet("/objectives/{name}", Page);
        pages.MapPost("/fragments/objectives/check", Fragment);
        pages.MapPost("/objectives/{name}/check", Check);
        pages.MapPost("/objectives/{name}/save", Save);
        // Who reloads the answer of a form comes back to the page.
        pages.MapGet("/objectives/{name}/{what}", (string name) => TypedResults.LocalRedirect(Path(name)));
    }

    private static async Task<IResult> New(Apis apis, CancellationToken stop) =>
        Html.Of<ObjectivePage>(await Read(apis, null, Beginning, stop));

    private static async Task<IResult> Page(string name, Apis apis, CancellationToken stop) =>
        Html.Of<ObjectivePage>(await Read(apis, name, await apis.Budgets.Export(name, stop: stop), stop));

    private static async Task<IResult> Fragment(IFormCollection fields, Apis apis, CancellationToken stop) =>
        Html.Of<ObjectivePreview>(await Read(apis, null, Text(fields), stop));

    private static async Task<IResult> Check(string name, IFormCollection fields, Apis apis, CancellationToken stop) =>
        Html.Of<ObjectivePage>(await Read(apis, Named(name), Text(fields), stop));

    private static async Task<IResult> Save(string name, IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var text = Text(fields);
        try
        {
            var applied = await apis.Budgets.ApplyAll(text, stop: stop);
            var only = applied.Items is [{ Objective.Name: var one }] ? one : null;
            return TypedResults.LocalRedirect(only is null ? "/budgets" : $"/budgets/{Uri.EscapeDataString(only)}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var model = await Read(apis, Named(name), text, stop);
            return Html.Of<ObjectivePage>(
                model with
                {
                    Refusal = problem.Findings.Count > 0 ? problem.Detail : Refusals.Sentence(problem),
                    Marks = MarkedLine.Of(text, [.. problem.Findings.Where(finding => finding.Line is not null)]),
                },
                problem.Status
            );
        }
    }

    private static async Task<ObjectiveModel> Read(Apis apis, string? name, string text, CancellationToken stop) =>
        new(name, text, await Answer.Of(apis.Budgets.Lint(text, stop: stop)), apis.May("budgets:write"));

    private static string Text(IFormCollection fields) =>
        FilledEndpoint.Of("text", fields).Fields.GetValueOrDefault("text", "").ReplaceLineEndings("\n");

    private static string? Named(string name) => name == "new" ? null : name;

    private static string Path(string name) => $"/objectives/{Uri.EscapeDataString(name)}";
}
