using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Status;

/// <summary>What customers were told of a story so far, by mail.</summary>
/// <param name="Id">The story.</param>
/// <param name="Changes">How often it had changed by then.</param>
/// <param name="Notes">How many notes.</param>
/// <param name="Step">How far it was.</param>
/// <param name="Impact">How much customers noticed.</param>
public sealed record StatusTold(Guid Id, int Changes, int Notes, StatusStep Step, StatusImpact Impact);

/// <summary>A mail that has to be sent. Its text is made when it is: until then, what it is about may have to be kept secret.</summary>
/// <param name="Id">The same for the same mail, so that it is not asked for twice, and that a mailbox can tell when it came twice.</param>
/// <param name="To">Whose: the wish or the subscriber.</param>
/// <param name="Story">About what; null for the mail that asks whether mails are wanted.</param>
/// <param name="From">The first note that is new, from 0.</param>
/// <param name="Until">The one after the last.</param>
/// <param name="Step">How far it was.</param>
/// <param name="Impact">How much customers noticed.</param>
/// <param name="Attempts">How often it was taken.</param>
/// <param name="DueAt">When it is taken next; later than now while somebody sends it.</param>
/// <param name="At">When it was asked for.</param>
public sealed record StatusMail(
    Guid Id,
    string To,
    Guid? Story,
    int From,
    int Until,
    StatusStep Step,
    StatusImpact Impact,
    int Attempts,
    DateTimeOffset DueAt,
    DateTimeOffset At
)
{
    /// <summary>Asks whether mails are wanted.</summary>
    public static StatusMail Question(StatusWish wish) =>
        new(
            StableId.From("status-question", wish.Id, $"{wish.AskedAt.UtcTicks}"),
            wish.Id,
            null,
            0,
            0,
            default,
            default,
            0,
            wish.AskedAt,
            wish.AskedAt
        );
}

/// <summary>When customers get a mail, and when it is tried. Pure.</summary>
public static class Mailing
{
    /// <summary>Longer than an attempt may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    // What could not be sent for half a day tells nothing any more.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(8),
    ];

    /// <summary>What is told now; null when customers would read nothing new.</summary>
    public static StatusTold? News(PublicStory story, StatusTold? before)
    {
        var now = new StatusTold(story.Id, story.Changes, story.Notes.Count, story.Step, story.Impact);
        if (before is null)
            return now;
        // While stories are built anew, they are older than what was told.
        return now.Changes <= before.Changes || now with { Changes = before.Changes } == before ? null : now;
    }

    /// <summary>The mails that tell it.</summary>
    public static IEnumerable<StatusMail> To(
        IEnumerable<StatusSubscriber> subscribers,
        string component,
        StatusTold news,
        StatusTold? before,
        DateTimeOffset now
    ) =>
        subscribers
            .Where(one => one.Components.Count == 0 || one.Components.Contains(component))
            .Select(one => new StatusMail(
                StableId.From("status-mail", $"{news.Id}", $"{news.Changes}", one.Id, $"{one.Since.UtcTicks}"),
                one.Id,
                news.Id,
                Math.Min(before?.Notes ?? 0, news.Notes),
                news.Notes,
                news.Step,
                news.Impact,
                0,
                now,
                now
            ));

    /// <summary>Somebody sends it now; who has not said what came of it by then is taken for dead.</summary>
    public static StatusMail Take(StatusMail mail, DateTimeOffset now) =>
        mail with
        {
            Attempts = mail.Attempts + 1,
            DueAt = now + Lease,
        };

    /// <summary>When a mail that did not get through is tried again; null when it is given up.</summary>
    public static DateTimeOffset? Again(StatusMail mail, DateTimeOffset now) =>
        mail.Attempts <= Waits.Length ? now + Waits[mail.Attempts - 1] : null;
}
