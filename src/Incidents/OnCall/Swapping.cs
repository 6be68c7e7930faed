using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

/// <summary>What may be done with a swap. Pure.</summary>
public static class Swapping
{
    public const string Accepted = "accepted";
    public const string Declined = "declined";
    public const string Withdrawn = "withdrawn";
    private const int Most = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Whether it can no longer be accepted: one of its stretches has begun.</summary>
    public static bool IsOver(SwapProposed swap, DateTimeOffset now) => swap.Give.From < now || swap.Take.From < now;

    /// <summary>Asked once; the same request again changes nothing.</summary>
    public static Decision Propose(Schedule schedule, Guid id, ProposeSwap command, Actor by, DateTimeOffset now)
    {
        if (schedule.Answered.ContainsKey(id) || schedule.Swaps.Any(one => one.SwapId == id))
            return [];
        if (command.With == by.Name)
            return new Refusal("swap-self", "A swap is between two. Name somebody else in 'with'.");
        var swap = new SwapProposed(
            schedule.Name,
            id,
            command.With,
            Universal(command.Give),
            Universal(command.Take),
            command.Reason,
            by.Name,
            now
        );
        if ((Span("give", swap.Give) ?? Span("take", swap.Take)) is { } wrong)
            return wrong;
        if (schedule.Swaps.Count(one => !IsOver(one, now)) >= Most)
            return new Refusal("swap-limit", $"{Most} swaps of this schedule wait for an answer. Answer some of them.");
        return Standing(schedule, swap, now) is { } standing ? standing : [swap];
    }

    /// <summary>Only whoever was asked says yes, and only while both still have what they give.</summary>
    public static Decision Accept(Schedule schedule, Guid id, Actor by, DateTimeOffset now)
    {
        if (Find(schedule, id, Accepted, out var swap) is { } answer)
            return answer;
        if (swap.With != by.Name)
            return NotYours($"{swap.With} was asked, so only {swap.With} accepts.");
        if (Standing(schedule, swap, now) is { } standing)
            return standing;
        return
        [
            new SwapAccepted(schedule.Name, id, by.Name, now),
            Over(schedule, swap, "give", swap.With, swap.Give, now),
            Over(schedule, swap, "take", swap.By, swap.Take, now),
        ];
    }

    public static Decision Decline(Schedule schedule, Guid id, Actor by, DateTimeOffset now)
    {
        if (Find(schedule, id, Declined, out var swap) is { } answer)
            return answer;
        return swap.With == by.Name
            ? [new SwapDeclined(schedule.Name, id, by.Name, now)]
            : NotYours($"{swap.With} was asked, so only {swap.With} declines.");
    }

    public static Decision Withdraw(Schedule schedule, Guid id, Actor by, DateTimeOffset now)
    {
        if (Find(schedule, id, Withdrawn, out var swap) is { } answer)
            return answer;
        return swap.By == by.Name
            ? [new SwapWithdrawn(schedule.Name, id, by.Name, now)]
            : NotYours($"{swap.By} asked, so only {swap.By} withdraws it.");
    }

    // The answer when there is nothing to be said to it any more: none when it was said already.
    private static Decision? Find(Schedule schedule, Guid id, string wanted, out SwapProposed swap)
    {
        swap = schedule.Swaps.FirstOrDefault(one => one.SwapId == id)!;
        if (swap is not null)
            return null;
        if (schedule.Answered.TryGetValue(id, out var answer) && answer == wanted)
            return [];
        return new Refusal(
            "swap-closed",
            answer is null
                ? "There is no such swap in this schedule. GET the schedule lists those that wait."
                : $"This swap was {answer}. Propose another."
        );
    }

    private static Refusal? Standing(Schedule schedule, SwapProposed swap, DateTimeOffset now)
    {
        if (IsOver(swap, now))
            return new Refusal("swap-past", "A stretch of this swap has begun. Swap what is still to come.");
        return Has(schedule, swap.By, swap.Give) ?? Has(schedule, swap.With, swap.Take);
    }

    private static Refusal? Has(Schedule schedule, string person, Stretch stretch) =>
        Rostering.Shifts(schedule, stretch.From, stretch.To).FirstOrDefault(shift => shift.Person != person)
            is { } other
            ? new Refusal(
                "swap-shift",
                $"{person} is not on call at {other.From:u}, {other.Person ?? "nobody"} is. People swap what they have; the preview shows it."
            )
            : null;

    private static Refusal? Span(string field, Stretch stretch) =>
        stretch.To <= stretch.From || stretch.To - stretch.From > Longest
            ? new Refusal(
                "swap-span",
                $"'{field}' ends after it begins, and at most 366 days later. Correct its 'from' or 'to'."
            )
            : null;

    private static Refusal NotYours(string detail) => new Refusal("swap-not-yours", detail);

    private static ScheduleOverridden Over(
        Schedule schedule,
        SwapProposed swap,
        string side,
        string person,
        Stretch stretch,
        DateTimeOffset now
    ) =>
        new(
            schedule.Name,
            StableId.From("swap", swap.SwapId.ToString(), side),
            person,
            stretch.From,
            stretch.To,
            swap.Reason,
            swap.By,
            now
        );

    private static Stretch Universal(Stretch stretch) =>
        new(stretch.From.ToUniversalTime(), stretch.To.ToUniversalTime());
}
