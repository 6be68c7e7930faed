using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Experiments;

/// <summary>A game day as it is planned: when, where, what is tried in which order, and who does what.</summary>
/// <param name="Name">Unique name, lower-case words with hyphens. 1 to 63 characters.</param>
/// <param name="Title">What people call it. 1 to 200 characters.</param>
/// <param name="Environment">Where it takes place. Everywhere but in <c>sandbox</c> it needs an approval.</param>
/// <param name="Window">The time in which runs may begin.</param>
/// <param name="Agenda">What happens, in order; at least one item runs an experiment. 1 to 40 items.</param>
/// <param name="Roles">Who does what: one commander, at least one operator. A person may hold several roles.</param>
public sealed record GameDayPlan(
    [property: Required, RegularExpression("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")] string Name,
    [property: Required, StringLength(200, MinimumLength = 1)] string Title,
    [property: Required, StringLength(60, MinimumLength = 1)] string Environment,
    [property: Required] GameDayWindow Window,
    [property: Required, MinLength(1), MaxLength(40)] IReadOnlyList<AgendaItem> Agenda,
    [property: Required, MinLength(1), MaxLength(60)] IReadOnlyList<RoleHolder> Roles
);

/// <summary>A window on the wall clock of a place.</summary>
/// <param name="Day">The day it begins, for example <c>2026-12-03</c>.</param>
/// <param name="From">When it opens, for example <c>14:00:00</c>.</param>
/// <param name="Until">When it closes; on the next day when it is not after <c>from</c>.</param>
/// <param name="Zone">IANA time zone, for example <c>Europe/Berlin</c>.</param>
public sealed record GameDayWindow(
    [property: JsonRequired] DateOnly Day,
    [property: JsonRequired] TimeOnly From,
    [property: JsonRequired] TimeOnly Until,
    [property: Required, StringLength(60, MinimumLength = 1)] string Zone
);

/// <summary>One item of the agenda.</summary>
/// <param name="Title">What happens, in a few words. 1 to 200 characters.</param>
/// <param name="Experiment">The experiment that is run, by name or id; none for a briefing or a break.</param>
/// <param name="Minutes">How long it is thought to take, 1 to 1,440; open when absent.</param>
public sealed record AgendaItem(
    [property: Required, StringLength(200, MinimumLength = 1)] string Title,
    [property: StringLength(63, MinimumLength = 1)] string? Experiment = null,
    [property: Range(1, 1440)] int? Minutes = null
);

/// <summary>What somebody does on a game day.</summary>
public enum GameDayRole
{
    /// <summary>Decides: starts, ends, calls it off. Exactly one person.</summary>
    Commander,

    /// <summary>Starts runs and has the stop button in hand.</summary>
    Operator,

    /// <summary>Looks, and says no when something is wrong.</summary>
    Observer,

    /// <summary>Writes down what happens.</summary>
    Scribe,

    /// <summary>Answers for a service that may be hurt.</summary>
    Owner,
}

/// <summary>A person and a role.</summary>
/// <param name="Person">The subject of the person's token. 1 to 100 characters.</param>
/// <param name="Role">The role.</param>
public sealed record RoleHolder(
    [property: Required, StringLength(100, MinimumLength = 1)] string Person,
    [property: JsonRequired] GameDayRole Role
);

/// <summary>Asks for the approval of a game day.</summary>
/// <param name="WithinHours">The request, and an approval that answers it, lapses after so many hours, 1 to 720.</param>
public sealed record RequestApproval([property: Range(1, 720)] int WithinHours = 72);

/// <summary>Answers a request for approval.</summary>
/// <param name="Granted">Yes or no.</param>
/// <param name="Reason">Why; needed for a no. At most 1,000 characters.</param>
public sealed record AnswerApproval(
    [property: JsonRequired] bool Granted,
    [property: StringLength(1000)] string? Reason = null
);

/// <summary>Go or no-go. The last vote of a person counts.</summary>
/// <param name="Go">True for go.</param>
/// <param name="Reason">Why; needed for a no-go. At most 1,000 characters.</param>
public sealed record CastVote([property: JsonRequired] bool Go, [property: StringLength(1000)] string? Reason = null);

/// <summary>Tells people that a game day is coming, and waits for them to say that they know.</summary>
/// <param name="Channel">Where it is said, for example <c>ops</c>; or the person it goes to. 1 to 100 characters.</param>
/// <param name="Message">What is said. 1 to 2,000 characters.</param>
/// <param name="AcknowledgeBy">Everyone who must acknowledge it; at least one.</param>
/// <param name="WithinMinutes">After so long without all of them it escalates, 1 to 10,080.</param>
/// <param name="EscalateTo">Who is told then, and may acknowledge for all; the commander when absent.</param>
public sealed record SendAnnouncement(
    [property: Required, StringLength(100, MinimumLength = 1)] string Channel,
    [property: Required, StringLength(2000, MinimumLength = 1)] string Message,
    [property: Required, MinLength(1), MaxLength(50)] IReadOnlyList<string> AcknowledgeBy,
    [property: Range(1, 10_080)] int WithinMinutes = 60,
    [property: StringLength(100, MinimumLength = 1)] string? EscalateTo = null
);

/// <summary>Writes down what was seen or said.</summary>
/// <param name="Text">The note. 1 to 4,000 characters.</param>
public sealed record TakeNote([property: Required, StringLength(4000, MinimumLength = 1)] string Text);

/// <summary>Runs an experiment of the agenda.</summary>
/// <param name="Experiment">The experiment, as the agenda names it.</param>
public sealed record StartFromAgenda([property: Required, StringLength(63, MinimumLength = 1)] string Experiment);

/// <summary>Runs one experiment of the agenda by lot.</summary>
/// <param name="Seed">To draw as somebody drew before; a new one is taken when absent. It is kept in either case.</param>
public sealed record DrawSurprise(int? Seed = null);

/// <summary>Ends a game day.</summary>
/// <param name="Summary">What it has shown, in a few sentences. 1 to 4,000 characters.</param>
public sealed record ConcludeGameDay([property: Required, StringLength(4000, MinimumLength = 1)] string Summary);
