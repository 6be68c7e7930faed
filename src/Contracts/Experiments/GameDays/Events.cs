namespace Steady.Contracts.Experiments;

/// <summary>A game day was planned, or planned anew.</summary>
/// <param name="GameDayId">The game day.</param>
/// <param name="Name">Its name.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Environment">Where it takes place.</param>
/// <param name="OpensAt">When its window opens.</param>
/// <param name="ClosesAt">When its window closes.</param>
/// <param name="Experiments">What is run, in order.</param>
/// <param name="Roles">Who does what.</param>
/// <param name="By">Who planned it.</param>
/// <param name="At">When.</param>
public sealed record GameDayPlanned(
    Guid GameDayId,
    string Name,
    string Title,
    string Environment,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    IReadOnlyList<string> Experiments,
    IReadOnlyList<RoleHolder> Roles,
    string By,
    DateTimeOffset At
);

/// <summary>Somebody with a role voted.</summary>
/// <param name="GameDayId">The game day.</param>
/// <param name="Name">Its name.</param>
/// <param name="Go">Go or no-go.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record GoNoGoVoted(Guid GameDayId, string Name, bool Go, string? Reason, string By, DateTimeOffset At);

/// <summary>The approval of a game day was asked for, answered, or has lapsed.</summary>
/// <param name="GameDayId">The game day.</param>
/// <param name="Name">Its name.</param>
/// <param name="Environment">Where it takes place.</param>
/// <param name="State">Where the approval stands.</param>
/// <param name="Reason">What was said to the answer.</param>
/// <param name="By">Who asked or answered, or the rule that lets it lapse.</param>
/// <param name="At">When.</param>
public sealed record ApprovalChanged(
    Guid GameDayId,
    string Name,
    string Environment,
    ApprovalState State,
    string? Reason,
    string By,
    DateTimeOffset At
);

/// <summary>Something is to be told to people. Whoever carries messages to a channel listens to this.</summary>
/// <param name="GameDayId">The game day.</param>
/// <param name="Name">Its name.</param>
/// <param name="Number">Which announcement of the game day; acknowledged under this number.</param>
/// <param name="Channel">Where it is to be said.</param>
/// <param name="Message">What is to be said.</param>
/// <param name="AcknowledgeBy">Everyone who must acknowledge it.</param>
/// <param name="DueAt">When it escalates.</param>
/// <param name="By">Who sent it.</param>
/// <param name="At">When.</param>
public sealed record AnnouncementSent(
    Guid GameDayId,
    string Name,
    int Number,
    string Channel,
    string Message,
    IReadOnlyList<string> AcknowledgeBy,
    DateTimeOffset DueAt,
    string By,
    DateTimeOffset At
);

/// <summary>Somebody has acknowledged an announcement.</summary>
/// <param name="GameDayId">The game day.</param>
/// <param name="Name">Its name.</param>
/// <param name="Number">Which announcement.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record AnnouncementAcknowledged(Guid GameDayId, string Name, int Number, string By, DateTimeOffset At);

/// <summary>An announcement was not acknowledged by all in time: somebody else must be told.</summary>
/// <param name="GameDayId">The game day.</param>
/// <param name="Name">Its name.</param>
/// <param name="Number">Which announcement.</param>
/// <param name="Channel">Where it was said.</param>
/// <param name="Message">What was said.</param>
/// <param name="Waiting">Who has not acknowledged it.</param>
/// <param name="To">Who is to be told now.</param>
/// <param name="At">When.</param>
public sealed record AnnouncementEscalated(
    Guid GameDayId,
    string Name,
    int Number,
    string Channel,
    string Message,
    IReadOnlyList<string> Waiting,
    string To,
    DateTimeOffset At
);

/// <summary>A run was called from the agenda of a game day. Whether the gates let it begin, the run itself says.</summary>
/// <param name="GameDayId">The game day.</param>
/// <param name="Name">Its name.</param>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The experiment, as the agenda names it.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record AgendaRunCalled(
    Guid GameDayId,
    string Name,
    Guid RunId,
    string Experiment,
    string By,
    DateTimeOffset At
);

/// <summary>A game day is over.</summary>
/// <param name="GameDayId">The game day.</param>
/// <param name="Name">Its name.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Summary">What it has shown.</param>
/// <param name="By">Who concluded it.</param>
/// <param name="At">When.</param>
public sealed record GameDayConcluded(
    Guid GameDayId,
    string Name,
    string Title,
    string Summary,
    string By,
    DateTimeOffset At
);
