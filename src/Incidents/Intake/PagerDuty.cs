using System.Globalization;
using System.Text.Json;

namespace Steady.Incidents.Intake;

/// <summary>What an event of PagerDuty's Events v2 wants.</summary>
public enum PagerDutyAction
{
    Trigger,
    Acknowledge,
    Resolve,
}

/// <summary>An event of PagerDuty's Events v2, as much of it as is read.</summary>
/// <param name="Action">What it wants.</param>
/// <param name="DedupKey">What is the same for every event about the same trouble; null when a trigger leaves it to us.</param>
/// <param name="At">When it happened, when it says so.</param>
/// <param name="Labels">What routes decide by. Empty for what is no trigger.</param>
/// <param name="Annotations">What is written for people.</param>
/// <param name="Link">Where it comes from.</param>
public sealed record PagerDutyEvent(
    PagerDutyAction Action,
    string? DedupKey,
    DateTimeOffset? At,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    string? Link
);

/// <summary>A change event: something that was done, beside the alerts.</summary>
/// <param name="Summary">One sentence.</param>
/// <param name="At">When it happened, when it says so.</param>
/// <param name="Labels">Source and details.</param>
/// <param name="Links">Where more of it is.</param>
public sealed record PagerDutyChange(
    string Summary,
    DateTimeOffset? At,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<string> Links
);

/// <summary>
/// Reads PagerDuty's Events v2 and change events, with the limits that PagerDuty publishes. Every mistake is named, as PagerDuty
/// does; fields that nobody knows pass. Pure.
/// </summary>
public static class PagerDuty
{
    public const int KeyLength = 32;
    private const int LongestSummary = 1024;
    private const int LongestDedupKey = 255;
    private static readonly string[] Severities = ["critical", "error", "warning", "info"];
    private static readonly string[] Told = ["source", "component", "group", "class", "severity"];

    /// <summary>The key that says who sends; what is wrong with it when it is none.</summary>
    public static (string? Key, string? Problem) Key(JsonElement body) =>
        Text(body, "routing_key") switch
        {
            null or "" => (null, "'routing_key' is missing or blank"),
            { Length: not KeyLength } => (
                null,
                $"Length of 'routing_key' is incorrect (should be {KeyLength} characters)"
            ),
            var key => (key, null),
        };

    /// <summary>The event, or all that is wrong with it.</summary>
    public static (PagerDutyEvent? Event, IReadOnlyList<string> Errors) Read(JsonElement body)
    {
        var errors = new List<string>();
        var action = Text(body, "event_action") switch
        {
            "trigger" => PagerDutyAction.Trigger,
            "acknowledge" => PagerDutyAction.Acknowledge,
            "resolve" => PagerDutyAction.Resolve,
            _ => (PagerDutyAction?)null,
        };
        if (action is null)
            errors.Add("'event_action' must be trigger, acknowledge or resolve");
        var key = Text(body, "dedup_key") is { Length: > 0 } given ? given : null;
        if (key?.Length > LongestDedupKey)
            errors.Add($"'dedup_key' is too long (maximum is {LongestDedupKey} characters)");
        if (action is PagerDutyAction.Acknowledge or PagerDutyAction.Resolve && key is null)
            errors.Add($"'dedup_key' is missing or blank; {Text(body, "event_action")} needs the one of the trigger");
        var payload = Member(body, "payload");
        if (action is PagerDutyAction.Trigger)
            Check(payload, errors);
        var at = Moment(payload, errors);
        if (errors.Count > 0)
            return (null, errors);
        var trigger = action is PagerDutyAction.Trigger;
        return (
            new PagerDutyEvent(
                action!.Value,
                key,
                at,
                trigger ? Labels(body, payload) : new SortedDictionary<string, string>(),
                trigger ? Annotations(body, payload) : new SortedDictionary<string, string>(),
                Text(body, "client_url") ?? Links(body).FirstOrDefault().Href
            ),
            []
        );
    }

