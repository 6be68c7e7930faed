using Steady.Contracts.Budgets;

namespace Steady.Budgets.Gates;

// Event and state of a gate decision. These names and shapes are what is stored.

public sealed record GateDecided(
    string Service,
    GateAction Action,
    string Ref,
    string Environment,
    decimal? ExpectedSpend,
    GateVerdict Decision,
    IReadOnlyList<string> Reasons,
    decimal? Remaining,
    IReadOnlyList<GateInput> Inputs,
    DateTimeOffset? Watermark,
    DateTimeOffset At,
    string By
)
{
    public GateDecision View(Guid id) =>
        new(
            id,
            Service,
            Action,
            Ref,
            Environment,
            Decision,
            Decision == GateVerdict.Allow,
            Reasons,
            Remaining,
            Inputs,
            Watermark,
            At,
            By,
            ExpectedSpend
        );
}

public sealed record Gate
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required GateDecided Decided { get; init; }
    public required string Service { get; init; }

    /// <summary>Sorts by time, then by id, as text.</summary>
    public required string Order { get; init; }

    public static Gate Create(JasperFx.Events.IEvent<GateDecided> e) =>
        new()
        {
            Decided = e.Data,
            Service = e.Data.Service,
            Order = $"{e.Data.At.UtcTicks:D19}-{e.StreamId}",
        };
}
