using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>The lanes of a timeline's picture, and which of its entries are turning points. Pure.</summary>
public static class TimelineLanes
{
    private const int Evidence = 7;

    /// <summary>From top to bottom; the first is the band of severities.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["Impact", "Signals", "Changes", "Game day", "People", "Told", "Budget", "Evidence"];

    private static readonly Dictionary<string, int> ByCategory = new(StringComparer.Ordinal)
    {
        ["declare"] = 0,
        ["severity"] = 0,
        ["status"] = 0,
        ["mitigate"] = 0,
        ["recover"] = 0,
        ["resolve"] = 0,
        ["alert"] = 1,
        ["symptom"] = 1,
        ["detect"] = 1,
        ["page"] = 1,
        ["silence"] = 1,
        ["deploy"] = 2,
        ["flag"] = 2,
        ["config"] = 2,
        ["experiment"] = 3,
        ["role"] = 4,
        ["ack"] = 4,
        ["action"] = 4,
        ["decision"] = 4,
        ["diagnose"] = 4,
        ["hypothesis"] = 4,
        ["note"] = 4,
        ["comms"] = 5,
        ["chat"] = 5,
        ["budget"] = 6,
    };

    private static readonly HashSet<string> Turning = new(StringComparer.Ordinal)
    {
        "deploy",
        "flag",
        "ack",
        "decision",
        "hypothesis",
        "comms",
        "detect",
    };

    private static readonly HashSet<string> TurningKinds = new(StringComparer.Ordinal)
    {
        "burn-alert-opened",
        "budget-exhausted",
        "run-started",
        "run-halted",
        "run-concluded",
        "handover-confirmed",
    };

    public static int Of(TimelineEntry entry) => ByCategory.GetValueOrDefault(entry.Category, Evidence);

    /// <summary>Whether it keeps its sign and its words however many entries lie around it.</summary>
    public static bool IsKey(TimelineEntry entry) =>
        Of(entry) == 0 || Turning.Contains(entry.Category) || TurningKinds.Contains(entry.Kind) || Kinds.Denies(entry);
}
