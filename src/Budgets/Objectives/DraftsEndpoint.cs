using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.OpenSlo;
using Finding = Steady.Contracts.Budgets.Finding;

namespace Steady.Budgets.Objectives;

/// <summary>Documents as they come over HTTP, and what is said when they are refused.</summary>
internal static class DraftsEndpoint
{
    private const string Sentence = "The document was refused and nothing was stored. Repair what 'findings' lists.";

    /// <summary>What the body asks for, asked also whether budgets can be computed from it.</summary>
    public static async Task<Drafts> Read(HttpRequest request, Mode mode, CancellationToken stop)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(stop);
        return Read(text, mode, request.HasJsonContentType() ? Format.Json : Format.Yaml);
    }

    public static Drafts Read(string text, Mode mode, Format format)
    {
        var drafts = Drafts.Read(text, mode, format);
        var refused = drafts.Objectives.SelectMany(Check).ToList();
        return refused.Count == 0 ? drafts : drafts with { Findings = [.. drafts.Findings, .. refused] };
    }

    public static IResult Refused(Drafts drafts) =>
        Edges.Invalid("openslo-invalid", Sentence, [.. drafts.Findings.OrderBy(finding => finding.Line ?? 0)]);

    private static IEnumerable<Finding> Check(ObjectiveDraft draft)
    {
        var (terms, window) = (draft.Terms, draft.Terms.Windows[0]);
        if (terms.Rules is not null || window.Calendar is not null)
            yield break;
        var pairs = AlertPairs.Of(Window.Parse(window.Duration), BurnRates.MayFail(terms.Target));
        if (!pairs.Any(pair => pair.Severity == BurnSeverity.Page))
            yield return new Finding(
                $"{draft.Path}.target",
                $"With {terms.Target} over {window.Duration} not even a total outage would open a page-level burn alert.",
                "A higher target, or a shorter window.",
                draft.Line > 0 ? draft.Line : null,
                "alert_unreachable"
            );
    }
}
