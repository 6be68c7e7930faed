namespace Steady.Contracts.Budgets;

/// <summary>What there is to say about an OpenSLO document.</summary>
/// <param name="Verdict"><c>valid</c>, <c>invalid</c> or <c>decode-error</c>; of several objects the worst.</param>
/// <param name="Findings">What is wrong, at its place.</param>
/// <param name="Repairs">What a lenient reader put right, and by which rule.</param>
public sealed record LintAnswer(string Verdict, IReadOnlyList<LintFinding> Findings, IReadOnlyList<LintRepair> Repairs);

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
