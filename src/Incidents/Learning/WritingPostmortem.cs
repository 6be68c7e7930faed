using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Learning;

/// <summary>How a postmortem is written, reviewed and published. Pure.</summary>
public static class WritingPostmortem
{
    public const string Told = "The postmortem was published.";

    /// <summary>Without these nobody can review it.</summary>
    private static readonly PostmortemSection[] Needed =
    [
        PostmortemSection.Summary,
        PostmortemSection.Impact,
        PostmortemSection.ContributingFactors,
    ];

    public static Decision Start(IncidentView incident, Actor by, DateTimeOffset now) =>
        [new PostmortemStarted(incident.Id, incident.Number, incident.Service, incident.Title, by.Name, now)];

    /// <summary>Two people who write different sections do not meet; two who write the same one do.</summary>
    public static Decision Write(
        Postmortem postmortem,
        PostmortemSection section,
        WriteSection command,
        Actor by,
        DateTimeOffset now
    )
    {
        if (postmortem.State == PostmortemState.Published)
            return Published("written in");
        var stands = postmortem.Find(section);
        if ((stands?.Text ?? "") == command.Text)
            return [];
        if (command.Version is { } seen && seen != (stands?.Version ?? 0))
            return new Refusal(
                "section-changed",
                stands is null
                    ? $"Nobody has written this section yet: its version is 0, not {seen}. Read it again."
                    : $"{stands.By} has written this section meanwhile: its version is {stands.Version}, yours is based on {seen}. Read it again, and send your text with version {stands.Version}."
            );
        var started = postmortem.Started;
        return [new SectionWritten(started.IncidentId, started.Service, section, command.Text, by.Name, now)];
    }

    /// <param name="isOver">Whether the incident is.</param>
    public static Decision Submit(Postmortem postmortem, bool isOver, Actor by, DateTimeOffset now)
    {
        if (postmortem.State is PostmortemState.InReview or PostmortemState.Reviewed)
            return [];
        if (postmortem.State == PostmortemState.Published)
            return Published("reviewed");
        if (!isOver)
            return new Refusal(
                "incident-open",
                "The incident goes on: what is known of it is not all. Resolve it, then ask for a review."
            );
        var missing = Needed.Where(one => string.IsNullOrWhiteSpace(postmortem.Find(one)?.Text)).ToList();
        if (missing.Count > 0)
            return new Refusal(
                "postmortem-incomplete",
                $"Nobody can review what is not written. Write first: {string.Join(", ", missing.Select(PostmortemSections.TitleOf))}."
            );
        return [new PostmortemSubmitted(postmortem.Started.IncidentId, postmortem.Started.Service, by.Name, now)];
    }

    public static Decision SendBack(Postmortem postmortem, string reason, Actor by, DateTimeOffset now) =>
        postmortem.State switch
        {
            PostmortemState.Draft => [],
            PostmortemState.Published => Published("sent back"),
            _ =>
            [
                new PostmortemSentBack(postmortem.Started.IncidentId, postmortem.Started.Service, reason, by.Name, now),
            ],
        };

    public static Decision Review(Postmortem postmortem, string? comment, Actor by, DateTimeOffset now) =>
        postmortem.State switch
        {
            PostmortemState.Draft => new Refusal(
                "postmortem-draft",
                "Nobody has asked for a review of this postmortem. Submit it first."
            ),
            PostmortemState.Reviewed => [],
            PostmortemState.Published => Published("reviewed"),
            _ when postmortem.Authors.Contains(by.Name) => new Refusal(
                "review-own",
                $"You have written in this postmortem. Somebody who has not reviews it: anybody but {string.Join(", ", postmortem.Authors)}."
            ),
            _ =>
            [
                new PostmortemReviewed(
                    postmortem.Started.IncidentId,
                    postmortem.Started.Service,
                    string.IsNullOrWhiteSpace(comment) ? null : comment,
                    by.Name,
                    now
                ),
            ],
        };

