namespace Steady.Contracts.Experiments;

/// <summary>Nothing may be broken on purpose in an environment for some time.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Window">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who declared it.</param>
/// <param name="At">When.</param>
public sealed record BlackoutDeclared(
    string Environment,
    string Name,
    BlackoutWindow Window,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>A blackout was ended for good.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who lifted it.</param>
/// <param name="At">When.</param>
public sealed record BlackoutLifted(string Environment, string Name, string Reason, string By, DateTimeOffset At);
