using System.Text.RegularExpressions;
using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>What the kinds of a timeline's entries are called and how they look.</summary>
public static partial class Kinds
{
    /// <summary>The severity that an entry of the incident itself speaks of.</summary>
    public static Severity? SeverityIn(TimelineEntry entry) =>
        entry.Kind is "incident-declared" or "incident-severity-changed"
        && SeverityWord().Match(entry.Text) is { Success: true } match
            ? (Severity)(match.Groups[1].ValueSpan[0] - '1')
            : null;

    public static bool Denies(TimelineEntry entry) =>
        entry.Kind == "gate-decided" && entry.Text.StartsWith("The gate denies", StringComparison.Ordinal);

    /// <summary>Two words at most, for the picture; null for what the picture shows in another way.</summary>
    public static string? Label(TimelineEntry entry) =>
        entry.Kind switch
        {
            "incident-declared" => "declared",
            "incident-acknowledged" when entry.Text.Contains(" is on it too; ", StringComparison.Ordinal) =>
                $"{Person(entry.Actor)} joined",
            "incident-acknowledged" => $"{Person(entry.Actor)} took it",
            "incident-severity-changed" => SeverityIn(entry) is { } severity ? $"→ {Words.Name(severity)}" : "severity",
            "note-added" => "note",
            "alert-attached" => "alert joined",
            "incident-mitigated" => "mitigated",
            "incident-resolved" => "resolved",
            "incident-accepted" => "accepted",
            "incident-declined" => "declined",
            "incident-merged" or "incident-absorbed" => "merged",
            "incident-reopened" => "reopened",
            "incident-closed" => "closed",
            "role-assigned" or "handover-confirmed" => "role taken",
            "update-posted" => "told",
            "update-overdue" => "word overdue",
            "task-overdue" => "task overdue",
            "gate-decided" => Denies(entry) ? "denied" : "allowed",
            "burn-alert-opened" => "burn alert",
            "burn-alert-closed" => "alert over",
            "budget-exhausted" => "exhausted",
            "budget-restored" => "budget again",
            "spend-attributed" => "spend attributed",
            "run-refused" => "refused",
            "run-started" => "run began",
            "run-halted" => "halted",
            "run-concluded" => "run ended",
            "revert-unconfirmed" => "fault left?",
            _ => null,
        };

    public static string Tone(TimelineEntry entry) =>
        entry.Kind switch
        {
            "gate-decided" => Denies(entry) ? "bad" : "ok",
            "budget-exhausted" or "revert-unconfirmed" or "run-halted" or "incident-declared" or "incident-reopened" =>
                "bad",
            "budget-restored" or "incident-resolved" or "incident-mitigated" or "burn-alert-closed" => "ok",
            "burn-alert-opened" or "incident-severity-changed" or "run-refused" => "warn",
            _ => "plain",
        };

    /// <summary>The kind as words: <c>burn-alert-opened</c> is "Burn alert opened".</summary>
    public static string Name(string kind) =>
        kind.Length == 0 ? "" : $"{char.ToUpperInvariant(kind[0])}{kind.AsSpan(1)}".Replace('-', ' ');

    /// <summary>A name of the contracts as words: <c>OperationsLead</c> is "Operations lead".</summary>
    public static string Said(string name) => Name(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name));

    public static string Role(IncidentRole role) => Said($"{role}");

    public static string Moment(IncidentMoment moment) =>
        moment switch
        {
            IncidentMoment.ImpactStarted => "Impact began",
            IncidentMoment.FirstNotified => "First person told",
            IncidentMoment.CommanderJoined => "Command taken",
            IncidentMoment.Identified => "Cause known",
            _ => Said($"{moment}"),
        };

    public static string Lane(string source) =>
        source switch
        {
            "budgets" => "Budget",
            "experiments" => "Game day",
            "incidents" => "Incident",
            _ => source,
        };

    /// <summary>The part of an actor's name that a colleague would say.</summary>
    public static string Person(string actor) => actor.Split('@')[0].Split(':')[^1];

    [GeneratedRegex("SEV-([1-4])")]
    private static partial Regex SeverityWord();
}
