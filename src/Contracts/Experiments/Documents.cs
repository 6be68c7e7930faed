using System.Text.Json.Serialization;

namespace Steady.Contracts.Experiments;

/// <summary>What a check of an experiment's document found.</summary>
/// <param name="Verdict"><c>accepted</c> or <c>refused</c>.</param>
/// <param name="Findings">What refuses it (<c>E-…</c>), and what is worth a word (<c>W-…</c>).</param>
public sealed record DocumentVerdict(string Verdict, IReadOnlyList<DocumentFinding> Findings);

/// <summary>One thing that was found in a document.</summary>
/// <param name="Code">Stable name; those that begin with <c>E-</c> refuse the document.</param>
/// <param name="Where">JSON pointer of the place, empty for the whole document; <c>pointer</c> in JSON.</param>
/// <param name="Message">What is wrong and what would be accepted.</param>
public sealed record DocumentFinding(string Code, [property: JsonPropertyName("pointer")] string Where, string Message);
