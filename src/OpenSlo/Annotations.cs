namespace Steady.OpenSlo;

/// <summary>What Steady reads beyond OpenSLO, as annotations of an SLO.</summary>
public static class Annotations
{
    public const string Prefix = "steady.dev/";

    /// <summary>A name for people, for v2alpha, which has none.</summary>
    public const string DisplayName = Prefix + "display-name";

    /// <summary>Further windows: <c>7d, 1M from 2026-01-01 00:00:00 Europe/Berlin</c>.</summary>
    public const string Windows = Prefix + "windows";

    /// <summary>What a slice without events counts as: <c>good</c>, <c>bad</c> or <c>excluded</c>.</summary>
    public const string NoData = Prefix + "no-data";

    public const string MinFailures = Prefix + "min-failures";

    public const string MinEvents = Prefix + "min-events";

    public const string TrafficAware = Prefix + "traffic-aware";

    /// <summary>Burn rules: <c>page 1h/5m 14.4; ticket 3d/6h 1</c>.</summary>
    public const string BurnRules = Prefix + "burn-rules";

    /// <summary>Minutes without counts after which a gap is told; 0 for never.</summary>
    public const string GapMinutes = Prefix + "gap-minutes";

    public const string Environment = Prefix + "environment";

    public const string Team = Prefix + "team";

    public static IReadOnlyList<string> All { get; } =
    [DisplayName, Windows, NoData, MinFailures, MinEvents, TrafficAware, BurnRules, GapMinutes, Environment, Team];
}
