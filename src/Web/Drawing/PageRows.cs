using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>One person who was paged at one moment for one reason, over one or several channels.</summary>
public sealed record PageRow(string Person, string Because, DateTimeOffset At, IReadOnlyList<PageView> Channels);

/// <summary>How an incident's escalation is said. Pure.</summary>
public static class PageRows
{
    /// <summary>Newest first; the channels of one call are one row.</summary>
    public static IReadOnlyList<PageRow> Of(IReadOnlyList<PageView> pages) =>
        [
            .. pages
                .GroupBy(page => (page.Person, page.Because, page.RequestedAt))
                .OrderByDescending(call => call.Key.RequestedAt)
                .ThenBy(call => call.Key.Person, StringComparer.Ordinal)
                .Select(call => new PageRow(call.Key.Person, call.Key.Because, call.Key.RequestedAt, [.. call])),
        ];

    public static string Word(PageView page) =>
        page.Status switch
        {
            PageStatus.Delivered when page.Kind == ChannelKind.Console => "shown",
            PageStatus.Delivered => "delivered",
            PageStatus.Failed => "failed",
            PageStatus.Dropped => "not needed",
            _ when page.Attempts > 0 => $"tried {page.Attempts} {(page.Attempts == 1 ? "time" : "times")}",
            _ => "waits",
        };

    public static string Tone(PageView page) =>
        page.Status switch
        {
            PageStatus.Delivered => "ok",
            PageStatus.Failed => "bad",
            PageStatus.Waiting when page.Attempts > 0 => "warn",
            _ => "",
        };

    /// <summary>What there is to say beside the word; null for nothing.</summary>
    public static string? More(PageView page) =>
        page.Status switch
        {
            PageStatus.Delivered when page.DoneAt is { } at => Words.Clock(at),
            PageStatus.Failed => page.Result,
            PageStatus.Waiting when page is { Attempts: > 0, DueAt: { } again } =>
                $"{page.Result}; again at {Words.Clock(again)}",
            PageStatus.Waiting when page.DueAt is { } due => $"until {Words.Clock(due)}, unless somebody takes it",
            _ => null,
        };

    /// <summary>How the escalation stands, in a word.</summary>
    public static string Word(EscalationView escalation) =>
        escalation.Status switch
        {
            EscalationStatus.Running => "Paging",
            EscalationStatus.Stopped => "Stopped",
            EscalationStatus.Exhausted => "Nobody left",
            _ => "Nobody is paged",
        };

    public static string Tone(EscalationView escalation) =>
        escalation.Status switch
        {
            EscalationStatus.Running => "warn",
            EscalationStatus.Stopped => "ok",
            EscalationStatus.Exhausted => "bad",
            _ => "",
        };

    /// <summary>The same, as a sentence.</summary>
    public static string Sentence(EscalationView escalation, string service, DateTimeOffset now) =>
        escalation.Status switch
        {
            EscalationStatus.Running when escalation.NextAt is { } at => at <= now
                ? "The next step is taken now."
                : $"The next step comes in {Words.Length(at - now)}, at {Words.Clock(at)}, unless somebody takes it.",
            EscalationStatus.Running => "The first step is taken now.",
            EscalationStatus.Stopped => "Somebody has it, or it is over.",
            EscalationStatus.Exhausted => "All steps were gone through and nobody has taken it.",
            _ => $"No escalation policy is for {service}.",
        };

    /// <summary>Where in its policy it is; null before the first step and without a policy.</summary>
    public static string? Place(EscalationView escalation) =>
        escalation is { Policy: { } policy, Step: > 0 }
            ? $"step {escalation.Step} of {policy}{(escalation.Round > 1 ? $", round {escalation.Round}" : "")}"
            : escalation.Policy;
}
