using System.Text.Json.Serialization;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.GameDays;

/// <summary>A game day, as its rules see it.</summary>
public sealed record GameDay
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public GameDayPlan Plan { get; init; } = null!;
    public string PlannedBy { get; init; } = "";
    public DateTimeOffset PlannedAt { get; init; }
    public DateTimeOffset PlanChangedAt { get; init; }
    public GameDayApproval? Approval { get; init; }
    public IReadOnlyList<GameDayVote> Votes { get; init; } = [];
    public IReadOnlyList<GameDayAnnouncement> Announcements { get; init; } = [];
    public IReadOnlyList<GameDayNote> Notes { get; init; } = [];
    public IReadOnlyList<GameDayRun> Runs { get; init; } = [];
    public string? Summary { get; init; }
    public string? ConcludedBy { get; init; }
    public DateTimeOffset? ConcludedAt { get; init; }

    [JsonIgnore]
    public bool Over => ConcludedAt is not null;

    [JsonIgnore]
    public Occasion About => Of(Plan);

    public static Occasion Of(GameDayPlan plan) => new(plan.Name, plan.Title, plan.Environment);

    public bool Holds(string person, params GameDayRole[] roles) =>
        Plan.Roles.Any(holder => holder.Person == person && roles.Contains(holder.Role));

    public IEnumerable<string> With(GameDayRole role) =>
        Plan.Roles.Where(holder => holder.Role == role).Select(holder => holder.Person);

    public static GameDay Create(GameDayPlanned e) =>
        new()
        {
            Plan = e.Plan,
            PlannedBy = e.By,
            PlannedAt = e.At,
            PlanChangedAt = e.At,
        };

    public GameDay Apply(GameDayReplanned e) =>
        this with
        {
            Plan = e.Plan,
            PlannedBy = e.By,
            PlanChangedAt = e.At,
            Approval = null,
            Votes = [],
            Announcements = [.. Announcements.Select(sent => sent with { Waiting = [] })],
        };

    // There is one commander: whoever takes the role takes it from the one before.
    public GameDay Apply(RoleAssigned e) =>
        this with
        {
            Plan = Plan with
            {
                Roles =
                [
                    .. Plan.Roles.Where(holder => e.Role != GameDayRole.Commander || holder.Role != e.Role),
                    new RoleHolder(e.Person, e.Role),
                ],
            },
        };

    public GameDay Apply(ApprovalRequested e) =>
        this with
        {
            Approval = new(ApprovalState.Requested, e.By, e.At, e.ExpiresAt, null, null, null),
        };

    public GameDay Apply(ApprovalGranted e) => Answered(ApprovalState.Granted, e.By, e.Reason, e.At);

    public GameDay Apply(ApprovalRefused e) => Answered(ApprovalState.Refused, e.By, e.Reason, e.At);

    public GameDay Apply(ApprovalLapsed _) => this with { Approval = Approval! with { State = ApprovalState.Lapsed } };

    public GameDay Apply(GoNoGoVoted e) =>
        this with
        {
            Votes = [.. Votes.Where(vote => vote.Person != e.By), new GameDayVote(e.By, e.Go, e.Reason, e.At)],
        };

    public GameDay Apply(AnnouncementSent e) =>
        this with
        {
            Announcements =
            [
                .. Announcements,
                new(
                    e.Number,
                    e.Channel,
                    e.Message,
                    e.AcknowledgeBy,
                    e.EscalateTo,
                    e.DueAt,
                    [],
                    e.AcknowledgeBy,
                    null,
                    e.By,
                    e.At
                ),
            ],
        };

    public GameDay Apply(AnnouncementAcknowledged e) =>
        On(
            e.Number,
            sent =>
                sent with
                {
                    Acknowledged = [.. sent.Acknowledged, new Acknowledgement(e.By, e.At)],
                    // Whom it escalated to speaks for all who did not answer.
                    Waiting =
                        e.By == sent.EscalateTo && sent.EscalatedAt is not null
                            ? []
                            : [.. sent.Waiting.Where(person => person != e.By)],
                }
        );

    public GameDay Apply(AnnouncementEscalated e) => On(e.Number, sent => sent with { EscalatedAt = e.At });

    public GameDay Apply(NoteTaken e) => this with { Notes = [.. Notes, new GameDayNote(e.Text, e.By, e.At)] };

    public GameDay Apply(AgendaRunCalled e) =>
        this with
        {
            Runs = [.. Runs, new GameDayRun(e.RunId, e.Experiment, e.By, e.At)],
        };

    // The call beside it names the run; the lot is for whoever wants to draw again.
    public GameDay Apply(SurpriseDrawn _) => this;

    public GameDay Apply(GameDayConcluded e) =>
        this with
        {
            Summary = e.Summary,
            ConcludedBy = e.By,
            ConcludedAt = e.At,
        };

    private GameDay Answered(ApprovalState state, string by, string? reason, DateTimeOffset at) =>
        this with
        {
            Approval = Approval! with { State = state, AnsweredBy = by, Reason = reason, AnsweredAt = at },
        };

    private GameDay On(int number, Func<GameDayAnnouncement, GameDayAnnouncement> change) =>
        this with
        {
            Announcements = [.. Announcements.Select(sent => sent.Number == number ? change(sent) : sent)],
        };
}