    /// <summary>The change event, or all that is wrong with it.</summary>
    public static (PagerDutyChange? Change, IReadOnlyList<string> Errors) ReadChange(JsonElement body)
    {
        var errors = new List<string>();
        var payload = Member(body, "payload");
        Summary(payload, errors);
        var at = Moment(payload, errors);
        if (errors.Count > 0)
            return (null, errors);
        var labels = Texts.Of(Member(payload, "custom_details"));
        if (Text(payload, "source") is { Length: > 0 } source)
            labels["source"] = Texts.Cut(source, Texts.LongestValue);
        return (
            new PagerDutyChange(
                Text(payload, "summary")!,
                at,
                labels,
                [.. Links(body).Select(link => link.Text is null ? link.Href : $"{link.Text}: {link.Href}")]
            ),
            []
        );
    }

    private static void Check(JsonElement payload, List<string> errors)
    {
        Summary(payload, errors);
        if (string.IsNullOrWhiteSpace(Text(payload, "source")))
            errors.Add("'payload.source' is missing or blank");
        if (!Severities.Contains(Text(payload, "severity")))
            errors.Add($"'payload.severity' must be one of {string.Join(", ", Severities)}");
    }

    private static void Summary(JsonElement payload, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(Text(payload, "summary")))
            errors.Add("'payload.summary' is missing or blank");
        else if (Text(payload, "summary")!.Length > LongestSummary)
            errors.Add($"'payload.summary' is too long (maximum is {LongestSummary} characters)");
    }

    // PagerDuty's own examples write an offset without a colon.
    private static DateTimeOffset? Moment(JsonElement payload, List<string> errors)
    {
        if (Text(payload, "timestamp") is not { Length: > 0 } text)
            return null;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var moment) && moment.Year > 1970)
            return moment;
        errors.Add("'payload.timestamp' is no moment; write ISO 8601, such as 2015-07-17T08:42:58.315+0000");
        return null;
    }

    // Details are labels where they are words or numbers, so that routes can decide by them; what the event says of itself
    // counts more. What happened is called after its class, else after its summary.
    private static SortedDictionary<string, string> Labels(JsonElement body, JsonElement payload)
    {
        var labels = Texts.Of(Member(payload, "custom_details"));
        foreach (var name in Told)
        {
            if (Text(payload, name) is { Length: > 0 } value)
                labels[name] = Texts.Cut(value, Texts.LongestValue);
        }

        if (Text(body, "client") is { Length: > 0 } client)
            labels["client"] = Texts.Cut(client, Texts.LongestValue);
        if (Text(body, "dedup_key") is { Length: > 0 } key)
            labels["dedup_key"] = Texts.Cut(key, Texts.LongestValue);
        labels["alertname"] = Texts.Cut(
            Text(payload, "class") is { Length: > 0 } kind ? kind : Text(payload, "summary")!,
            Texts.LongestName
        );
        return labels;
    }

    private static SortedDictionary<string, string> Annotations(JsonElement body, JsonElement payload)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // The name says it already when there is no class.
        if (Text(payload, "class") is { Length: > 0 } || Text(payload, "summary")!.Length > Texts.LongestName)
            texts["summary"] = Texts.Cut(Text(payload, "summary")!, Texts.LongestText);
        Keep("custom_details", Member(payload, "custom_details"));
        Keep("links", Member(body, "links"));
        Keep("images", Member(body, "images"));
        return texts;

        void Keep(string name, JsonElement value)
        {
            if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                texts[name] = Texts.Cut(value.GetRawText(), Texts.LongestText);
            else if (value.ValueKind is JsonValueKind.String)
                texts[name] = Texts.Cut(value.GetString()!, Texts.LongestText);
        }
    }

    private static IEnumerable<(string Href, string? Text)> Links(JsonElement body) =>
        Member(body, "links") is { ValueKind: JsonValueKind.Array } links
            ? links
                .EnumerateArray()
                .Select(link => (Text(link, "href")!, Text(link, "text")))
                .Where(link => link.Item1 is { Length: > 0 and <= Texts.LongestText })
            : [];

    private static JsonElement Member(JsonElement body, string name) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement body, string name) =>
        Member(body, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
