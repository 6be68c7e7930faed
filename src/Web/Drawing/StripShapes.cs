using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>A stretch of one severity. Not yet declared: nobody knew. Calm: mitigated, users no longer suffer.</summary>
public sealed record Band(double X, double Width, Severity Severity, BandKind Kind, string Title);

public enum BandKind
{
    Unseen,
    Suffering,
    Calm,
}

/// <summary>Something that lasted: an alert, a fault in place. <paramref name="Height"/> is a share of the lane.</summary>
public sealed record Bar(double X, double Width, double Height, string Tone, string? Label, string Title);

/// <summary>One or more moments that lie too close to be told apart.</summary>
public sealed record Mark(double X, string Tone, int Count, string Label, string Title);

public sealed record MarkLabel(double X, bool Before, string Text);

public sealed record Lane(
    string Name,
    string Source,
    IReadOnlyList<Bar> Bars,
    IReadOnlyList<Mark> Marks,
    IReadOnlyList<MarkLabel?> Labels
);

/// <summary>An incident as one picture: how bad it was above, who did what when below, on one axis of time.</summary>
public sealed record Strip(TimeAxis Axis, IReadOnlyList<Band> Severity, IReadOnlyList<Lane> Lanes, double? End)
{
    public const double Width = 1160;
    public const double Gutter = 92;
    public const double RightEdge = Width - 14;
    public const double BandTop = 30;
    public const double BandFoot = 80;
    public const double LaneHeight = 40;

    public double Height => BandFoot + 10 + Lanes.Count * LaneHeight + 6;

    public static double Top(int lane) => BandFoot + 10 + lane * LaneHeight;

    /// <summary>Worse is higher.</summary>
    public static double HeightOf(Severity severity) => 44 - 10 * (int)severity;
}
