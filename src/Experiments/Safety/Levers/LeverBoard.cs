using System.Collections.Concurrent;

namespace Steady.Experiments.Safety.Levers;

/// <summary>
/// Which environments are stopped, in memory, where every gate, every guard and every step of a run looks before it does
/// anything. A mark closes all of them at once; what is stored follows. Until what is stored has been read, every
/// environment counts as stopped.
/// </summary>
public sealed class LeverBoard
{
    private const string NotRead = "The safety levers have not been read yet.";
    private readonly ConcurrentDictionary<string, string> marks = new();
    private volatile bool read;

    /// <summary>Why nothing may run there; null when it may.</summary>
    public string? Closed(string environment) =>
        !read ? NotRead
        : marks.TryGetValue(environment, out var reason) ? $"The safety lever of {environment} is engaged: {reason}"
        : null;

    public void Mark(string environment, string reason) => marks.TryAdd(environment, reason);

    public void Clear(string environment) => marks.TryRemove(environment, out _);

    /// <summary>What is stored is known from now on.</summary>
    public void Read(IEnumerable<Lever> levers)
    {
        foreach (var lever in levers.Where(lever => lever.Engaged))
            Mark(lever.Environment, lever.Reason);
        read = true;
    }
}
