using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>A stretch of a schedule that somebody has.</summary>
/// <param name="From">Beginning. Not in the past.</param>
/// <param name="To">End, after the beginning and at most 366 days.</param>
public sealed record Stretch([property: JsonRequired] DateTimeOffset From, [property: JsonRequired] DateTimeOffset To);

/// <summary>Asks somebody to swap: they take a stretch that the caller has, the caller takes one that they have. Nothing changes until they say yes.</summary>
/// <param name="With">Who is asked. 1 to 100 characters.</param>
/// <param name="Give">The caller's stretch; the caller is on call all through it.</param>
/// <param name="Take">The other's stretch; the other is on call all through it.</param>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record ProposeSwap(
    [property: Required, StringLength(100, MinimumLength = 1)] string With,
    [property: Required] Stretch Give,
    [property: Required] Stretch Take,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>A swap that waits for an answer.</summary>
/// <param name="Id">The swap.</param>
/// <param name="By">Who asks.</param>
/// <param name="With">Who is asked.</param>
/// <param name="Give">What the asking one has, and the other would take.</param>
/// <param name="Take">What the other has, and the asking one would take.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When it was proposed.</param>
public sealed record SwapView(
    Guid Id,
    string By,
    string With,
    Stretch Give,
    Stretch Take,
    string Reason,
    DateTimeOffset At
);
