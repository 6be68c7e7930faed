namespace Steady.Incidents.Timeline;

/// <summary>What sort of thing an entry is, in the one word that all sources share. Pure.</summary>
public static class Categories
{
    /// <summary>All of them, in the order in which a story is told.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "context",
        "deploy",
        "flag",
        "config",
        "experiment",
        "symptom",
        "alert",
        "silence",
        "detect",
        "page",
        "ack",
        "declare",
        "role",
        "severity",
        "status",
        "budget",
        "trace",
        "chat",
        "note",
        "diagnose",
        "hypothesis",
        "decision",
        "action",
        "comms",
        "mitigate",
        "recover",
        "resolve",
        "correction",
        "retraction",
        "redaction",
    ];

    private static readonly Dictionary<string, string> ByKind = new(StringComparer.Ordinal)
    {
        ["alert-fired"] = "alert",
        ["alert-resolved"] = "alert",
        ["alert-acknowledged"] = "alert",
        ["alert-unsilenced"] = "alert",
        ["alert-attached"] = "alert",
        ["alert-routes-set"] = "config",
        ["alert-grouping-set"] = "config",
        ["contact-set"] = "config",
        ["channel-switched-off"] = "config",
        ["step-reached"] = "page",
        ["pager-fell-ill"] = "symptom",
        ["pager-recovered"] = "recover",
        ["burn-alert-opened"] = "alert",
        ["burn-alert-escalated"] = "alert",
        ["burn-alert-closed"] = "alert",
        ["silence-set"] = "silence",
        ["silence-ended"] = "silence",
        ["incident-acknowledged"] = "ack",
        ["incident-declared"] = "declare",
        ["incident-severity-changed"] = "severity",
        ["incident-mitigated"] = "mitigate",
        ["incident-resolved"] = "resolve",
        ["first-person-notified"] = "page",
        ["timestamp-stated"] = "decision",
        ["note-added"] = "note",
        ["note"] = "note",
        ["log"] = "trace",
        ["decide"] = "decision",
        ["contradiction-ruled"] = "decision",
        ["cause-stated"] = "hypothesis",
        ["cause-withdrawn"] = "hypothesis",
        ["update-posted"] = "comms",
        ["update-overdue"] = "comms",
        ["deploy-recorded"] = "deploy",
        ["change"] = "deploy",
        ["gate-decided"] = "budget",
        ["gate-overridden"] = "decision",
        ["policy-changed"] = "config",
        ["act"] = "action",
        ["escalate"] = "page",
        ["entry-amended"] = "correction",
        ["entry-retracted"] = "retraction",
        ["entry-redacted"] = "redaction",
        ["person-redacted"] = "redaction",
    };

    // By the beginning of the name, where a whole room's events are of one sort.
    private static readonly (string Prefix, string Category)[] ByPrefix =
    [
        ("role-", "role"),
        ("person-", "role"),
        ("handover-", "role"),
        ("incident-", "status"),
        ("page-", "page"),
        ("escalation-", "page"),
        ("task-", "action"),
        ("follow-up-", "action"),
        ("postmortem-", "decision"),
        ("run-", "experiment"),
        ("fault-", "experiment"),
        ("rung-", "experiment"),
        ("revert-", "experiment"),
        ("budget-", "budget"),
        ("spend-", "budget"),
        ("adjustment-", "budget"),
        ("data-gap-", "budget"),
        ("schedule-", "config"),
        ("override-", "config"),
        ("swap-", "config"),
        ("calendar-", "config"),
        ("catalog-", "config"),
        ("severities-", "config"),
        ("integration-key-", "config"),
        ("view-", "config"),
    ];

    // What others call it: nobody's own, so anybody may say it.
    private static readonly (string Prefix, string Category)[] Foreign =
    [
        ("feature-flag", "flag"),
        ("feature_flag", "flag"),
        ("dev.openfeature.", "flag"),
        ("dev.cdevents.service.", "deploy"),
        ("dev.cdevents.environment.", "config"),
    ];

    /// <summary>The category of a kind; of a kind that belongs to none, the kind itself.</summary>
    public static string Of(string kind) =>
        ByKind.TryGetValue(kind, out var category)
            ? category
            : ByPrefix
                .Concat(Foreign)
                .FirstOrDefault(one => kind.StartsWith(one.Prefix, StringComparison.Ordinal))
                .Category
                ?? kind;

    /// <summary>Whether the platform itself tells entries of this kind, so that nobody else may.</summary>
    public static bool IsOfPlatform(string kind) =>
        (ByKind.ContainsKey(kind) && kind.Contains('-', StringComparison.Ordinal))
        || ByPrefix.Any(one => kind.StartsWith(one.Prefix, StringComparison.Ordinal));
}
