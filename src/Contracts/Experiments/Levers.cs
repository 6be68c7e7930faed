using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Experiments;

/// <summary>Pulls the safety lever of an environment: every run there halts now, and none starts until it is released.</summary>
/// <param name="Reason">Why. 1 to 500 characters.</param>
public sealed record EngageLever([property: Required, StringLength(500, MinimumLength = 1)] string Reason);

/// <summary>Releases the safety lever of an environment; only a person does.</summary>
/// <param name="Reason">Why it is safe again. 1 to 500 characters.</param>
public sealed record ReleaseLever([property: Required, StringLength(500, MinimumLength = 1)] string Reason);

/// <summary>The safety lever of an environment. One that was never pulled is released, at version 0.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Engaged">Whether nothing may run there.</param>
/// <param name="Reason">Why it was engaged or released last.</param>
/// <param name="By">Who did it, or the rule that did.</param>
/// <param name="At">When.</param>
public sealed record LeverView(
    string Environment,
    long Version,
    bool Engaged,
    string? Reason,
    string? By,
    DateTimeOffset? At
);

/// <summary>The safety lever was pulled; every run of the environment is halting.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who, or which rule.</param>
/// <param name="At">When.</param>
public sealed record LeverEngaged(string Environment, string Reason, string By, DateTimeOffset At);

/// <summary>The safety lever was released; runs may start again.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Reason">Why it is safe again.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record LeverReleased(string Environment, string Reason, string By, DateTimeOffset At);
