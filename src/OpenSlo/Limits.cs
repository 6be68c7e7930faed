namespace Steady.OpenSlo;

/// <summary>How much a text may ask of the reader. What is larger is refused before it costs anything.</summary>
public static class Limits
{
    /// <summary>Characters of a text.</summary>
    public const int Characters = 1_048_576;

    /// <summary>How deep lists and objects may stand in each other.</summary>
    public const int Depth = 40;

    /// <summary>Objects of a text.</summary>
    public const int Objects = 1_000;

    /// <summary>Values of a text, every use of an alias counted, so that aliases of aliases stay small.</summary>
    public const int Values = 100_000;

    /// <summary>Findings that are told; more of them help nobody.</summary>
    public const int Findings = 500;
}
