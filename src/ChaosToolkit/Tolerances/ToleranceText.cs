using Steady.ChaosToolkit.Rules;
using Steady.OpenSlo;

namespace Steady.ChaosToolkit;

/// <summary>A tolerance by itself, as JSON or YAML.</summary>
public static class ToleranceText
{
    /// <summary>The tolerance; null when it is wrong, and then why.</summary>
    public static Tolerance? Read(string text, out IReadOnlyList<Finding> findings)
    {
        var (root, broken) = ChaosToolkitText.Parse(text, Format.Auto);
        var to = new Findings();
        var tolerance = broken is null
            ? new ToleranceRules(to, new Settings()).Read(new Place("", root), provider: null, provided: _ => { })
            : null;
        findings = broken is null ? to.All : [broken];
        return tolerance;
    }
}
