using Steady.Contracts.Experiments;

namespace Steady.Experiments.Design;

// Events and state of a design. These names and shapes are what is stored.
public sealed record ExperimentDrafted(ExperimentDesign Design, string By, DateTimeOffset At);

public sealed record DraftChanged(ExperimentDesign Design, string By, DateTimeOffset At);

public sealed record DesignFrozen(string Hash, string By, DateTimeOffset At);

public sealed record ExperimentImported(
    string SourceHash,
    IReadOnlyList<DocumentFinding> Warnings,
    string By,
    DateTimeOffset At
);

public sealed record Experiment
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public ExperimentDesign Design { get; init; } = null!;
    public string? FrozenHash { get; init; }
    public DateTimeOffset DraftedAt { get; init; }
    public string By { get; init; } = "";
    public ImportSource? Import { get; init; }

    public static Experiment Create(ExperimentDrafted e) =>
        new()
        {
            Design = e.Design,
            DraftedAt = e.At,
            By = e.By,
        };

    public Experiment Apply(DraftChanged e) => this with { Design = e.Design };

    public Experiment Apply(ExperimentImported e) => this with { Import = new(e.SourceHash, e.Warnings, e.At) };

    public Experiment Apply(DesignFrozen e) => this with { FrozenHash = e.Hash };
}
