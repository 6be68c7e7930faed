using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using UpdatePosted = Steady.Incidents.Response.UpdatePosted;

namespace Steady.Incidents.Timeline;

/// <summary>How an incident is worked on, as lines of its timeline.</summary>
public static class WorkSentences
{
    /// <summary>A role as people say it: <c>operations lead</c>.</summary>
    public const string RoleLabel = "role";

    /// <summary>Who has the role, or whom it is about.</summary>
    public const string PersonLabel = "person";

    /// <summary><c>customers</c> or <c>colleagues</c>.</summary>
    public const string AudienceLabel = "audience";

    private const string Clock = "rule:reminder";

    public static Line? Of(object data) =>
        data switch
        {
            RoleAssigned e => Own(e.At, e.Service, e.By, $"{e.Person} is {Staffing.Name(e.Role)} now.")
                .With(RoleLabel, Staffing.Name(e.Role), PersonLabel, e.Person),
            RoleReleased e => Own(e.At, e.Service, e.By, $"{e.Person} is {Staffing.Name(e.Role)} no longer.")
                .With(RoleLabel, Staffing.Name(e.Role), PersonLabel, e.Person),
            HandoverOffered e => Own(
                e.At,
                e.Service,
                e.By,
                $"{e.From} is to hand over to {e.To} as {Staffing.Name(e.Role)}{(e.Briefing is null ? "." : $": {e.Briefing}")}"
            ),
            HandoverConfirmed e => Own(
                    e.At,
                    e.Service,
                    e.By,
                    $"{e.To} has taken over from {e.From} as {Staffing.Name(e.Role)}."
                )
                .With(RoleLabel, Staffing.Name(e.Role), PersonLabel, e.To),
            HandoverDeclined e => Own(
                e.At,
                e.Service,
                e.By,
                $"{e.To} does not take over as {Staffing.Name(e.Role)}: {e.Reason}"
            ),
            HandoverWithdrawn e => Own(
                e.At,
                e.Service,
                e.By,
                $"The offer to {e.To} to be {Staffing.Name(e.Role)} was taken back."
            ),
            HandoverExpired e => Own(
                e.At,
                e.Service,
                Clock,
                $"{e.To} has not answered: {e.From} is still {Staffing.Name(e.Role)}."
            ),
            _ => OfTasks(data) ?? OfUpdates(data) ?? OfPrivacy(data),
        };

    private static Line? OfTasks(object data) =>
        data switch
        {
            TaskAdded e => Own(
                e.At,
                e.Service,
                e.By,
                $"Task {e.Number}{(e.Owner is null ? "" : $" for {e.Owner}")}{Until(e.DueAt)}: {e.Text}"
            ),
            TaskChanged e => Own(
                e.At,
                e.Service,
                e.By,
                $"Task {e.Number} is {(e.Owner is null ? "nobody's" : $"{e.Owner}'s")} now{Until(e.DueAt)}: {e.Text}"
            ),
            TaskDone e => Own(
                e.At,
                e.Service,
                e.By,
                $"Task {e.Number} is done: {e.Text}{(e.Outcome is null ? "" : $" ({e.Outcome})")}"
            ),
            TaskOverdue e => Own(
                e.At,
                e.Service,
                Clock,
                $"Task {e.Number}{(e.Owner is null ? "" : $" of {e.Owner}")} is overdue: {e.Text}"
            ),
            _ => null,
        };

    private static Line? OfUpdates(object data) =>
        data switch
        {
            TimestampStated e => Own(
                e.At,
                e.Service,
                e.By,
                e.OccurredAt is { } at
                    ? $"{Words(e.Moment)} at {at.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC, says {e.By}: {e.Reason}"
                    : $"{e.By} takes back what was said of {Words(e.Moment).ToLowerInvariant()}: {e.Reason}"
            ),
            UpdatePosted e => Own(e.At, e.Service, e.By, $"Told {Listeners(e.Audience)}: {e.Text}")
                .With(AudienceLabel, Listeners(e.Audience)),
            UpdateOverdue e => Own(
                e.At,
                e.Service,
                Clock,
                $"Stakeholders were promised the next word by {e.DueAt.ToUniversalTime():HH:mm} UTC."
            ),
            _ => null,
        };

    private static Line? OfPrivacy(object data) =>
        data switch
        {
            IncidentMadePrivate e => Own(e.At, e.Service, e.By, $"Private from now on: {e.Reason}"),
            IncidentMadePublic e => Own(e.At, e.Service, e.By, $"Public from now on: {e.Reason}"),
            PersonAdded e => Own(e.At, e.Service, e.By, $"{e.Person} is to see it: {e.Reason}"),
            PersonRemoved e => Own(e.At, e.Service, e.By, $"{e.Person} is not to see it any more: {e.Reason}"),
            _ => null,
        };

    private static string Listeners(UpdateAudience audience) =>
        audience == UpdateAudience.Customers ? "customers" : "colleagues";

    private static string Until(DateTimeOffset? due) =>
        due is { } at ? $", until {at.ToUniversalTime():yyyy-MM-dd HH:mm} UTC" : "";

    private static string Words(IncidentMoment moment) =>
        moment switch
        {
            IncidentMoment.ImpactStarted => "Users began to suffer",
            IncidentMoment.Detected => "It was noticed",
            IncidentMoment.FirstNotified => "The first person was told",
            IncidentMoment.CommanderJoined => "The commander joined",
            IncidentMoment.Identified => "The cause was known",
            IncidentMoment.PostmortemPublished => "The postmortem was published",
            _ => $"It was {moment}".ToLowerInvariant() is var said ? $"I{said[1..]}" : "",
        };

    private static Line Own(DateTimeOffset at, string service, string by, string text) =>
        new(at, [service], Guid.Empty, text) { By = by };
}
