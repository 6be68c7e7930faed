using System.Buffers.Binary;
using System.Text;

namespace Steady.Budgets.Intake;

/// <summary>One of equal senders.</summary>
public sealed record Twin(string Cluster, string Replica);

/// <summary>
/// Equal Prometheus servers that read the same targets, told apart by <c>cluster</c> and <c>__replica__</c>: one of them
/// leads, what the others send is a repetition. When the leader was silent for 30 s, the next to come leads.
/// </summary>
public sealed class Twins
{
    // No indicator has this name.
    public const string Prefix = "*/";
    public const string ReplicaLabel = "__replica__";
    private const int MostClusters = 1000;
    private const long Silence = 30L * 1_000_000_000;
    private readonly Dictionary<string, Lead> leads = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    public bool Leads(string cluster, string replica, long now)
    {
        if (!leads.TryGetValue(cluster, out var lead))
        {
            if (leads.Count >= MostClusters)
                return false;
            leads.Add(cluster, lead = new Lead());
        }

        if (lead.Replica != replica)
        {
            if (lead.Replica is not null && now - lead.HeardAt < Silence)
                return false;
            lead.Replica = replica;
            changed.Add(cluster);
        }

        lead.HeardAt = Math.Max(lead.HeardAt, now);
        // Stored now and then: after a start the leader need not be exact, only not long gone.
        if (lead.HeardAt - lead.StoredAt > Silence / 3)
            changed.Add(cluster);
        return true;
    }

    public void Load(string key, byte[] state)
    {
        var heard = BinaryPrimitives.ReadInt64LittleEndian(state);
        leads[key[Prefix.Length..]] = new Lead
        {
            Replica = Encoding.UTF8.GetString(state.AsSpan(8)),
            HeardAt = heard,
            StoredAt = heard,
        };
    }

    public bool HaveChanged => changed.Count > 0;

    /// <summary>What changed since the last flush.</summary>
    public IEnumerable<(string Key, byte[] State)> Changed() => changed.Select(RowOf);

    public IEnumerable<(string Key, byte[] State)> All() => leads.Keys.Select(RowOf);

    public void Flushed()
    {
        foreach (var lead in changed.Select(cluster => leads[cluster]))
            lead.StoredAt = lead.HeardAt;
        changed.Clear();
    }

    private (string Key, byte[] State) RowOf(string cluster)
    {
        var lead = leads[cluster];
        var state = new byte[8 + Encoding.UTF8.GetByteCount(lead.Replica!)];
        BinaryPrimitives.WriteInt64LittleEndian(state, lead.HeardAt);
        Encoding.UTF8.GetBytes(lead.Replica!, state.AsSpan(8));
        return (Prefix + cluster, state);
    }

    private sealed class Lead
    {
        public string? Replica { get; set; }

        public long HeardAt { get; set; }

        public long StoredAt { get; set; }
    }
}
