using JasperFx.Events;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Gates;

// Events and state of a gate policy. These names and shapes are what is stored. The document is kept as it was applied,
// and beside it what was read out of it, so that an old revision never means something new.

/// <param name="For">The services with objectives that it was for at that moment.</param>
public sealed record PolicyChanged(
    string Name,
    GatePolicyTerms Terms,
    string Document,
    string By,
    DateTimeOffset At,
    IReadOnlyList<string>? For = null
);

/// <param name="For">The services with objectives that it had been for.</param>
public sealed record PolicyRetired(string Name, string By, DateTimeOffset At, IReadOnlyList<string>? For = null);

public sealed record GatePolicy
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required string Name { get; init; }
    public required PolicyChanged Newest { get; init; }
    public bool Retired { get; init; }

    /// <summary>Who retired or changed it last, and when.</summary>
    public required string By { get; init; }

    public DateTimeOffset At { get; init; }

    public static GatePolicy Create(PolicyChanged e) =>
        new()
        {
            Name = e.Name,
            Newest = e,
            By = e.By,
            At = e.At,
        };

    public GatePolicy Apply(PolicyChanged e) => this with { Newest = e, Retired = false, By = e.By, At = e.At };

    public GatePolicy Apply(PolicyRetired e) => this with { Retired = true, By = e.By, At = e.At };

    public static Guid IdOf(string name) => Kernel.StableId.From("gate-policy", name);

    public Policy Policy() => new(Name, Version, Newest.Terms);

    public GatePolicyView View() => new(Name, Version, Retired, Newest.Terms, Newest.Document, By, At);
}
