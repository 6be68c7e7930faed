namespace Steady.Contracts.Experiments;

/// <summary>Where a game day is.</summary>
public enum GameDayState
{
    /// <summary>Its window has not opened yet.</summary>
    Planned,

    /// <summary>Its window is open.</summary>
    Open,

    /// <summary>Its window has closed and nobody has concluded it yet.</summary>
    Closed,

    /// <summary>It was concluded; the report is final.</summary>
    Concluded,
}

/// <summary>Where the approval of a game day stands.</summary>
public enum ApprovalState
{
    /// <summary>Asked for and not answered.</summary>
    Requested,

    /// <summary>Given.</summary>
    Granted,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>Too old to count.</summary>
    Lapsed,
}

/// <summary>The newest request for approval and its answer.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="ExpiresAt">When it lapses, answered or not.</param>
/// <param name="AnsweredBy">Who answered; null while nobody has.</param>
/// <param name="Reason">What was said to the answer.</param>
/// <param name="AnsweredAt">When it was answered.</param>
public sealed record GameDayApproval(
    ApprovalState State,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExpiresAt,
    string? AnsweredBy,
    string? Reason,
    DateTimeOffset? AnsweredAt
);

/// <summary>A person's last vote.</summary>
/// <param name="Person">Who.</param>
/// <param name="Go">Go or no-go.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record GameDayVote(string Person, bool Go, string? Reason, DateTimeOffset At);

/// <summary>Somebody's word that they know.</summary>
/// <param name="Person">Who.</param>
/// <param name="At">When.</param>
public sealed record Acknowledgement(string Person, DateTimeOffset At);

/// <summary>An announcement and who has acknowledged it.</summary>
/// <param name="Number">1 for the first of the game day.</param>
/// <param name="Channel">Where it was said.</param>
/// <param name="Message">What was said.</param>
/// <param name="AcknowledgeBy">Everyone who must acknowledge it.</param>
/// <param name="EscalateTo">Who is told when they do not, and may acknowledge for all.</param>
/// <param name="DueAt">When it escalates.</param>
/// <param name="Acknowledged">Who has acknowledged it so far.</param>
/// <param name="Waiting">Who still has to; empty when it is acknowledged.</param>
/// <param name="EscalatedAt">When it escalated; null when it has not.</param>
/// <param name="By">Who sent it.</param>
/// <param name="At">When.</param>
public sealed record GameDayAnnouncement(
    int Number,
    string Channel,
    string Message,
    IReadOnlyList<string> AcknowledgeBy,
    string EscalateTo,
    DateTimeOffset DueAt,
    IReadOnlyList<Acknowledgement> Acknowledged,
    IReadOnlyList<string> Waiting,
    DateTimeOffset? EscalatedAt,
    string By,
    DateTimeOffset At
);

/// <summary>A note of the scribe.</summary>
/// <param name="Text">What was written.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
public sealed record GameDayNote(string Text, string By, DateTimeOffset At);

/// <summary>A run that was started from the agenda.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">Its experiment, as the agenda names it.</param>
/// <param name="By">Who started it.</param>
/// <param name="At">When.</param>
public sealed record GameDayRun(Guid RunId, string Experiment, string By, DateTimeOffset At);

/// <summary>One thing that must be so before a run may start from the agenda.</summary>
/// <param name="Kind"><c>window</c>, <c>approval</c>, <c>votes</c> or <c>announcements</c>.</param>
/// <param name="Ready">Whether it is so.</param>
/// <param name="Sentence">What is so, or what is missing.</param>
public sealed record ReadinessCheck(string Kind, bool Ready, string Sentence);

/// <summary>A game day.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Plan">What was planned; roles as they are now.</param>
/// <param name="OpensAt">When its window opens.</param>
/// <param name="ClosesAt">When its window closes.</param>
/// <param name="State">Where it is.</param>
/// <param name="Ready">Whether a run may start from the agenda now.</param>
/// <param name="Readiness">What must be so for that, one by one.</param>
/// <param name="Approval">The newest request for approval; null when none was made.</param>
/// <param name="Votes">The last vote of each person.</param>
/// <param name="MustVote">Who has to vote before it is go: commander, operators and owners.</param>
/// <param name="Announcements">What was announced, in order.</param>
/// <param name="Notes">What was written down, in order.</param>
/// <param name="Runs">Runs started from the agenda, in order.</param>
/// <param name="PlannedBy">Who planned it.</param>
/// <param name="PlannedAt">When it was planned first.</param>
/// <param name="Summary">What it has shown; null until it is concluded.</param>
/// <param name="ConcludedBy">Who concluded it.</param>
/// <param name="ConcludedAt">When it was concluded.</param>
public sealed record GameDayView(
    Guid Id,
    long Version,
    GameDayPlan Plan,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    GameDayState State,
    bool Ready,
    IReadOnlyList<ReadinessCheck> Readiness,
    GameDayApproval? Approval,
    IReadOnlyList<GameDayVote> Votes,
    IReadOnlyList<string> MustVote,
    IReadOnlyList<GameDayAnnouncement> Announcements,
    IReadOnlyList<GameDayNote> Notes,
    IReadOnlyList<GameDayRun> Runs,
    string PlannedBy,
    DateTimeOffset PlannedAt,
    string? Summary,
    string? ConcludedBy,
    DateTimeOffset? ConcludedAt
);
