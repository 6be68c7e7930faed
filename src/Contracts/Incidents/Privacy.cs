using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>Makes an incident private, or public.</summary>
/// <param name="Private">Whether only whoever has a part in it knows of it.</param>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record SetPrivacy(
    [property: JsonRequired] bool Private,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>Says who else sees an incident while it is private, and who no longer does.</summary>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
/// <param name="Add">Who is to see it: at most 50 names of 1 to 100 characters.</param>
/// <param name="Remove">Who is not to see it any more: at most 50.</param>
public sealed record ChangePeople(
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason,
    [property: MaxLength(50)] IReadOnlyList<string>? Add = null,
    [property: MaxLength(50)] IReadOnlyList<string>? Remove = null
);

/// <summary>Somebody who sees an incident while it is private.</summary>
/// <param name="Person">Who.</param>
/// <param name="Because">What gave them the right last: declared it, was paged, has a role, was added.</param>
/// <param name="Since">When.</param>
public sealed record IncidentPersonView(string Person, string Because, DateTimeOffset Since);

/// <summary>Somebody has read of a private incident.</summary>
/// <param name="At">When.</param>
/// <param name="Person">Who.</param>
/// <param name="What">What they read: the address that was asked.</param>
public sealed record IncidentRead(DateTimeOffset At, string Person, string What);
