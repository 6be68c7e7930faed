using System.Globalization;
using Steady.Contracts.Experiments;

namespace Steady.Web.Drawing;

/// <summary>What somebody else has made of a game day's plan meanwhile, and what a change of it takes along. Pure.</summary>
public static class PlanChanges
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>Sentences; one, where the plan says the same and only the day has gone on.</summary>
    /// <param name="seen">The plan that somebody began to change.</param>
    /// <param name="now">As it stands.</param>
    public static IReadOnlyList<string> Between(GameDayPlan seen, GameDayPlan now)
    {
        List<string> told = [];
        if (seen.Title != now.Title)
            told.Add($"It is called “{now.Title}” now.");
        if (seen.Environment != now.Environment)
            told.Add($"It takes place in {now.Environment} now.");
        if (seen.Window != now.Window)
            told.Add($"It is on {Window(now.Window)} now.");
        if (!seen.Agenda.SequenceEqual(now.Agenda))
            told.Add($"The agenda is now: {string.Join(", ", now.Agenda.Select(Item))}.");
        told.AddRange(seen.Roles.Except(now.Roles).Select(gone => $"{Holder(gone)} no longer."));
        told.AddRange(now.Roles.Except(seen.Roles).Select(come => $"{Holder(come)} now."));
        return told.Count > 0
            ? told
            : ["The plan still says what you began with: there was a vote, an answer or an announcement."];
    }

    /// <summary>What another plan takes with it, because it was about the one before; null where there is nothing of it.</summary>
    public static string? Voids(GameDayView day)
    {
        var known = day.Announcements.Sum(sent => sent.Acknowledged.Count);
        string?[] gone =
        [
            day.Approval switch
            {
                { State: ApprovalState.Granted } => "the approval",
                { State: ApprovalState.Requested } => "the request for approval",
                _ => null,
            },
            Count(day.Votes.Count, "vote"),
            Count(known, "acknowledgement"),
        ];
        return string.Join(", ", gone.OfType<string>()) is { Length: > 0 } all
            ? $"A change takes this with it, because it was about the plan before: {all}."
            : null;
    }

    private static string? Count(int count, string what) =>
        count switch
        {
            0 => null,
            1 => $"1 {what}",
            _ => $"{count} {what}s",
        };

    private static string Window(GameDayWindow window) =>
        string.Create(
            English,
            $"{window.Day:d MMM yyyy} from {window.From:HH\\:mm} until {window.Until:HH\\:mm} ({window.Zone})"
        );

    private static string Item(AgendaItem item) =>
        item.Minutes is { } minutes ? $"{item.Title} ({minutes} min)" : item.Title;

    private static string Holder(RoleHolder holder) =>
        $"{Kinds.Person(holder.Person)} is {$"{holder.Role}".ToLowerInvariant()}";
}
