using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>In what a turn of a rotation is measured. All follow the clock on the wall of the layer's zone.</summary>
public enum TurnUnit
{
    /// <summary>Hours.</summary>
    Hour,

    /// <summary>Days. Days on which the layer is off are not counted, so nobody loses a turn to a weekend.</summary>
    Day,

    /// <summary>Weeks.</summary>
    Week,

    /// <summary>Months; one that begins on the 31st begins on the last day of shorter months.</summary>
    Month,
}

/// <summary>Who gets the next turn of a rotation.</summary>
public enum TurnOrder
{
    /// <summary>One after the other.</summary>
    Sequential,

    /// <summary>Whoever has had the fewest hours of this layer, of two the first in the list.</summary>
    Fair,
}

/// <summary>Somebody's place in a rotation.</summary>
/// <param name="Person">Who; null for an empty turn, in which nobody of this layer is on call.</param>
/// <param name="From">The first day whose turns it takes part in, in the layer's zone; always when absent.</param>
/// <param name="Until">The first day whose turns it no longer takes part in; never when absent.</param>
public sealed record RotationMember(
    [property: StringLength(100, MinimumLength = 1)] string? Person,
    DateOnly? From = null,
    DateOnly? Until = null
);

/// <summary>Hours of a week in which a layer is on.</summary>
/// <param name="Days">The weekdays on which the hours begin. 1 to 7.</param>
/// <param name="From">Beginning, <c>HH:mm</c>.</param>
/// <param name="To">End, <c>HH:mm</c>; at or before the beginning it is on the next day. <c>24:00</c> is the day's end.</param>
public sealed record LayerHours(
    [property: Required, Length(1, 7)] IReadOnlyList<DayOfWeek> Days,
    [property: Required] string From,
    [property: Required] string To
);

/// <summary>A rotation of people. Who is on call is said by the first layer of a schedule that has somebody.</summary>
/// <param name="Name">What people call it. 1 to 100 characters.</param>
/// <param name="Start">The day on which the first turn begins, 2000 or later.</param>
/// <param name="Handoff">When turns begin, <c>HH:mm</c>.</param>
/// <param name="Unit">In what turns are measured.</param>
/// <param name="Members">The rotation, in order. 1 to 100.</param>
/// <param name="Lengths">Lengths of the turns, one after the other and again: 4 and 3 days, for example. 1 when absent; 1 to 12, each 1 to 1,000.</param>
/// <param name="TimeZone">IANA name; the schedule's when absent. Sites that follow the sun have a layer each.</param>
/// <param name="Hours">When it is on; always when absent. At most 20.</param>
/// <param name="Holidays">Days on which its hours do not begin. At most 500.</param>
/// <param name="Order">Who gets the next turn; one after the other when absent.</param>
/// <param name="Shadow">Its people look on and learn: they are listed and told, are never on call, and fill no gap.</param>
public sealed record RotationLayer(
    [property: Required, StringLength(100, MinimumLength = 1)] string Name,
    [property: JsonRequired] DateOnly Start,
    [property: Required] string Handoff,
    [property: JsonRequired] TurnUnit Unit,
    [property: Required, Length(1, 100)] IReadOnlyList<RotationMember> Members,
    [property: Length(1, 12)] IReadOnlyList<int>? Lengths = null,
    string? TimeZone = null,
    [property: MaxLength(20)] IReadOnlyList<LayerHours>? Hours = null,
    [property: MaxLength(500)] IReadOnlyList<DateOnly>? Holidays = null,
    TurnOrder Order = TurnOrder.Sequential,
    bool Shadow = false
);

