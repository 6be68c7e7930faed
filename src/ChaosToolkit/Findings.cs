namespace Steady.ChaosToolkit;

/// <summary>What stands at one place of a document that is refused or worth a word.</summary>
/// <param name="Code">Stable name: <c>E-…</c> refuses the document, <c>W-…</c> does not.</param>
/// <param name="Where">JSON pointer (RFC 6901) of the place; empty for the whole document.</param>
/// <param name="Message">What is wrong and what would be accepted.</param>
public sealed record Finding(string Code, string Where, string Message)
{
    /// <summary>Whether the document cannot be accepted because of it.</summary>
    public bool Refuses => Code.StartsWith("E-", StringComparison.Ordinal);
}

/// <summary>Collects what is found, so that a document is told all of it at once.</summary>
internal sealed class Findings
{
    // More of them help nobody.
    private const int Most = 500;

    private readonly List<Finding> all = [];
    private readonly HashSet<Finding> known = [];
    private int refusals;

    public IReadOnlyList<Finding> All => all;

    public void Add(Place place, string code, string message)
    {
        var finding = new Finding(code, place.Pointer, message);
        // Warnings leave room for refusals, whatever comes first.
        if ((finding.Refuses ? refusals : all.Count - refusals) >= Most || !known.Add(finding))
            return;
        all.Add(finding);
        refusals += finding.Refuses ? 1 : 0;
    }
}

/// <summary>The names of what can be found.</summary>
public static class Codes
{
    public const string Syntax = "E-SYNTAX";
    public const string TooLarge = "E-TOO-LARGE";
    public const string TooDeep = "E-TOO-DEEP";
    public const string TooMany = "E-TOO-MANY";
    public const string DuplicateKey = "E-DUPLICATE-KEY";
    public const string Shape = "E-SHAPE";
    public const string LegacyFormat = "E-LEGACY-FORMAT";
    public const string NoTitle = "E-NO-TITLE";
    public const string NoDescription = "E-NO-DESCRIPTION";
    public const string NoMethod = "E-NO-METHOD";
    public const string PythonModule = "E-PY-MODULE";
    public const string Shell = "E-SHELL";
    public const string ProcessPath = "E-PROCESS-PATH";
    public const string RefMissing = "E-REF-MISSING";
    public const string ToleranceFloat = "E-TOL-FLOAT";
    public const string ToleranceType = "E-TOL-TYPE";
    public const string RegexNoTarget = "E-REGEX-NO-TARGET";
    public const string Regex = "E-REGEX";
    public const string RegexUnsafe = "E-REGEX-UNSAFE";
    public const string JsonPath = "E-JSONPATH";
    public const string ControlsShape = "E-CONTROLS-SHAPE";
    public const string Vault = "E-VAULT";
    public const string EnvMissing = "E-ENV-MISSING";
    public const string NeverRollback = "E-NEVER-ROLLBACK";
    public const string Target = "E-TARGET-OUTSIDE-BLAST-RADIUS";
    public const string Url = "E-URL";
    public const string NoRollback = "W-NO-ROLLBACK";
    public const string NoHypothesis = "W-NO-HYPOTHESIS";
    public const string DictArguments = "W-DICT-ARGS";
    public const string ControlIgnored = "W-CONTROL-IGNORED";
    public const string ExpectedStatusIgnored = "W-EXPECTED-STATUS-IGNORED";
    public const string PairIsMembership = "W-PAIR-IS-MEMBERSHIP";
    public const string BackgroundUnbounded = "W-BACKGROUND-UNBOUNDED";
    public const string InlineSecret = "W-INLINE-SECRET";
}
