using System.Globalization;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.OnCall;

/// <summary>Something that somebody is told about their time on call.</summary>
public sealed record Notice(string Person, string Text);

/// <summary>Who is told what of what happens to a schedule: whom it concerns, and not whoever did it. Pure.</summary>
public static class Noticing
{
    /// <param name="before">The schedule as it was; null for a new one.</param>
    /// <param name="events">What happens to it.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="now">When.</param>
    public static IReadOnlyList<Notice> Of(
        Schedule? before,
        IReadOnlyList<object> events,
        string by,
        DateTimeOffset now
    ) => [.. events.SelectMany(one => Of(before, one, events, now)).Where(one => one.Person != by)];

    private static IEnumerable<Notice> Of(
        Schedule? before,
        object data,
        IReadOnlyList<object> all,
        DateTimeOffset now
    ) =>
        (data, before) switch
        {
            (ScheduleSet e, _) => (e.Changes ?? []).Select(one => new Notice(one.Person, Changed(e, one))),
            // The two of a swap know already.
            (ScheduleOverridden e, { } known) when !all.OfType<SwapAccepted>().Any() => Between(
                known,
                known.Apply(e),
                e,
                now,
                $"{e.Person} takes over from {Moment(e.From)} to {Moment(e.To)}, says {e.By}: {e.Reason}"
            ),
            (OverrideCancelled e, { } known) => known
                .Overrides.Where(one => one.OverrideId == e.OverrideId)
                .SelectMany(one => Between(known, known.Apply(e), one, now, TakenBack(e, one))),
            (_, { } known) => OfSwap(known, data),
            _ => [],
        };

    private static IEnumerable<Notice> OfSwap(Schedule before, object data) =>
        data switch
        {
            SwapProposed e =>
            [
                new Notice(
                    e.With,
                    $"{e.By} asks you to swap in {e.Name}: you take {Period(e.Give)}, {e.By} takes {Period(e.Take)}. {e.Reason}"
                ),
            ],
            SwapAccepted e => Asked(before, e.SwapId)
                .Select(swap => new Notice(
                    swap.By,
                    $"{e.By} said yes to your swap in {e.Name}: {e.By} takes {Period(swap.Give)}, you take {Period(swap.Take)}."
                )),
            SwapDeclined e => Asked(before, e.SwapId)
                .Select(swap => new Notice(
                    swap.By,
                    $"{e.By} said no to your swap in {e.Name}: you keep {Period(swap.Give)}."
                )),
            SwapWithdrawn e => Asked(before, e.SwapId)
                .Select(swap => new Notice(
                    swap.With,
                    $"{e.By} no longer asks you to swap in {e.Name}: you keep {Period(swap.Take)}."
                )),
            _ => [],
        };

    private static string TakenBack(OverrideCancelled e, ScheduleOverridden one) =>
        $"{e.By} took back that {one.Person} takes over from {Moment(one.From)} to {Moment(one.To)}.";

    private static IEnumerable<SwapProposed> Asked(Schedule schedule, Guid swap) =>
        schedule.Swaps.Where(one => one.SwapId == swap);

    // What is past is as it was.
    private static IEnumerable<Notice> Between(
        Schedule before,
        Schedule after,
        ScheduleOverridden over,
        DateTimeOffset now,
        string because
    )
    {
        var (begin, to) = (over.From > now ? over.From : now, over.To);
        return begin >= to
            ? []
            : Rescheduling
                .Between(Rostering.Shifts(before, begin, to), Rostering.Shifts(after, begin, to))
                .Select(one => new Notice(one.Person, $"{Hours(before.Name, one)}. {because}"));
    }

    private static string Changed(ScheduleSet set, PersonChange one) =>
        $"{Hours(set.Name, one)} until {Moment(set.At + Rescheduling.Ahead)}. {set.By} set the schedule: {set.Reason}";

    private static string Hours(string schedule, PersonChange one)
    {
        string?[] said =
        [
            one.HoursMore > 0 ? string.Create(CultureInfo.InvariantCulture, $"{one.HoursMore:0.##} h more") : null,
            one.HoursLess > 0 ? string.Create(CultureInfo.InvariantCulture, $"{one.HoursLess:0.##} h less") : null,
        ];
        return $"Your time on call in {schedule} changes from {Moment(one.First)}: {string.Join(" and ", said.OfType<string>())}";
    }

    private static string Period(Stretch stretch) => $"{Moment(stretch.From)} to {Moment(stretch.To)}";

    private static string Moment(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