/// <summary>Sets a schedule, as a whole. What was set before keeps saying who was on call until now.</summary>
/// <param name="TimeZone">IANA name, for example <c>Europe/Berlin</c>.</param>
/// <param name="Layers">In order: the first that has somebody decides. 1 to 20.</param>
/// <param name="Reason">Why it is so. 1 to 1,000 characters.</param>
public sealed record SetSchedule(
    [property: Required] string TimeZone,
    [property: Required, Length(1, 20)] IReadOnlyList<RotationLayer> Layers,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>Somebody takes over for a while, whoever's turn it is. The one that was made last counts.</summary>
/// <param name="Person">Who. 1 to 100 characters.</param>
/// <param name="From">Beginning; it may lie in the past, when people want to write down who it really was.</param>
/// <param name="To">End, after the beginning and at most 366 days.</param>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record OverrideSchedule(
    [property: Required, StringLength(100, MinimumLength = 1)] string Person,
    [property: JsonRequired] DateTimeOffset From,
    [property: JsonRequired] DateTimeOffset To,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>A schedule as it is set now.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Layers">In order: the first that has somebody decides.</param>
/// <param name="Reason">Why it is so.</param>
/// <param name="SetBy">Who set it so.</param>
/// <param name="SetAt">When.</param>
/// <param name="Overrides">Those that are not over, soonest first.</param>
/// <param name="Swaps">Those that wait for an answer, oldest first.</param>
public sealed record ScheduleView(
    Guid Id,
    string Name,
    long Version,
    string TimeZone,
    IReadOnlyList<RotationLayer> Layers,
    string Reason,
    string SetBy,
    DateTimeOffset SetAt,
    IReadOnlyList<ScheduleOverrideView> Overrides,
    IReadOnlyList<SwapView> Swaps
);

/// <summary>An override of a schedule.</summary>
/// <param name="Id">The override.</param>
/// <param name="Person">Who takes over.</param>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record ScheduleOverrideView(
    Guid Id,
    string Person,
    DateTimeOffset From,
    DateTimeOffset To,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>A stretch in which one person, or nobody, is on call.</summary>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Person">Who; null for nobody.</param>
/// <param name="Because">The layer that says so, or <c>override</c>; null when nobody is.</param>
public sealed record Shift(DateTimeOffset From, DateTimeOffset To, string? Person, string? Because);

/// <summary>Who is on call at a moment.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="At">The moment.</param>
/// <param name="KnownAt">As it was known then; null for as it is known now.</param>
/// <param name="Person">Who; null for nobody.</param>
/// <param name="Because">The layer that says so, or <c>override</c>.</param>
/// <param name="Until">When that changes; null when it does not within 31 days.</param>
/// <param name="Next">Who is next; null for nobody.</param>
/// <param name="Shadows">Who looks on: told, and never paged.</param>
public sealed record OnCallView(
    string Schedule,
    DateTimeOffset At,
    DateTimeOffset? KnownAt,
    string? Person,
    string? Because,
    DateTimeOffset? Until,
    string? Next,
    IReadOnlyList<string> Shadows
);

/// <summary>What a schedule means for a stretch of time.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="TimeZone">Its zone.</param>
/// <param name="Shifts">One after the other, without a hole.</param>
/// <param name="Gaps">Those in which nobody is on call.</param>
/// <param name="Hours">Hours on call, by person.</param>
/// <param name="Shadows">Stretches in which somebody looks on; they may lie over each other.</param>
public sealed record SchedulePreview(
    string Schedule,
    string TimeZone,
    IReadOnlyList<Shift> Shifts,
    IReadOnlyList<Shift> Gaps,
    IReadOnlyDictionary<string, decimal> Hours,
    IReadOnlyList<Shift> Shadows
);

/// <summary>What setting a schedule changed for the people in it.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="Version">Its stream's version now.</param>
/// <param name="Until">How far ahead was looked: 92 days.</param>
/// <param name="Changes">Whose time on call changes, by name; empty when nobody's does.</param>
public sealed record ScheduleChanges(
    string Schedule,
    long Version,
    DateTimeOffset Until,
    IReadOnlyList<PersonChange> Changes
);

/// <summary>What changes for one person.</summary>
/// <param name="Person">Who.</param>
/// <param name="First">The first moment at which it is different.</param>
/// <param name="HoursMore">Hours on call that are new.</param>
/// <param name="HoursLess">Hours on call that are gone.</param>
public sealed record PersonChange(string Person, DateTimeOffset First, decimal HoursMore, decimal HoursLess);
