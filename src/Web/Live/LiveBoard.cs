using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Channels;

namespace Steady.Web.Live;

/// <summary>One thing that a browser is told.</summary>
/// <param name="Id">What it comes back with as <c>Last-Event-ID</c>; null for what need not be caught up on.</param>
/// <param name="Kind"><c>event</c>, <c>state</c>, <c>reload</c> or <c>beat</c>.</param>
/// <param name="Type">The announced event's name, for example <c>incidents.incident-declared</c>.</param>
/// <param name="Lost">Services whose feed is not heard at the moment.</param>
public sealed record LiveItem(string? Id, string Kind, string? Type, IReadOnlyList<string> Lost);

/// <summary>
/// Everything that was announced lately, for every browser that listens. Ids belong to this life of the process: whoever
/// comes back with one of another life, or after too long, is told to read its page anew.
/// </summary>
public sealed class LiveBoard(string life, IEnumerable<string> services)
{
    public const int Kept = 500;
    private const int Room = 100;

    private readonly Lock gate = new();
    private readonly Queue<(long Number, LiveItem Item)> kept = new();
    private readonly Queue<(long After, LiveItem Item, IReadOnlyCollection<string> SeenBy)> secrets = new();
    private readonly Dictionary<Channel<LiveItem>, Func<IReadOnlyCollection<string>, bool>> seats = [];
    private ImmutableSortedSet<string> lost = [.. services];
    private long last;

    /// <summary>Whether any browser listens.</summary>
    public bool IsWatched
    {
        get
        {
            lock (gate)
                return seats.Count > 0;
        }
    }

    /// <summary>Tells all; answers how many browsers that were.</summary>
    public int Announce(string type)
    {
        lock (gate)
        {
            var item = new LiveItem(Id(++last), "event", type, lost);
            kept.Enqueue((last, item));
            if (kept.Count > Kept)
                kept.Dequeue();
            return Tell(item);
        }
    }

    /// <summary>
    /// Tells those who may know; answers how many browsers that were. It has no number: to everybody else a number that is missing would
    /// tell that something happened.
    /// </summary>
    public int Announce(string type, IReadOnlyCollection<string> seenBy)
    {
        lock (gate)
        {
            var item = new LiveItem(null, "event", type, lost);
            secrets.Enqueue((last, item, seenBy));
            if (secrets.Count > Kept)
                secrets.Dequeue();
            return Tell(item, seenBy);
        }
    }

    /// <summary>Says that a service's feed is heard, or is not.</summary>
    public void Hear(string service, bool heard)
    {
        lock (gate)
        {
            var now = heard ? lost.Remove(service) : lost.Add(service);
            if (ReferenceEquals(now, lost))
                return;
            lost = now;
            Tell(new LiveItem(null, "state", null, lost));
        }
    }

    /// <summary>So that a silent connection is known to be alive.</summary>
    public void Beat()
    {
        lock (gate)
            Tell(new LiveItem(null, "beat", null, lost));
    }

    /// <param name="lastSeen">The id of what the browser was told last.</param>
    /// <param name="isOneOf">Whether who sits there is one of those who may know of something, or may know everything.</param>
    public Seat Sit(string? lastSeen, Func<IReadOnlyCollection<string>, bool> isOneOf)
    {
        lock (gate)
        {
            var channel = Channel.CreateBounded<LiveItem>(Room + 2 * Kept);
            foreach (var item in Missed(lastSeen, isOneOf))
                channel.Writer.TryWrite(item);
            seats.Add(channel, isOneOf);
            return new Seat(channel.Reader, () => Leave(channel));
        }
    }

    private IEnumerable<LiveItem> Missed(string? lastSeen, Func<IReadOnlyCollection<string>, bool> isOneOf)
    {
        yield return new LiveItem(Id(last), "state", null, lost);
        if (string.IsNullOrEmpty(lastSeen))
            yield break;
        // What has no number may be told twice: a page is read anew once more.
        foreach (var (after, item, seenBy) in secrets.Where(one => one.After >= Number(lastSeen)))
        {
            if (isOneOf(seenBy))
                yield return item;
        }

        if (lastSeen == Id(last))
            yield break;
        var first = kept.Count == 0 ? last + 1 : kept.Peek().Number;
        if (Number(lastSeen) is { } seen && seen >= first - 1 && seen <= last)
        {
            foreach (var (_, item) in kept.Where(k => k.Number > seen))
                yield return item;
        }
        else
        {
            yield return new LiveItem(Id(last), "reload", null, lost);
        }
    }

    // A reader that does not keep up is cut off; it comes back by itself and says what it saw last.
    private int Tell(LiveItem item, IReadOnlyCollection<string>? seenBy = null)
    {
        var told = 0;
        foreach (var (seat, isOneOf) in seats.ToList())
        {
            if (seenBy is not null && !isOneOf(seenBy))
                continue;
            if (seat.Writer.TryWrite(item))
                told++;
            else
                Leave(seat);
        }

        return told;
    }

    private void Leave(Channel<LiveItem> seat)
    {
        lock (gate)
            seats.Remove(seat);
        seat.Writer.TryComplete();
    }

    private string Id(long number) => string.Create(CultureInfo.InvariantCulture, $"{life}-{number}");

    private long? Number(string id) =>
        id.StartsWith($"{life}-", StringComparison.Ordinal)
        && long.TryParse(id.AsSpan(life.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>One browser's place at the board.</summary>
public sealed class Seat(ChannelReader<LiveItem> items, Action leave) : IDisposable
{
    public ChannelReader<LiveItem> Items => items;

    public void Dispose() => leave();
}
