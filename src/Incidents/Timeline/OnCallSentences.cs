using System.Globalization;
using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;

namespace Steady.Incidents.Timeline;

/// <summary>What happens to schedules, as lines of a schedule's timeline.</summary>
public static class OnCallSentences
{
    private const int MostNames = 10;

    public static Line? Of(Guid stream, object data) =>
        data switch
        {
            ScheduleSet e => Own(e.Name, e.At, e.By, $"The schedule {e.Name} was set: {e.Reason}{For(e.Changes)}"),
            ScheduleOverridden e => Own(
                e.Name,
                e.At,
                e.By,
                $"{e.Person} takes over {e.Name}, {Period(e.From, e.To)}: {e.Reason}"
            ),
            OverrideCancelled e => Own(e.Name, e.At, e.By, $"An override of {e.Name} was taken back."),
            SwapProposed e => Own(
                e.Name,
                e.At,
                e.By,
                $"{e.By} asks {e.With} to take {Period(e.Give)} of {e.Name}, for {Period(e.Take)}: {e.Reason}"
            ),
            SwapAccepted e => Own(e.Name, e.At, e.By, $"{e.By} accepted a swap in {e.Name}."),
            SwapDeclined e => Own(e.Name, e.At, e.By, $"{e.By} declined a swap in {e.Name}."),
            SwapWithdrawn e => Own(e.Name, e.At, e.By, $"{e.By} withdrew a swap in {e.Name}."),
            CalendarLinkCreated { Schedule: { } name } e => Own(
                name,
                e.At,
                e.By,
                $"A calendar link of {name} was made."
            ),
            CalendarLinkCreated e => new Line(e.At, [], null, $"A calendar link of {e.Person} was made.") { By = e.By },
            CalendarLinkRevoked e => new Line(e.At, [], null, "A calendar link was revoked.") { By = e.By },
            _ => null,
        }
            is { } line
            ? line with
            {
                SubjectId = stream,
            }
            : null;

    private static Line Own(string schedule, DateTimeOffset at, string by, string text) =>
        new(at, [], null, text) { By = by, Schedule = schedule };

    private static string For(IReadOnlyList<PersonChange>? changes) =>
        changes is not { Count: > 0 }
            ? ""
            : $" It changes who is on call for {string.Join(", ", changes.Take(MostNames).Select(one => $"{one.Person} (from {Moment(one.First)})"))}"
                + $"{(changes.Count > MostNames ? $" and {changes.Count - MostNames} more" : "")}.";

    private static string Period(Stretch stretch) => Period(stretch.From, stretch.To);

    private static string Period(DateTimeOffset from, DateTimeOffset to) => $"{Moment(from)} to {Moment(to)}";

    private static string Moment(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
