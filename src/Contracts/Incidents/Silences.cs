using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>Lets alerts that match declare nothing for a while. They are kept; what still fires when it ends is told then.</summary>
/// <param name="Matchers">Conditions on labels, all of which must hold, as routes have them. 1 to 20.</param>
/// <param name="Until">When it ends, at most 31 days after it begins.</param>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
/// <param name="From">When it begins; now when absent, and not before now.</param>
public sealed record SetSilence(
    [property: Required, Length(1, 20)] IReadOnlyList<string> Matchers,
    [property: JsonRequired] DateTimeOffset Until,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason,
    DateTimeOffset? From = null
);

/// <summary>Ends a silence before its time.</summary>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record EndSilence([property: Required, StringLength(1000, MinimumLength = 1)] string Reason);

/// <summary>Where a silence is in its life.</summary>
public enum SilenceStatus
{
    /// <summary>It has not begun.</summary>
    Pending,

    /// <summary>Alerts that match declare nothing.</summary>
    Active,

    /// <summary>It has ended.</summary>
    Over,
}

/// <summary>A silence.</summary>
/// <param name="Id">The silence.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Matchers">Conditions on labels, all of which must hold.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends, or ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who made it.</param>
/// <param name="At">When.</param>
/// <param name="EndedBy">Who ended it before its time; null when nobody did.</param>
public sealed record SilenceView(
    Guid Id,
    long Version,
    SilenceStatus Status,
    IReadOnlyList<string> Matchers,
    DateTimeOffset From,
    DateTimeOffset Until,
    string Reason,
    string By,
    DateTimeOffset At,
    string? EndedBy
);
