using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Query;

public enum FieldType
{
    /// <summary>A name; stars are allowed.</summary>
    Name,

    /// <summary>Words of the entry's sentence.</summary>
    Text,

    /// <summary>An incident by number or id.</summary>
    Incident,
    Id,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>One of a few words that have an order.</summary>
    Level,
    Number,
    Length,
    Moment,
}

/// <summary>What can be asked of an entry, or said once for the whole query.</summary>
/// <param name="Known">Words to offer; for a choice or a level, all that there are.</param>
public sealed record Field(string Name, FieldType Type, string About, IReadOnlyList<string> Known)
{
    public bool IsSetting => Fields.Settings.Contains(Name);

    public bool IsOrdered => Type is FieldType.Level or FieldType.Number or FieldType.Length;
}

/// <summary>The fields of the language. Pure.</summary>
public static class Fields
{
    public const string Label = "label.";
    public const string From = "from";
    public const string To = "to";
    public const string KnownAt = "knownAt";
    public const string SeenBy = "seenBy";
    public const string Order = "order";
    public const string Recorded = "recorded";

    /// <summary>What entries are about, from <see cref="TimelineEntry.Category"/>.</summary>
    private static readonly string[] Categories =
    [
        "alert",
        "silence",
        "page",
        "ack",
        "role",
        "declare",
        "severity",
        "status",
        "deploy",
        "flag",
        "config",
        "experiment",
        "budget",
        "trace",
        "chat",
        "note",
        "decision",
        "hypothesis",
        "action",
        "comms",
        "mitigate",
        "recover",
        "resolve",
        "correction",
        "retraction",
        "redaction",
        "context",
        "symptom",
        "detect",
        "diagnose",
    ];

    public static readonly IReadOnlyList<string> Levels = ["low", "medium", "high"];

    /// <summary>The eleven moments of an incident, as they are spelled in a query.</summary>
    public static readonly IReadOnlyDictionary<string, IncidentMoment> Moments = Enum.GetValues<IncidentMoment>()
        .ToDictionary(moment => $"{char.ToLowerInvariant($"{moment}"[0])}{$"{moment}"[1..]}");

    private static readonly string[] Anchors = [When.Now, .. Moments.Keys];

    public static readonly IReadOnlySet<string> Settings = new HashSet<string> { From, To, KnownAt, SeenBy, Order };

    public static readonly IReadOnlyList<Field> All =
    [
        new("incident", FieldType.Incident, "An incident's timeline, by number or id.", []),
        new("kind", FieldType.Name, "What kind of thing happened, or the event's name.", Categories),
        new("service", FieldType.Name, "A service it touches.", []),
        new("source", FieldType.Name, "Who says so.", ["incidents", "budgets", "experiments"]),
        new("by", FieldType.Name, "Who did it.", []),
        new("text", FieldType.Text, "Words of its sentence; in quotation marks, in this order.", []),
        new("schedule", FieldType.Name, "An on-call schedule it is about.", []),
        new("experiment", FieldType.Name, "An experiment it belongs to.", []),
        new("budget", FieldType.Name, "An objective whose budget it is about.", []),
        new("burn", FieldType.Number, "How many times too fast a budget burns.", []),
        new("lag", FieldType.Length, "How long after it happened it was recorded.", []),
        new("confidence", FieldType.Level, "How sure it is.", Levels),
        new(
            "precision",
            FieldType.Choice,
            "How exactly its moment is known.",
            ["exact", "second", "minute", "hour", "approx"]
        ),
        new("version", FieldType.Number, "How often it was said: 1, and more after corrections.", []),
        new("trace", FieldType.Name, "The trace it happened in.", []),
        new("correlation", FieldType.Name, "What it belongs together with.", []),
        new("sourceId", FieldType.Name, "Its id at its source.", []),
        new("subject", FieldType.Id, "The alert, run, decision or incident it is about, by id.", []),
        new("entry", FieldType.Id, "The entry itself, by id.", []),
        new(From, FieldType.Moment, "Not before this moment.", Anchors),
        new(To, FieldType.Moment, "Not after this moment.", Anchors),
        new(KnownAt, FieldType.Moment, "As it was known at this moment.", Anchors),
        new(
            SeenBy,
            FieldType.Name,
            "What somebody had seen of an incident: a person, a role or the public.",
            ["public", .. Enum.GetValues<IncidentRole>().Select(role => $"role/{RoleOf(role)}")]
        ),
        new(Order, FieldType.Choice, "By when it happened, or by when it was recorded.", ["occurred", Recorded]),
    ];

    private static readonly Dictionary<string, Field> ByName = All.ToDictionary(
        field => field.Name,
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["actor"] = "by",
        ["author"] = "by",
        ["id"] = "entry",
        ["category"] = "kind",
        ["objective"] = "budget",
    };

    // As a role is written where people type: operations-lead.
    private static string RoleOf(IncidentRole role) =>
        string.Concat($"{role}".Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{letter}" : $"{letter}"))
            .ToLowerInvariant();

    /// <summary>By its name in any letter case; a label by its own. Null for what there is not.</summary>
    public static Field? Find(string name)
    {
        if (name.StartsWith(Label, StringComparison.OrdinalIgnoreCase))
            return name.Length > Label.Length
                ? new Field($"{Label}{name[Label.Length..]}", FieldType.Name, "What a label says.", [])
                : null;
        return ByName.GetValueOrDefault(OtherNames.GetValueOrDefault(name, name));
    }

    /// <summary>What entries can be counted by.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        "kind",
        "category",
        "source",
        "service",
        "by",
        "hour",
        "day",
        "confidence",
    ];
}
