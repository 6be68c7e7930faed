using Steady.Contracts.Incidents;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>A picture with what it takes to draw it again a while later.</summary>
/// <param name="Telling">The entries that <see cref="TimelineColumns.Until"/> wants.</param>
public sealed record TimelinePicture(TimelineColumns Columns, IReadOnlyList<TimelineEntry> Telling);

/// <summary>
/// Pictures that were drawn lately. Ten thousand entries are five megabytes between two services and half a second of work: a page that is opened
/// again, or by the next tab, does not pay for them twice.
/// </summary>
public sealed class TimelineMemory
{
    private const int MostPictures = 16;
    private readonly Lock turn = new();

    // The one that was asked for last is the last.
    private readonly List<(string Name, string Tag, TimelinePicture Picture)> kept = [];

    /// <param name="name">Whose picture of what.</param>
    /// <param name="tag">What changes whenever the picture does; null where that cannot be said.</param>
    public TimelinePicture? Find(string name, string? tag)
    {
        lock (turn)
            return tag is null ? null : kept.Find(one => one.Name == name && one.Tag == tag).Picture;
    }

    public void Keep(string name, string? tag, TimelinePicture picture)
    {
        if (tag is null)
            return;
        lock (turn)
        {
            kept.RemoveAll(one => one.Name == name);
            kept.Add((name, tag, picture));
            if (kept.Count > MostPictures)
                kept.RemoveAt(0);
        }
    }
}
