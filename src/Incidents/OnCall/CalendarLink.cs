using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

// Events and state of a calendar's link. The secret is in none of them: the stream's id follows from it.

public sealed record CalendarLinkCreated(string? Schedule, string? Person, string By, DateTimeOffset At);

public sealed record CalendarLinkRevoked(string By, DateTimeOffset At);

/// <summary>A link under which a calendar can be read by whoever has it.</summary>
public sealed record CalendarLink
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required CalendarLinkCreated Created { get; init; }

    /// <summary>For queries.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>The stream of a secret; it does not lead back to it.</summary>
    public static Guid IdOf(string secret) => StableId.From("calendar-link", secret);

    public static CalendarLink Create(CalendarLinkCreated e) => new() { Created = e };

    public CalendarLink Apply(CalendarLinkRevoked _) => this with { IsRevoked = true };

    /// <summary>What is wrong with a wish, by field; null when nothing is.</summary>
    public static (string Field, string Message)? Check(CreateCalendarLink wish) =>
        wish.Schedule is null == wish.Person is null
            ? ("schedule", "A calendar is of one schedule or of one person. Give 'schedule' or 'person'.")
            : null;

    /// <summary>Revoked once; again changes nothing.</summary>
    public static Decision Revoke(CalendarLink link, Actor by, DateTimeOffset now) =>
        link.IsRevoked ? [] : [new CalendarLinkRevoked(by.Name, now)];

    public CalendarLinkView View() => new(Id, Created.Schedule, Created.Person, Created.By, Created.At);
}
