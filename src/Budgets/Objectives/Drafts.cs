using System.Text.Json.Serialization;
using Steady.Contracts.Budgets;
using Steady.OpenSlo;
using Finding = Steady.Contracts.Budgets.Finding;

namespace Steady.Budgets.Objectives;

/// <summary>An objective as a document asks for it, all checked.</summary>
/// <param name="Document">The v1 document of this objective alone, with all it refers to, as JSON on one line.</param>
public sealed record ObjectiveDraft(
    string Name,
    string DisplayName,
    string Service,
    string Sli,
    ObjectiveTerms Terms,
    string? Environment,
    string? Team,
    string Document
)
{
    /// <summary>Where it stands in its text; null for what was stored.</summary>
    [JsonIgnore]
    public DraftPlaces? Places { get; init; }
}

/// <summary>What a text asks for, or everything that stands in its way.</summary>
public sealed record Drafts(
    IReadOnlyList<ObjectiveDraft> Objectives,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<LintRepair> Repairs
)
{
    /// <summary>Reads a text whole: every SLO in it with all that it refers to.</summary>
    public static Drafts Read(string text, Mode mode, Format format)
    {
        var report = OpenSloText.Read(text, mode, format);
        IReadOnlyList<LintRepair> repairs = [.. report.Repairs.Select(r => new LintRepair(r.Path, r.Rule, r.Message))];
        if (report.Verdict is not Verdict.Valid)
            return new([], [.. report.Findings.Select(Refusals.Told)], repairs);

        var to = new Refusals();
        var (singles, findings) = ObjectiveDocuments.Of(report);
        foreach (var finding in findings)
            to.Add(finding);
        var drafts = singles.Select(single => Drafting.Of(to, single)).OfType<ObjectiveDraft>().ToList();
        return new(to.All.Count > 0 ? [] : drafts, to.All, repairs);
    }
}

/// <summary>Collects why a valid document cannot be computed, each at its place.</summary>
internal sealed class Refusals
{
    private readonly List<Finding> all = [];

    public IReadOnlyList<Finding> All => all;

    public static Finding Told(OpenSlo.Finding f) =>
        new(f.Path, f.Message, f.Accepted, f.Line > 0 ? f.Line : null, f.Rule);

    // Several objectives of a document share most of it: what is wrong there is told once.
    public void Add(OpenSlo.Finding finding)
    {
        if (!all.Contains(Told(finding)))
            all.Add(Told(finding));
    }

    public void Add(Place place, string rule, string message, string accepted) =>
        Add(new OpenSlo.Finding(place.Path, rule, message, accepted, place.Node?.Line ?? 0));
}
