using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Experiments;

/// <summary>What becomes of the caller when what it calls is gone.</summary>
public enum DependencyStrength
{
    /// <summary>The caller cannot do its work.</summary>
    Hard,

    /// <summary>The caller goes on with less: it has a fallback.</summary>
    Soft,
}

/// <summary>A service that has more than one replica; one that is not listed has one.</summary>
/// <param name="Name">The service. 1 to 100 characters.</param>
/// <param name="Replicas">Containers of which one is enough, 1 to 50.</param>
public sealed record ReplicatedService(
    [property: Required, StringLength(100, MinimumLength = 1)] string Name,
    [property: Range(1, 50)] int Replicas
);

/// <summary>One service calls another, as its owners say.</summary>
/// <param name="From">The caller. 1 to 100 characters.</param>
/// <param name="To">What it calls. 1 to 100 characters.</param>
/// <param name="Strength">What the caller is without it.</param>
/// <param name="Proxy">Name of the fault agent's edge between the two; <c>from-to</c> when absent.</param>
public sealed record DeclaredEdge(
    [property: Required, StringLength(100, MinimumLength = 1)] string From,
    [property: Required, StringLength(100, MinimumLength = 1)] string To,
    DependencyStrength Strength = DependencyStrength.Hard,
    [property: StringLength(100, MinimumLength = 1)] string? Proxy = null
);

/// <summary>Something that users do, and what has to work for it.</summary>
/// <param name="Name">Unique in the topology. 1 to 100 characters.</param>
/// <param name="Entry">The service that takes the request.</param>
/// <param name="Needs">Services that must answer; when absent, the entry and all that it calls hard, and so on.</param>
/// <param name="Weight">Its share of the traffic, above 0 and at most 1,000,000; only the ratio to the others counts.</param>
public sealed record Operation(
    [property: Required, StringLength(100, MinimumLength = 1)] string Name,
    [property: Required, StringLength(100, MinimumLength = 1)] string Entry,
    [property: MinLength(1), MaxLength(200)] IReadOnlyList<string>? Needs = null,
    [property: Range(0.000001, 1_000_000.0)] decimal Weight = 1
);

/// <summary>Who depends on whom in one environment, as its owners declare it.</summary>
/// <param name="Edges">Who calls whom; at most 2,000.</param>
/// <param name="Operations">What users do; at most 200.</param>
/// <param name="Services">Services with more than one replica; at most 500.</param>
/// <param name="Reason">Why it is declared so, for whoever reads it later. At most 1,000 characters.</param>
public sealed record TopologyDeclaration(
    [property: Required, MaxLength(2000)] IReadOnlyList<DeclaredEdge> Edges,
    [property: MaxLength(200)] IReadOnlyList<Operation>? Operations = null,
    [property: MaxLength(500)] IReadOnlyList<ReplicatedService>? Services = null,
    [property: StringLength(1000)]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        string? Reason = null
);

/// <summary>One call relation that was seen in traces: the shape of Jaeger's <c>/api/dependencies</c>.</summary>
/// <param name="Parent">The caller.</param>
/// <param name="Child">What it called.</param>
/// <param name="CallCount">How often it was seen.</param>
public sealed record TracedEdge(
    [property: Required, StringLength(100, MinimumLength = 1)] string Parent,
    [property: Required, StringLength(100, MinimumLength = 1)] string Child,
    [property: Range(0, long.MaxValue)] long CallCount
);

/// <summary>What traces have shown: the answer of Jaeger's <c>/api/dependencies</c>, its other members ignored.</summary>
/// <param name="Data">The call relations; at most 5,000.</param>
public sealed record TracedTopology([property: Required, MaxLength(5000)] IReadOnlyList<TracedEdge> Data);

/// <summary>What is known of an edge.</summary>
public enum EdgeKnowledge
{
    /// <summary>Declared, and seen in traces.</summary>
    Both,

    /// <summary>Declared, and not seen in the traces that were given: dead, or not traced.</summary>
    DeclaredOnly,

    /// <summary>Seen in traces, and not declared: a shadow dependency. Taken as hard.</summary>
    TracedOnly,
}

/// <summary>One edge of a topology, from both sources.</summary>
/// <param name="From">The caller.</param>
/// <param name="To">What it calls.</param>
/// <param name="Strength">What the caller is without it.</param>
/// <param name="Knowledge">Who knows of it.</param>
/// <param name="Calls">How often traces saw it; null when they did not.</param>
/// <param name="Proxy">The fault agent's edge between the two.</param>
/// <param name="FromCatalog">Whether the catalog declares it, and not the environment itself.</param>
/// <param name="Fallback">How the caller goes on without it; what the catalog says, null when it does not.</param>
public sealed record TopologyEdge(
    string From,
    string To,
    DependencyStrength Strength,
    EdgeKnowledge Knowledge,
    long? Calls,
    string Proxy,
    bool FromCatalog = false,
    string? Fallback = null
);

/// <summary>Who depends on whom in one environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Services">Every service and its replicas, by name.</param>
/// <param name="Edges">Every edge, by caller and callee.</param>
/// <param name="Operations">What users do.</param>
/// <param name="Findings">What stands out, each as a sentence: shadow dependencies, edges that no trace shows, cycles.</param>
/// <param name="Declared">Who declared it as it is; null where nobody did, or before that was kept.</param>
public sealed record TopologyView(
    string Environment,
    long Version,
    IReadOnlyList<ReplicatedService> Services,
    IReadOnlyList<TopologyEdge> Edges,
    IReadOnlyList<Operation> Operations,
    IReadOnlyList<string> Findings,
    TopologyDeclaredBy? Declared = null
);

/// <summary>Who declared a topology as it is.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why; null where nobody said.</param>
public sealed record TopologyDeclaredBy(string By, DateTimeOffset At, string? Reason);
