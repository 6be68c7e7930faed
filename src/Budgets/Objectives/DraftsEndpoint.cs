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

    private static IEnumerable<Finding> Check(ObjectiveDraft draft) =>
        TermsCheck.Of(draft.Terms).Select(draft.Places!.Told);
}
