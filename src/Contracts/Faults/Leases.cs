using System.Text.Json.Serialization;

namespace Steady.Contracts.Faults;

/// <summary>What is done to a proxied connection: one of Toxiproxy's toxics, in Toxiproxy's own words.</summary>
/// <param name="Type">latency, timeout, reset_peer, bandwidth, limit_data, slicer or slow_close.</param>
/// <param name="Stream">downstream (server to client, the default) or upstream (client to server).</param>
/// <param name="Toxicity">The share of connections that are hit, from 0 to 1.</param>
/// <param name="Attributes">
/// The numbers of the type: latency and jitter (ms), timeout (ms), rate (KB/s), bytes, average_size and size_variation
/// (bytes), delay (ms; µs of a slicer).
/// </param>
public sealed record FaultSpec(
    string Type,
    string Stream = FaultSpec.Downstream,
    double Toxicity = 1,
    IReadOnlyDictionary<string, long>? Attributes = null
)
{
    /// <summary>From the server to the client.</summary>
    public const string Downstream = "downstream";

    /// <summary>From the client to the server.</summary>
    public const string Upstream = "upstream";
}

/// <summary>Asks the fault agent to inject a fault and to hold it only as long as somebody keeps renewing.</summary>
/// <param name="Proxy">The name of the proxied edge.</param>
/// <param name="RunId">The run on whose behalf the fault is injected.</param>
/// <param name="Epoch">The controller's generation: a lower one than the highest seen of this run is refused.</param>
/// <param name="Toxic">The fault.</param>
/// <param name="TtlSeconds">How long the fault lives without a renewal: 1 to 60 seconds.</param>
/// <param name="HardStopSeconds">How long it lives at most, whatever is renewed: 1 to 900 seconds.</param>
/// <param name="Injector">Who injects it: tcp, the proxy, when nobody is named. For others Proxy is the name of their target.</param>
/// <param name="Signature">The controller's ES256 signature, as <see cref="LeaseSignature"/> makes it.</param>
public sealed record PlaceLease(
    string Proxy,
    Guid RunId,
    long Epoch,
    FaultSpec Toxic,
    int TtlSeconds = PlaceLease.DefaultTtlSeconds,
    int HardStopSeconds = PlaceLease.LongestHardStopSeconds,
    string Injector = PlaceLease.Tcp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Signature = null
)
{
    /// <summary>The injector that is meant when none is named: the TCP proxy.</summary>
    public const string Tcp = "tcp";

    /// <summary>The lifetime of a fault that nobody renews, when none is asked for.</summary>
    public const int DefaultTtlSeconds = 10;

    /// <summary>The longest lifetime of a fault that nobody renews.</summary>
    public const int LongestTtlSeconds = 60;

    /// <summary>The longest lifetime of a fault that is renewed all the time.</summary>
    public const int LongestHardStopSeconds = 900;
}

/// <summary>Keeps a live fault alive for another while.</summary>
/// <param name="Epoch">The controller's generation; a higher one takes the lease over, a lower one is refused.</param>
/// <param name="TtlSeconds">The new lifetime, counted from now: 1 to 60 seconds, never past the hard stop.</param>
public sealed record RenewLease(long Epoch, int TtlSeconds = PlaceLease.DefaultTtlSeconds);

/// <summary>Where a lease stands.</summary>
public enum LeaseState
{
    /// <summary>The fault is in place.</summary>
    Live,

    /// <summary>Somebody took it back, or the agent was restarted and came up without it.</summary>
    Reverted,

    /// <summary>It was not renewed in time.</summary>
    Expired,

    /// <summary>It reached the longest life it was given.</summary>
    HardStopped,
}

/// <summary>What a fault has done so far: the proof that it took effect.</summary>
/// <param name="Connections">Connections that felt it.</param>
/// <param name="Bytes">Bytes that were delayed, paced, cut or dropped.</param>
/// <param name="ChunksDelayed">Pieces of data that were held back.</param>
/// <param name="ChunksDropped">Pieces of data that never arrived.</param>
/// <param name="Resets">Connections ended with a TCP reset.</param>
/// <param name="Closed">Connections closed in order because of the fault.</param>
public sealed record FaultEffect(
    long Connections,
    long Bytes,
    long ChunksDelayed,
    long ChunksDropped,
    long Resets,
    long Closed
)
{
    /// <summary>Nothing has been touched.</summary>
    public static FaultEffect None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Whether at least one connection felt the fault.</summary>
    [JsonIgnore]
    public bool Seen => Connections > 0;
}

/// <summary>A lease as the fault agent sees it now. Durations, never wall times: clocks of two machines differ.</summary>
/// <param name="LeaseId">The id the caller chose.</param>
/// <param name="RunId">The run it belongs to.</param>
/// <param name="Epoch">The generation of the controller that last placed or renewed it.</param>
/// <param name="Proxy">The proxied edge.</param>
/// <param name="Toxic">The fault.</param>
/// <param name="State">Whether the fault is in place and, if not, why not.</param>
/// <param name="ExpiresInMs">Time left until it expires without a renewal; 0 once it has ended.</param>
/// <param name="HardStopInMs">Time left until it ends whatever is renewed; 0 once it has ended.</param>
/// <param name="Effect">What it has done so far.</param>
public sealed record LeaseView(
    Guid LeaseId,
    Guid RunId,
    long Epoch,
    string Proxy,
    FaultSpec Toxic,
    LeaseState State,
    long ExpiresInMs,
    long HardStopInMs,
    FaultEffect Effect
);

/// <summary>The answer to taking one lease back. Doing it twice, or for a lease never placed, is as good as once.</summary>
/// <param name="LeaseId">The lease.</param>
/// <param name="WasLive">Whether its fault was in place until now.</param>
/// <param name="State">How it ended.</param>
/// <param name="Effect">What the fault had done.</param>
public sealed record LeaseReverted(Guid LeaseId, bool WasLive, LeaseState State, FaultEffect Effect);

/// <summary>The answer to taking back all leases, or all of one run.</summary>
/// <param name="Reverted">The leases whose faults were in place until now.</param>
public sealed record LeasesReverted(IReadOnlyList<Guid> Reverted);
