namespace Steady.OpenSlo;

/// <summary>What a strict importer answers, the worse the later.</summary>
public enum Verdict
{
    Valid,
    Invalid,
    DecodeError,
}

/// <summary>How a document is read.</summary>
public enum Mode
{
    /// <summary>By the rules of the official SDK.</summary>
    Strict,

    /// <summary>What can be put right without a guess is put right, and told.</summary>
    Lenient,
}

/// <summary>How a text is written.</summary>
public enum Format
{
    /// <summary>JSON when it is JSON, else YAML.</summary>
    Auto,
    Yaml,
    Json,
}

/// <summary>One object of a text.</summary>
/// <param name="Path">Where it stands: empty when it is the only one, else <c>objects[1]</c>.</param>
/// <param name="Dialect">Its version; null when that cannot be told.</param>
/// <param name="Kind">Its kind; empty when that cannot be told.</param>
public sealed record Document(string Path, Dialect? Dialect, string Kind, Node Node, Verdict Verdict)
{
    public string Name => Root["metadata"]["name"].Text ?? "";

    public Place Root => new(Path, Node, Dialect?.Shape(Kind));
}

/// <summary>What there is to say about a text.</summary>
/// <param name="Verdict">The worst of its objects.</param>
/// <param name="Documents">Its objects, repaired when they were read leniently.</param>
public sealed record Report(
    Verdict Verdict,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<Repair> Repairs,
    IReadOnlyList<Document> Documents
);
