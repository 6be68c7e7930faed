using System.Text.Json.Serialization;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Learning;

// Events of a finding. These names and shapes are what is stored.

/// <summary>What a finding is about; repeated where others hear of it.</summary>
public sealed record Topic(string Title, string Experiment, IReadOnlyList<string> Services);

public sealed record FindingRaised(
    Topic About,
    Guid RunId,
    FindingKind Kind,
    CouplingType? Coupling,
    string? Description,
    string By,
    DateTimeOffset At
);

public sealed record ActionItemLinked(
    Topic About,
    int Number,
    string Text,
    string Owner,
    DateOnly? DueOn,
    string By,
    DateTimeOffset At
);

public sealed record RegressionExperimentCreated(
    Guid ExperimentId,
    string Name,
    Rung MustHold,
    string By,
    DateTimeOffset At
);

public sealed record FixVerified(Topic About, string Experiment, Guid RunId, DateTimeOffset At);

/// <summary>Something that a run has shown, as its rules see it.</summary>
public sealed record Lesson
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public Topic About { get; init; } = null!;
    public Guid RunId { get; init; }
    public FindingKind Kind { get; init; }
    public CouplingType? Coupling { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<ActionItem> Actions { get; init; } = [];
    public RegressionExperiment? Regression { get; init; }
    public Guid? VerifiedBy { get; init; }
    public DateTimeOffset? VerifiedAt { get; init; }
    public string By { get; init; } = "";
    public DateTimeOffset At { get; init; }

    /// <summary>Waits for a run of its regression experiment to hold.</summary>
    [JsonIgnore]
    public bool Waits => Regression is not null && VerifiedBy is null;

    public static Lesson Create(FindingRaised e) =>
        new()
        {
            About = e.About,
            RunId = e.RunId,
            Kind = e.Kind,
            Coupling = e.Coupling,
            Description = e.Description,
            By = e.By,
            At = e.At,
        };

    public Lesson Apply(ActionItemLinked e) =>
        this with
        {
            Actions = [.. Actions, new ActionItem(e.Number, e.Text, e.Owner, e.DueOn, e.By, e.At)],
        };

    public Lesson Apply(RegressionExperimentCreated e) =>
        this with
        {
            Regression = new RegressionExperiment(e.ExperimentId, e.Name, e.MustHold, e.At),
        };

    public Lesson Apply(FixVerified e) => this with { VerifiedBy = e.RunId, VerifiedAt = e.At };
}
