using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.OpenSlo;

namespace Steady.Budgets.Objectives;

// Events and state of an objective. These names and shapes are what is stored.

/// <param name="Terms">Null in events of the first version: occurrences over one rolling <paramref name="Window"/>.</param>
/// <param name="Document">The v1 document of this objective alone, as JSON; null in events of the first version.</param>
public sealed record ObjectiveDefined(
    string Name,
    string DisplayName,
    string Service,
    string Sli,
    decimal Target,
    string Window,
    string By,
    DateTimeOffset At,
    ObjectiveTerms? Terms = null,
    string? Document = null,
    string? Environment = null,
    string? Team = null
);

/// <summary>The objective was given other content; what it was before stays beside it.</summary>
public sealed record ObjectiveRevised(
    string DisplayName,
    string Service,
    string Sli,
    ObjectiveTerms Terms,
    string Document,
    string? Environment,
    string? Team,
    string By,
    DateTimeOffset At
);

public sealed record ObjectiveRetired(string By, DateTimeOffset At);

/// <summary>What an objective said from a moment on.</summary>
public sealed record Revision(
    int Number,
    string DisplayName,
    string Service,
    string Sli,
    ObjectiveTerms Terms,
    string? Document,
    string? Environment,
    string? Team,
    string By,
    DateTimeOffset From
);

public sealed record Objective
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required ObjectiveDefined Defined { get; init; }
    public required string Name { get; init; }

    /// <summary>Later revisions, oldest first; the first one is <see cref="Defined"/>.</summary>
    public IReadOnlyList<Revision> Revised { get; init; } = [];

    public DateTimeOffset? RetiredAt { get; init; }

    public static Objective Create(ObjectiveDefined e) => new() { Defined = e, Name = e.Name };

    public Objective Apply(ObjectiveRevised e) =>
        this with
        {
            Revised =
            [
                .. Revised,
                new(
                    Revised.Count + 2,
                    e.DisplayName,
                    e.Service,
                    e.Sli,
                    e.Terms,
                    e.Document,
                    e.Environment,
                    e.Team,
                    e.By,
                    e.At
                ),
            ],
        };

    public Objective Apply(ObjectiveRetired e) => this with { RetiredAt = e.At };

    public static Guid IdOf(string name) => Kernel.StableId.From("objective", name);

    /// <summary>All that it ever said, oldest first.</summary>
    public IReadOnlyList<Revision> Revisions() => [First(), .. Revised];

    public Revision Latest() => Revised.Count > 0 ? Revised[^1] : First();

    /// <summary>Whether it says this already, however it is written.</summary>
    public bool Says(ObjectiveDraft draft)
    {
        var latest = Latest();
        if (latest.Document is { } document)
            return Nodes.Same(Documents.Parse(document), Documents.Parse(draft.Document));
        var same = draft with { Document = "" };
        var its = new ObjectiveDraft(
            Name,
            latest.DisplayName,
            latest.Service,
            latest.Sli,
            latest.Terms,
            null,
            null,
            ""
        );
        return JsonSerializer.Serialize(same, Json.Options) == JsonSerializer.Serialize(its, Json.Options);
    }

    public ObjectiveView View()
    {
        var latest = Latest();
        return new(
            Id,
            Version,
            Name,
            latest.DisplayName,
            latest.Service,
            latest.Sli,
            latest.Terms.Target,
            latest.Terms.Windows[0].Duration,
            Defined.At,
            latest.By,
            latest.Terms,
            latest.Number,
            latest.Number > 1 ? latest.From : null,
            RetiredAt,
            latest.Environment,
            latest.Team
        );
    }

    private Revision First() =>
        new(
            1,
            Defined.DisplayName,
            Defined.Service,
            Defined.Sli,
            Defined.Terms
                ?? new(
                    Defined.Target,
                    BudgetingMethod.Occurrences,
                    [new(Defined.Window)],
                    null,
                    null,
                    new TrafficGuard()
                ),
            Defined.Document,
            Defined.Environment,
            Defined.Team,
            Defined.By,
            Defined.At
        );
}
