using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Analysis;

// Events and state of a contradiction that somebody has ruled on. These names and shapes are what is stored. What the entries
// say is not repeated here: it may have to be taken out of the log.

public sealed record ContradictionRuled(
    Guid IncidentId,
    string Service,
    ContradictionKind Kind,
    IReadOnlyList<Guid> Entries,
    RulingVerdict Verdict,
    Guid? Holds,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>What people made of a contradiction; its id is the contradiction's.</summary>
public sealed record RuledContradiction
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public IReadOnlyList<RulingView> Rulings { get; init; } = [];

    public static RuledContradiction Create(ContradictionRuled e) => new() { Rulings = [ViewOf(e)] };

    public RuledContradiction Apply(ContradictionRuled e) => this with { Rulings = [.. Rulings, ViewOf(e)] };

    public ContradictionView On(ContradictionView found) =>
        found with
        {
            Ruling = Rulings[^1],
            EarlierRulings = Rulings.Count > 1 ? [.. Rulings.SkipLast(1)] : null,
        };

    private static RulingView ViewOf(ContradictionRuled e) => new(e.Verdict, e.Holds, e.Reason, e.By, e.At);
}

/// <summary>Ruling on contradictions. Saying the same again adds nothing; another verdict or reason is a new ruling. Pure.</summary>
public static class Ruling
{
    /// <summary>What is wrong with a ruling, by field.</summary>
    public static IEnumerable<(string Field, string Message)> Check(
        ContradictionView found,
        RuleOnContradiction command
    )
    {
        if (string.IsNullOrWhiteSpace(command.Reason))
            yield return ("reason", "Say how that is known, in 1 to 1,000 characters.");
        if (!Enum.IsDefined(command.Verdict))
            yield return ("verdict", "Give oneHolds, allHold, noneHolds or unclear.");
        var isOne = command.Verdict == RulingVerdict.OneHolds;
        if (isOne && found.Claims.All(claim => claim.Entry != command.Holds))
            yield return (
                "holds",
                $"Give the entry that holds, one of {string.Join(", ", found.Claims.Select(claim => claim.Entry))}."
            );
        if (!isOne && command.Holds is not null)
            yield return ("holds", "Only the verdict oneHolds names an entry. Leave it out.");
    }

    /// <param name="before">What was ruled before; null for nothing.</param>
    /// <param name="incident">The incident whose timeline it is.</param>
    /// <param name="found">The contradiction.</param>
    /// <param name="command">What is held to be true.</param>
    /// <param name="by">Who rules.</param>
    /// <param name="now">When.</param>
    public static Decision Decide(
        RuledContradiction? before,
        IncidentView incident,
        ContradictionView found,
        RuleOnContradiction command,
        Actor by,
        DateTimeOffset now
    )
    {
        if (
            before?.Rulings[^1] is { } last
            && (last.Verdict, last.Holds, last.Reason, last.By)
                == (command.Verdict, command.Holds, command.Reason, by.Name)
        )
            return [];
        return
        [
            new ContradictionRuled(
                incident.Id,
                incident.Service,
                found.Kind,
                [.. found.Claims.Select(claim => claim.Entry)],
                command.Verdict,
                command.Holds,
                command.Reason,
                by.Name,
                now
            ),
        ];
    }
}
