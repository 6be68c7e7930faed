using System.Text.Json.Serialization;

namespace Steady.Contracts.Budgets;

/// <summary>What there is to say about an OpenSLO document.</summary>
/// <param name="Verdict"><c>valid</c>, <c>invalid</c> or <c>decode-error</c>; of several objects the worst.</param>
/// <param name="Findings">What is wrong, at its place.</param>
/// <param name="Repairs">What a lenient reader put right, and by which rule.</param>
/// <param name="Refusals">Why a valid document would still not be taken as an objective; only the service tells.</param>
public sealed record LintAnswer(
    string Verdict,
    IReadOnlyList<LintFinding> Findings,
    IReadOnlyList<LintRepair> Repairs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<LintFinding>? Refusals = null
);

/// <summary>What is wrong at one place of a document.</summary>
/// <param name="Path">The place, for example <c>spec.objectives[0].target</c>; after <c>objects[1].</c> when there are several objects.</param>
/// <param name="Rule">The rule's stable name, for example <c>string_dns_label</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Accepted">What would be accepted.</param>
public sealed record LintFinding(string Path, string Rule, string Message, string Accepted);

/// <summary>What was put right at one place of a document.</summary>
/// <param name="Path">The place.</param>
/// <param name="Rule">The repair's stable name, for example <c>name_normalised</c>.</param>
/// <param name="Message">What was there, and what is read instead.</param>
public sealed record LintRepair(string Path, string Rule, string Message);

/// <summary>What became of the objectives of a text.</summary>
/// <param name="Items">One for each, in the order of the text.</param>
/// <param name="Repairs">What a lenient reader put right.</param>
public sealed record AppliedObjectives(IReadOnlyList<AppliedObjective> Items, IReadOnlyList<LintRepair> Repairs);

/// <summary>What became of one objective.</summary>
/// <param name="Outcome"><c>created</c>, <c>revised</c> or <c>unchanged</c>.</param>
/// <param name="Objective">The objective as it is now.</param>
public sealed record AppliedObjective(string Outcome, ObjectiveView Objective);

/// <summary>What an objective said from a moment on.</summary>
/// <param name="Revision">1 for what it was defined with.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Service">Its service.</param>
/// <param name="Sli">Its indicator.</param>
/// <param name="Terms">All that its budget was computed from.</param>
/// <param name="From">When it began to hold.</param>
/// <param name="Until">When it ended to hold; null while it does.</param>
/// <param name="By">Who said so.</param>
/// <param name="Figures">How its budget stood when it ended, as it was known then, or stands now; null without counts.</param>
/// <param name="Recounted">
/// What the same moment comes to by what is known today, when that differs: late counts, adjustments. Null when it does not.
/// </param>
public sealed record ObjectiveRevision(
    int Revision,
    string DisplayName,
    string Service,
    string Sli,
    ObjectiveTerms Terms,
    DateTimeOffset From,
    DateTimeOffset? Until,
    string By,
    RevisionFigures? Figures = null,
    RevisionFigures? Recounted = null
);

/// <summary>Figures of a budget's first window under the terms of one revision.</summary>
/// <param name="Good">Good, in the unit of the method.</param>
/// <param name="Bad">Bad, in the unit of the method.</param>
/// <param name="Unit">What they are numbers of.</param>
/// <param name="Remaining">Share of the budget left, rounded for reading; null without events.</param>
/// <param name="AsOf">The moment the figures are for.</param>
public sealed record RevisionFigures(long Good, long Bad, CountUnit Unit, decimal? Remaining, DateTimeOffset AsOf);
