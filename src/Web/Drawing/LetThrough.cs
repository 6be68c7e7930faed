using Steady.Contracts.Budgets;

namespace Steady.Web.Drawing;

/// <summary>What people can still do about a question that a gate denied, and what they did. Pure.</summary>
public static class LetThrough
{
    /// <summary>
    /// Nobody asked for it, what was given or asked for has lapsed, or who looks has asked for it and may say it in other words.
    /// </summary>
    public static bool MayBeAsked(GateDecision decision, DateTimeOffset now, string me) =>
        decision.Decision == GateVerdict.Deny
        && (
            decision.Override is not { } last
            || last.ExpiresAt <= now
            || (last.ApprovedBy is null && last.ProposedBy == me)
        );

    /// <summary>Somebody else asked for it, and it still waits.</summary>
    public static bool MayBeAgreed(GateDecision decision, DateTimeOffset now, string me) =>
        decision is { Decision: GateVerdict.Deny, Override: { ApprovedBy: null } asked }
        && asked.ProposedBy != me
        && asked.ExpiresAt > now;

    /// <summary>What was done about it; null where nothing was.</summary>
    public static string? Said(GateDecision decision, DateTimeOffset now)
    {
        if (decision.Override is not { } last)
            return null;
        var (asked, until) = (Kinds.Person(last.ProposedBy), $"{Words.Minute(last.ExpiresAt)} UTC");
        var what = (last.ApprovedBy is { } by ? Kinds.Person(by) : null, last.ExpiresAt > now) switch
        {
            ({ } agreed, true) => $"Let through until {until} by {asked} and {agreed}",
            ({ } agreed, false) => $"Was let through until {until} by {asked} and {agreed}",
            (null, true) => $"{asked} asks to let it through; somebody else can agree until {until}",
            _ => $"{asked} asked to let it through, and nobody agreed until {until}",
        };
        return $"{what}: {last.Reason}";
    }
}