    public static Decision Publish(Postmortem postmortem, Actor by, DateTimeOffset now) =>
        postmortem.State switch
        {
            PostmortemState.Published => [],
            PostmortemState.Reviewed =>
            [
                new PostmortemPublished(postmortem.Started.IncidentId, postmortem.Started.Service, by.Name, now),
            ],
            _ => new Refusal(
                "postmortem-unreviewed",
                "Nobody has reviewed this postmortem as it stands. Submit it, and let somebody who wrote none of it review it."
            ),
        };

    /// <summary>What publishing says of the incident.</summary>
    public static TimestampStated Moment(IncidentView incident, Actor by, DateTimeOffset now) =>
        new(incident.Service, IncidentMoment.PostmortemPublished, now, Told, by.Name, now);

    private static Refusal Published(string what) =>
        new(
            "postmortem-published",
            $"A published postmortem is not {what}. What was learnt later is a note of the incident: it stands in the appendix."
        );
}

/// <summary>Until when a postmortem should be published. Pure.</summary>
public static class Due
{
    private const int DaysOfSev1 = 3;
    private const int WorkingDaysOfSev2 = 5;

    /// <summary>Null when it need not be, or the incident goes on. Working days are Monday to Friday in UTC.</summary>
    public static DateTimeOffset? Of(Severity severity, DateTimeOffset? resolvedAt) =>
        (severity, resolvedAt?.ToUniversalTime()) switch
        {
            (Severity.Sev1, { } end) => end.AddDays(DaysOfSev1),
            (Severity.Sev2, { } end) => AfterWorkingDays(end, WorkingDaysOfSev2),
            _ => null,
        };

    private static DateTimeOffset AfterWorkingDays(DateTimeOffset from, int days)
    {
        var at = from;
        while (days > 0)
        {
            at = at.AddDays(1);
            if (at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                days--;
        }

        return at;
    }
}

/// <summary>What the sections are called and what they ask. Pure.</summary>
public static class PostmortemSections
{
    public static IReadOnlyList<PostmortemSection> All { get; } = Enum.GetValues<PostmortemSection>();

    public static string TitleOf(PostmortemSection section) => Of(section).Title;

    public static string AskedBy(PostmortemSection section) => Of(section).Asks;

    /// <summary>The word in addresses: <c>went-well</c>.</summary>
    public static string WordOf(PostmortemSection section) =>
        string.Concat($"{section}".Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"-{letter}" : $"{letter}"))
            .ToLowerInvariant();

    /// <summary>By the word people use in addresses: <c>went-well</c> as well as <c>wentWell</c>.</summary>
    public static PostmortemSection? Find(string word) =>
        All.Where(one =>
                string.Equals(
                    $"{one}",
                    word.Replace("-", "", StringComparison.Ordinal),
                    StringComparison.OrdinalIgnoreCase
                )
            )
            .Select(one => (PostmortemSection?)one)
            .FirstOrDefault();

    private static (string Title, string Asks) Of(PostmortemSection section) =>
        section switch
        {
            PostmortemSection.Summary => (
                "Summary",
                "What happened, in a few sentences that somebody who was not there understands?"
            ),
            PostmortemSection.Impact => ("Impact", "Who suffered, how much, and for how long?"),
            PostmortemSection.Detection => (
                "How it was noticed",
                "What showed it, and what would have shown it earlier?"
            ),
            PostmortemSection.WentWell => ("What went well", "What helped, and should be kept?"),
            PostmortemSection.WentBadly => ("What went badly", "What hindered?"),
            PostmortemSection.Lucky => (
                "Where we were lucky",
                "What would have made it worse, and happened not to be so?"
            ),
            PostmortemSection.ContributingFactors => (
                "Contributing factors",
                "What had to come together for it to happen? Ask how it made sense at the time, not who did it."
            ),
            _ => ("Lessons", "What do we know now that we did not know before?"),
        };
}
