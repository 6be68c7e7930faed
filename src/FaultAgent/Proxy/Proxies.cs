using System.Collections.Concurrent;
using System.Net;
using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Proxy;

/// <summary>All edges by name, and the one place where toxics are made.</summary>
public sealed class Proxies(AgentClock clock, Chance chance, ILogger<EdgeProxy> log)
{
    private readonly ConcurrentDictionary<string, EdgeProxy> edges = [];
    private long toxics;

    public IEnumerable<EdgeProxy> All => edges.Values.OrderBy(edge => edge.Name, StringComparer.Ordinal);

    public EdgeProxy? Find(string name) => edges.GetValueOrDefault(name);

    /// <summary>Adds an edge, not yet started; nothing when the name is taken.</summary>
    public EdgeProxy? Add(string name, EndPoint listen, EndPoint upstream)
    {
        var edge = new EdgeProxy(name, listen, upstream, clock, chance, log);
        return edges.TryAdd(name, edge) ? edge : null;
    }

    public void Remove(EdgeProxy edge)
    {
        edges.TryRemove(new(edge.Name, edge));
        edge.Stop();
        foreach (var toxic in edge.Toxics)
            edge.Remove(toxic);
    }

    public Toxic Make(string name, FaultSpec spec, ToxicShape shape, Guid? lease = null) =>
        new(Interlocked.Increment(ref toxics), name, spec, shape, clock) { Lease = lease };
}
