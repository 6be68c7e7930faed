using System.Globalization;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.GameDays;

/// <summary>What must be so before a run may start from the agenda: pure, one sentence for each.</summary>
public static class Readiness
{
    /// <summary>Where nobody but the experimenter can be hurt, and so nobody need approve.</summary>
    public const string Sandbox = "sandbox";

    private const string Production = "production";

    private static readonly GameDayRole[] Voting = [GameDayRole.Commander, GameDayRole.Operator, GameDayRole.Owner];

    public static IReadOnlyList<ReadinessCheck> Of(GameDay day, DateTimeOffset now) =>
        [Window(day, now), Approval(day, now), Votes(day), Announcements(day)];

    /// <summary>Who has to vote: commander, operators and owners, each once.</summary>
    public static IReadOnlyList<string> MustVote(GameDay day) =>
        [.. day.Plan.Roles.Where(holder => Voting.Contains(holder.Role)).Select(holder => holder.Person).Distinct()];

    public static GameDayState State(GameDay day, DateTimeOffset now)
    {
        var (opens, closes) = WindowTimes.Of(day.Plan.Window);
        return day.Over ? GameDayState.Concluded
            : now < opens ? GameDayState.Planned
            : now < closes ? GameDayState.Open
            : GameDayState.Closed;
    }

    /// <summary>Why this person may not approve; null when they may.</summary>
    /// <param name="day">The game day.</param>
    /// <param name="owners">Who answers for the experiments of its agenda.</param>
    /// <param name="person">Who would approve.</param>
    public static string? MayNotApprove(GameDay day, IReadOnlyCollection<string> owners, string person) =>
        person == day.PlannedBy ? "planned it"
        : person == day.Approval?.RequestedBy ? "asked for the approval"
        : day.Holds(person, GameDayRole.Owner) ? "is an owner"
        : owners.Contains(person) ? "owns an experiment of its agenda"
        : day.Plan.Environment == Production && day.Holds(person, GameDayRole.Commander) ? "commands it in production"
        : null;

    private static ReadinessCheck Window(GameDay day, DateTimeOffset now)
    {
        var (opens, closes) = WindowTimes.Of(day.Plan.Window);
        return State(day, now) switch
        {
            GameDayState.Concluded => new("window", false, "The game day is concluded."),
            GameDayState.Planned => new("window", false, $"The window opens at {Clock(opens)}."),
            GameDayState.Closed => new("window", false, $"The window closed at {Clock(closes)}."),
            _ => new("window", true, $"The window is open until {Clock(closes)}."),
        };
    }

    private static ReadinessCheck Approval(GameDay day, DateTimeOffset now)
    {
        if (day.Plan.Environment == Sandbox)
            return new("approval", true, "A sandbox needs no approval.");
        return day.Approval switch
        {
            null => No("Nobody has asked for an approval. Ask, and let somebody else answer."),
            { State: ApprovalState.Lapsed } => No("The approval has lapsed. Ask again."),
            { } approval when approval.ExpiresAt <= now => No("The approval has lapsed. Ask again."),
            { State: ApprovalState.Requested } => No("The approval is not answered yet."),
            { State: ApprovalState.Refused } refused => No(
                $"{refused.AnsweredBy} refused the approval: {refused.Reason}"
            ),
            // A role may have been assigned since.
            { } granted when MayNotApprove(day, [], granted.AnsweredBy!) is { } why => No(
                $"{granted.AnsweredBy} approved it and {why}. Ask again, and let somebody else answer."
            ),
            { } granted => new("approval", true, $"{granted.AnsweredBy} approved it."),
        };

        static ReadinessCheck No(string sentence) => new("approval", false, sentence);
    }

    private static ReadinessCheck Votes(GameDay day)
    {
        var against = day.Votes.Where(vote => !vote.Go && HasRole(vote.Person)).ToList();
        var silent = MustVote(day).Where(person => day.Votes.All(vote => vote.Person != person)).ToList();
        return against.Count > 0
                ? new("votes", false, $"No-go: {List(against.Select(vote => $"{vote.Person} ({vote.Reason})"))}.")
            : silent.Count > 0 ? new("votes", false, $"Still to vote: {List(silent)}.")
            : new("votes", true, "Everyone who must vote says go.");

        bool HasRole(string person) => day.Plan.Roles.Any(holder => holder.Person == person);
    }

    private static ReadinessCheck Announcements(GameDay day)
    {
        var open = day.Announcements.Where(sent => sent.Waiting.Count > 0).ToList();
        return open.Count > 0
                ? new(
                    "announcements",
                    false,
                    $"Not acknowledged: {List(open.Select(sent => $"number {sent.Number} by {List(sent.Waiting)}"))}."
                )
            : day.Plan.Environment != Sandbox && !day.Announcements.Any(sent => sent.At >= day.PlanChangedAt)
                ? new("announcements", false, "Nothing was announced. Tell those who may notice, before they do.")
            : new("announcements", true, "Everyone who must know has said so.");
    }

    private static string List(IEnumerable<string> items) => string.Join(", ", items);

    private static string Clock(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
