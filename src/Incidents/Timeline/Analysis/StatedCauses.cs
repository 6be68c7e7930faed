using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Analysis;

// Events and state of what people say led to an entry. These names and shapes are what is stored.

public sealed record CauseStated(
    Guid Effect,
    Guid Cause,
    Guid? IncidentId,
    IReadOnlyList<string> Services,
    EntryConfidence Confidence,
    string Why,
    string By,
    DateTimeOffset At
);

public sealed record CauseWithdrawn(
    Guid Effect,
    Guid Cause,
    Guid? IncidentId,
    IReadOnlyList<string> Services,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>What people say led to one entry.</summary>
public sealed record StatedCauses
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public Guid Effect { get; init; }
    public IReadOnlyList<CauseStated> Causes { get; init; } = [];

    public static Guid IdOf(Guid effect) => StableId.From("stated-causes", $"{effect:N}");

    public static StatedCauses Create(CauseStated e) => new() { Effect = e.Effect, Causes = [e] };

    public StatedCauses Apply(CauseStated e) =>
        this with
        {
            Causes = [.. Causes.Where(one => one.Cause != e.Cause), e],
        };

    public StatedCauses Apply(CauseWithdrawn e) =>
        this with
        {
            Causes = [.. Causes.Where(one => one.Cause != e.Cause)],
        };

    public IEnumerable<CausalEdge> Edges() =>
        Causes.Select(one => new CausalEdge(
            one.Cause,
            one.Effect,
            CausalKind.Person,
            CausalEdges.Strength(one.Confidence),
            $"{one.By} says so: {one.Why}"
        ));
}

/// <summary>Saying what led to what. Pure.</summary>
public static class StatingCauses
{
    public static readonly Refusal Unknown = new(
        "cause-unknown",
        "Nobody says that this led to the entry, or it was taken back. GET …/causes lists what is said."
    );

    public static Decision State(
        StatedCauses? before,
        TimelineEntry effect,
        StateCause command,
        Actor by,
        DateTimeOffset now
    )
    {
        if (command.Cause == effect.Id)
            return new Refusal("cause-of-itself", "Nothing causes itself. Give the entry that led to this one.");
        if (
            before?.Causes.FirstOrDefault(one => one.Cause == command.Cause) is { } stands
            && (stands.Confidence, stands.Why, stands.By) == (command.Confidence, command.Why, by.Name)
        )
            return [];
        return
        [
            new CauseStated(
                effect.Id,
                command.Cause,
                effect.IncidentId,
                effect.Services,
                command.Confidence,
                command.Why,
                by.Name,
                now
            ),
        ];
    }

    public static Decision Withdraw(
        StatedCauses before,
        TimelineEntry effect,
        WithdrawCause command,
        Actor by,
        DateTimeOffset now
    ) =>
        before.Causes.All(one => one.Cause != command.Cause)
            ? Unknown
            :
            [
                new CauseWithdrawn(
                    effect.Id,
                    command.Cause,
                    effect.IncidentId,
                    effect.Services,
                    command.Reason,
                    by.Name,
                    now
                ),
            ];
}
