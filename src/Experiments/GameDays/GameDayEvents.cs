using Steady.Contracts.Experiments;

namespace Steady.Experiments.GameDays;

// Events of a game day. These names and shapes are what is stored.

/// <summary>What a game day is about; repeated where others hear of it, so that announcing an event needs only that event.</summary>
public sealed record Occasion(string Name, string Title, string Environment);

public sealed record GameDayPlanned(Occasion About, GameDayPlan Plan, string By, DateTimeOffset At);

/// <summary>Another plan: what was voted, approved and announced was about the one before.</summary>
public sealed record GameDayReplanned(Occasion About, GameDayPlan Plan, string By, DateTimeOffset At);

public sealed record RoleAssigned(string Person, GameDayRole Role, string By, DateTimeOffset At);

public sealed record ApprovalRequested(Occasion About, DateTimeOffset ExpiresAt, string By, DateTimeOffset At);

public sealed record ApprovalGranted(Occasion About, string? Reason, string By, DateTimeOffset At);

public sealed record ApprovalRefused(Occasion About, string Reason, string By, DateTimeOffset At);

public sealed record ApprovalLapsed(Occasion About, DateTimeOffset At);

public sealed record GoNoGoVoted(Occasion About, bool Go, string? Reason, string By, DateTimeOffset At);

public sealed record AnnouncementSent(
    Occasion About,
    int Number,
    string Channel,
    string Message,
    IReadOnlyList<string> AcknowledgeBy,
    string EscalateTo,
    DateTimeOffset DueAt,
    string By,
    DateTimeOffset At
);

public sealed record AnnouncementAcknowledged(Occasion About, int Number, string By, DateTimeOffset At);

public sealed record AnnouncementEscalated(
    Occasion About,
    int Number,
    string Channel,
    string Message,
    IReadOnlyList<string> Waiting,
    string To,
    DateTimeOffset At
);

public sealed record NoteTaken(string Text, string By, DateTimeOffset At);

/// <summary>Written before the run is asked for, under the id that the run will have.</summary>
public sealed record AgendaRunCalled(Occasion About, Guid RunId, string Experiment, string By, DateTimeOffset At);

/// <summary>Which experiment the lot fell on; from the same lots and seed it falls on the same again.</summary>
public sealed record SurpriseDrawn(
    Guid RunId,
    IReadOnlyList<string> Lots,
    int Seed,
    string Drawn,
    string By,
    DateTimeOffset At
);

public sealed record GameDayConcluded(Occasion About, string Summary, string By, DateTimeOffset At);
