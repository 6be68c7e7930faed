namespace Steady.Contracts.Experiments;

/// <summary>What is expected to happen to a service or an operation.</summary>
public enum Expectation
{
    /// <summary>Nothing that it needs is touched.</summary>
    Holds,

    /// <summary>It goes on with less: a fallback stands between it and the fault.</summary>
    Degrades,

    /// <summary>It cannot do its work.</summary>
    Breaks,
}

/// <summary>What is expected of one service or operation.</summary>
/// <param name="Name">The service or operation.</param>
/// <param name="Expectation">What is expected.</param>
/// <param name="Path">From it to the fault, along the calls; empty when it holds.</param>
public sealed record PredictedImpact(string Name, Expectation Expectation, IReadOnlyList<string> Path);

/// <summary>What an experiment is expected to do, from the edges that are declared and traced.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Edge">The edge that is hurt, as caller and callee.</param>
/// <param name="Services">Services that are expected to notice, by name.</param>
/// <param name="Operations">Every operation, by name.</param>
/// <param name="Beyond">Services that are expected to break and are not in the declared blast radius.</param>
/// <param name="BreaksProbability">
/// Probability that the steady state of the blast radius breaks when the fault is at full strength, 0 to 1: a prior from
/// the edges, corrected by earlier runs on the same edge.
/// </param>
/// <param name="EarlierHeld">Earlier runs on this edge that held.</param>
/// <param name="EarlierBroke">Earlier runs on this edge that broke.</param>
public sealed record ExperimentPrediction(
    string Environment,
    string Edge,
    IReadOnlyList<PredictedImpact> Services,
    IReadOnlyList<PredictedImpact> Operations,
    IReadOnlyList<string> Beyond,
    decimal BreaksProbability,
    int EarlierHeld,
    int EarlierBroke
);

/// <summary>How far what a run has shown was from what was expected before it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Predicted">What was expected, with the topology and the runs of the moment it started.</param>
/// <param name="Observed">What it has shown.</param>
/// <param name="Bits">
/// -log2 P(observed): 0 is a certainty, 1 a coin toss; above 3 something is not understood, and coupling hides there.
/// </param>
public sealed record RunSurprise(Guid RunId, ExperimentPrediction Predicted, Verdict Observed, decimal Bits);

/// <summary>How likely one operation works.</summary>
/// <param name="Name">The operation.</param>
/// <param name="Works">Probability that it works, 0 to 1.</param>
public sealed record OperationSurvival(string Name, decimal Works);

/// <summary>How much keeps working when a share of all containers is gone, each set of that size being as likely as any other.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="KilledShare">The share, 0 to 1.</param>
/// <param name="Containers">All containers.</param>
/// <param name="Killed">How many of them are gone: the share, rounded up.</param>
/// <param name="Works">Probability over all operations, by weight, 0 to 1.</param>
/// <param name="Operations">Each operation.</param>
public sealed record SurvivalPrediction(
    string Environment,
    decimal KilledShare,
    int Containers,
    int Killed,
    decimal Works,
    IReadOnlyList<OperationSurvival> Operations
);
