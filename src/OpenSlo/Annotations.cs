namespace Steady.OpenSlo;

/// <summary>What Steady reads beyond OpenSLO, as annotations of an SLO.</summary>
public static class Annotations
{
    /// <summary>A name for people, for v2alpha, which has none.</summary>
    public const string DisplayName = "steady.dev/display-name";
}
