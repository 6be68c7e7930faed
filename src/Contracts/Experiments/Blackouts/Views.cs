using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Experiments;

/// <summary>A time on the wall clock of a place in which nothing may be broken on purpose.</summary>
/// <param name="From">When it begins there, for example <c>2026-12-24T12:00:00</c>.</param>
/// <param name="Until">When it ends there; later, and at most 366 days.</param>
/// <param name="Zone">IANA time zone, for example <c>Europe/Berlin</c>.</param>
/// <param name="EveryWeek">Whether it comes back every week from then on; it is then at most a week long.</param>
public sealed record BlackoutWindow(
    DateTime From,
    DateTime Until,
    [property: Required, StringLength(60, MinimumLength = 1)] string Zone,
    bool EveryWeek = false
);

/// <summary>Says that nothing may be broken on purpose in an environment for some time.</summary>
/// <param name="Window">When.</param>
/// <param name="Reason">Why. 1 to 500 characters.</param>
public sealed record DeclareBlackout(
    [property: Required] BlackoutWindow Window,
    [property: Required, StringLength(500, MinimumLength = 1)] string Reason
);

/// <summary>Ends a blackout for good, before its time or before it comes back.</summary>
/// <param name="Reason">Why. 1 to 500 characters.</param>
public sealed record LiftBlackout([property: Required, StringLength(500, MinimumLength = 1)] string Reason);

/// <summary>A time in which nothing may be broken on purpose in an environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Window">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Lifted">Whether somebody has ended it for good.</param>
/// <param name="Begins">When it begins next, or has begun; null when it is over or lifted.</param>
/// <param name="Ends">When that ends.</param>
/// <param name="By">Who declared or lifted it.</param>
/// <param name="At">When that was.</param>
/// <param name="LiftedBecause">Why it was lifted; null when it was not.</param>
public sealed record BlackoutView(
    string Environment,
    string Name,
    long Version,
    BlackoutWindow Window,
    string Reason,
    bool Lifted,
    DateTimeOffset? Begins,
    DateTimeOffset? Ends,
    string By,
    DateTimeOffset At,
    string? LiftedBecause = null
);
