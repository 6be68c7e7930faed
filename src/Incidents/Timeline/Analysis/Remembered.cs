namespace Steady.Incidents.Timeline.Analysis;

/// <summary>Something that was made of a timeline.</summary>
/// <param name="Through">The place in the store up to which everything that was written is counted in it.</param>
/// <param name="Revision">The place up to which it was when it was made: the same until it is made anew.</param>
/// <param name="Made">What was made.</param>
public sealed record Recalled<T>(long Through, long Revision, T Made);

/// <summary>What was made of timelines that were looked at lately.</summary>
/// <param name="size">How many things one of them keeps in memory.</param>
public sealed class Remembered<T>(Func<T, int> size)
{
    private const int MostStories = 16;
    private const int MostThings = 100_000;
    private readonly Lock turn = new();

    // The one that was asked for last is the last.
    private readonly List<(string Name, Recalled<T> Kept)> all = [];

    public Recalled<T>? Find(string name)
    {
        lock (turn)
            return all.Find(one => one.Name == name).Kept;
    }

    public void Keep(string name, Recalled<T> kept)
    {
        lock (turn)
        {
            all.RemoveAll(one => one.Name == name);
            all.Add((name, kept));
            while (all.Count > MostStories || (all.Count > 1 && all.Sum(one => size(one.Kept.Made)) > MostThings))
                all.RemoveAt(0);
        }
    }
}
