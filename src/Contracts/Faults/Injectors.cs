namespace Steady.Contracts.Faults;

/// <summary>Which connections an injector hits.</summary>
public enum FaultReach
{
    /// <summary>Those that are there, and new ones.</summary>
    ExistingAndNew,

    /// <summary>Only those that are there when it begins.</summary>
    Existing,

    /// <summary>Only new ones.</summary>
    New,
}

/// <summary>How a fault ends when everybody who wanted it is gone. A fault that would stay is not offered at all.</summary>
public enum FaultPersistence
{
    /// <summary>Where it lives, it ends by itself: in the proxy, the kernel or the database's server.</summary>
    SelfExpiring,

    /// <summary>A guard, a process of its own, takes it back.</summary>
    GuardHeld,

    /// <summary>It happens once, and nothing of it stays.</summary>
    NothingToRevert,
}

/// <summary>One kind of fault.</summary>
/// <param name="Type">Its name, as a lease gives it in <c>toxic.type</c>.</param>
/// <param name="Hits">Which connections it hits.</param>
/// <param name="Persistence">How it ends when nobody is there to end it.</param>
/// <param name="Attributes">Its numbers, with what each of them means.</param>
public sealed record FaultTypeView(
    string Type,
    FaultReach Hits,
    FaultPersistence Persistence,
    IReadOnlyDictionary<string, string> Attributes
);

/// <summary>What brings faults in.</summary>
/// <param name="Name">Its name, as a lease gives it in <c>injector</c>.</param>
/// <param name="Rights">What the agent needs to be allowed.</param>
/// <param name="Faults">What it can do.</param>
/// <param name="Targets">What it may do it to: names that the agent's configuration lists, and nothing else.</param>
/// <param name="Unavailable">Why it cannot be used here; null when it can.</param>
public sealed record InjectorView(
    string Name,
    string Rights,
    IReadOnlyList<FaultTypeView> Faults,
    IReadOnlyList<string> Targets,
    string? Unavailable = null
);
