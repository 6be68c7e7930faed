using System.Text.Json.Nodes;
using Steady.Contracts.Budgets;
using Steady.OpenSlo;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Objectives;

public static class LintDocumentEndpoint
{
    private const string Example = "apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: checkout\nspec: {}\n";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/objectives/lint", Handle)
            .RequireScope("budgets:read")
            .AcceptsDocument(Example)
            .Produces<LintAnswer>()
            .WithTags("Objectives")
            .WithSummary("Says what is wrong with OpenSLO documents, and what would be put right; stores nothing.");

    private static async Task<IResult> Handle(HttpRequest request, CancellationToken stop, ReadMode? mode = null)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(stop);
        var format = request.HasJsonContentType() ? Format.Json : Format.Yaml;
        var report = OpenSloText.Read(text, mode?.Mode ?? Mode.Strict, format);
        var refusals =
            report.Verdict is Verdict.Valid
                ? DraftsEndpoint.Read(text, mode?.Mode ?? Mode.Strict, format).Findings
                : [];
        return TypedResults.Ok(
            new LintAnswer(
                report.Verdict switch
                {
                    Verdict.Valid => "valid",
                    Verdict.Invalid => "invalid",
                    _ => "decode-error",
                },
                [.. report.Findings.Select(f => new LintFinding(f.Path, f.Rule, f.Message, f.Accepted))],
                [.. report.Repairs.Select(r => new LintRepair(r.Path, r.Rule, r.Message))],
                [.. refusals.Select(f => new LintFinding(f.Path, f.Rule ?? "", f.Message, f.Accepted))]
            )
        );
    }
}
