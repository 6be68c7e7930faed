using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>Who tells what an entry says. Pure.</summary>
public static class Accounts
{
    private const string Author = "author";
    private static readonly HashSet<string> Platform = ["incidents", "budgets", "experiments"];
    private static readonly HashSet<string> Words = ["note-added", "note", "timestamp-stated"];

    // What a machine noticed and what people did by command: a story told beside it may differ from it.
    private static readonly HashSet<string> Acts =
    [
        "alert",
        "page",
        "ack",
        "declare",
        "severity",
        "deploy",
        "flag",
        "experiment",
        "mitigate",
        "recover",
        "resolve",
    ];

    // What the one who gives the command does.
    private static readonly HashSet<string> Personal = ["ack", "declare", "severity", "mitigate", "resolve"];

    /// <summary>Whether a person or a foreign source says so, and the platform did not see it happen.</summary>
    public static bool IsTold(TimelineEntry entry) => !Platform.Contains(entry.Source) || Words.Contains(entry.Kind);

    /// <summary>Whether somebody wrote it into the incident by hand.</summary>
    public static bool IsNote(TimelineEntry entry) => Platform.Contains(entry.Source) && Words.Contains(entry.Kind);

    /// <summary>Whether this service did it, at the moment at which it stored it.</summary>
    public static bool IsAct(TimelineEntry entry) =>
        entry.Source == "incidents"
        && !Words.Contains(entry.Kind)
        && !entry.Kind.StartsWith("alert-", StringComparison.Ordinal)
        && !entry.Kind.StartsWith("entry-", StringComparison.Ordinal);

    /// <summary>Whether it can say something else than another account does.</summary>
    public static bool CanDisagree(TimelineEntry entry) =>
        entry.Corrects is null && entry.Kind != "timestamp-stated" && (IsTold(entry) || Acts.Contains(Sorts.Of(entry)));

    /// <summary>One voice: a source; of notes, the one who wrote them.</summary>
    public static string Of(TimelineEntry entry) => IsNote(entry) ? $"{entry.Source}, {entry.Actor}" : entry.Source;

    /// <summary>Who did it, by the words of the account; null where it does not say. Who writes evidence down is not who did it.</summary>
    public static string? PersonOf(TimelineEntry entry) =>
        entry.Labels?.GetValueOrDefault(Author) is { Length: > 0 } author ? author
        : IsAct(entry) && Personal.Contains(Sorts.Of(entry)) && !entry.Actor.Contains(':', StringComparison.Ordinal)
            ? entry.Actor
        : null;
}

/// <summary>Which sorts of things can be one and the same. Pure.</summary>
public static class Sorts
{
    private static readonly Dictionary<string, string> Families = new(StringComparer.Ordinal)
    {
        ["alert"] = Sign,
        ["page"] = Sign,
        ["symptom"] = Sign,
        ["detect"] = Sign,
        ["budget"] = Sign,
        ["action"] = Deed,
        ["mitigate"] = Deed,
        ["deploy"] = Deed,
        ["config"] = Deed,
        ["flag"] = Deed,
        ["silence"] = Deed,
        ["experiment"] = Deed,
        ["recover"] = End,
        ["resolve"] = End,
        ["close"] = End,
        ["diagnose"] = Thought,
        ["hypothesis"] = Thought,
        ["decision"] = Thought,
        ["decide"] = Thought,
        ["ack"] = Person,
        ["role"] = Person,
        ["declare"] = Person,
        ["severity"] = Person,
    };

    /// <summary>Something was noticed.</summary>
    public const string Sign = "sign";

    /// <summary>Something was done.</summary>
    public const string Deed = "deed";

    /// <summary>It was over.</summary>
    public const string End = "end";

    private const string Thought = "thought";
    private const string Person = "person";

    private static readonly HashSet<string> Signs = ["alert", "page", "symptom", "detect", "budget"];

    // That something is over, seen or told of is no sign that it begins.
    private static readonly HashSet<string> NoSigns =
    [
        "alert-resolved",
        "alert-acknowledged",
        "burn-alert-closed",
        "budget-restored",
        "data-gap-closed",
        "adjustment-approved",
        "adjustment-revoked",
        "spend-attributed",
        "gate-decided",
        "escalation-stopped",
        "page-dropped",
    ];

    /// <summary>Whether it shows that something is wrong.</summary>
    public static bool IsSign(TimelineEntry entry) => Signs.Contains(Of(entry)) && !NoSigns.Contains(entry.Kind);

    public static string Of(TimelineEntry entry) => entry.Category is "" ? Categories.Of(entry.Kind) : entry.Category;

    /// <summary>Null for words that may be about anything: a note, a message, an update.</summary>
    public static string? FamilyOf(TimelineEntry entry) => Families.GetValueOrDefault(Of(entry));

    /// <summary>How well two entries agree in what sort of thing they tell of, as a share to add to their likeness.</summary>
    public static double Agreement(TimelineEntry one, TimelineEntry other) =>
        Of(one) == Of(other) ? 0.1
        : FamilyOf(one) is not { } family || FamilyOf(other) is not { } second ? 0
        : family == second ? 0.05
        : -0.1;
}
