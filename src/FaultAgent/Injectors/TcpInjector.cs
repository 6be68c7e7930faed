using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Injectors;

/// <summary>Breaks the connections of a proxied edge. The deadline is in the data path, so that no timer has to fire.</summary>
public sealed class TcpInjector(Proxies proxies) : IInjector
{
    private static readonly Dictionary<string, string> Latency = new()
    {
        ["latency"] = "milliseconds that each piece of data is late",
        ["jitter"] = "milliseconds more or less",
    };

    private static readonly IReadOnlyList<FaultTypeView> Faults =
    [
        Type("latency", Latency),
        Type("timeout", One("timeout", "milliseconds until the connection ends; 0: never")),
        Type("reset_peer", One("timeout", "milliseconds until the reset")),
        Type("bandwidth", One("rate", "kilobytes per second")),
        Type("limit_data", One("bytes", "bytes until the connection ends")),
        Type(
            "slicer",
            new()
            {
                ["average_size"] = "bytes of a piece",
                ["size_variation"] = "bytes more or less",
                ["delay"] = "microseconds between pieces",
            }
        ),
        Type("slow_close", One("delay", "milliseconds that the end is late")),
    ];

    public InjectorView View =>
        new(PlaceLease.Tcp, "none: it stands in between", Faults, [.. proxies.All.Select(edge => edge.Name)]);

    public Refusal? Refuses(PlaceLease asked)
    {
        var (shape, error) = ToxicShape.Parse(asked.Toxic.Type, asked.Toxic.Attributes);
        if (shape is null)
            return Lease.Invalid(error!);
        if (!ToxicShape.IsStream(asked.Toxic.Stream))
            return Lease.Invalid("toxic.stream is neither downstream nor upstream.");
        return proxies.Find(asked.Proxy) is null
            ? new(
                404,
                "proxy-unknown",
                $"There is no proxied edge {asked.Proxy}. Known: {string.Join(", ", proxies.All.Select(edge => edge.Name))}."
            )
            : null;
    }

    public IFault Make(Guid lease, PlaceLease asked) =>
        new Fault(
            proxies.Find(asked.Proxy)!,
            proxies.Make(
                $"lease-{lease}",
                asked.Toxic,
                ToxicShape.Parse(asked.Toxic.Type, asked.Toxic.Attributes).Shape!,
                lease
            )
        );

    /// <summary>The edges of an agent before this one went with it.</summary>
    public Task Recover(CancellationToken stop) => Task.CompletedTask;

    private static FaultTypeView Type(string name, Dictionary<string, string> attributes) =>
        new(name, FaultReach.ExistingAndNew, FaultPersistence.SelfExpiring, attributes);

    private static Dictionary<string, string> One(string name, string meaning) => new() { [name] = meaning };

    private sealed class Fault(EdgeProxy edge, Toxic toxic) : IFault
    {
        public FaultEffect Effect => toxic.Effect;

        public Task Lost => Effects.NeverLost;

        public Task Arm(TimeSpan deadline) => Task.CompletedTask;

        public Task Inject(TimeSpan deadline)
        {
            toxic.LiveUntil(deadline);
            edge.Add(toxic);
            return Task.CompletedTask;
        }

        public Task Renew(TimeSpan deadline)
        {
            toxic.LiveUntil(deadline);
            return Task.CompletedTask;
        }

        public Task Probe() => Task.CompletedTask;

        public Task Revert()
        {
            edge.Remove(toxic);
            return Task.CompletedTask;
        }
    }
}
