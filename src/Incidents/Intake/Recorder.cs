using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>
/// Alertmanager's event recorder: what it does by itself and tells no webhook of. Silences, what they and inhibitions keep quiet, and
/// whom it has told become entries of the timeline; alerts come by the webhook and are passed over here. An entry's id follows from
/// what it is about, so neither repetitions nor their order add anything. Pure.
/// </summary>
public static class Recorder
{
    private const string Source = "alertmanager";
    private const int MostServices = 20;

    /// <summary>The entries that a delivery tells, in the order in which they happened; or what is wrong with it.</summary>
    public static (IReadOnlyList<(Guid Id, EntryRecorded Entry)> Entries, string? Problem) Read(
        string integration,
        JsonElement body,
        Routes routes
    )
    {
        if (body.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
            return ([], "Send an event of Alertmanager's event recorder, or an array of them.");
        var found = new List<(Guid Id, EntryRecorded Entry)>();
        var events = body.ValueKind is JsonValueKind.Array ? body.EnumerateArray().ToList() : [body];
        for (var i = 0; i < events.Count; i++)
        {
            if (Moment(events[i], "@timestamp") is not { } at)
                return ([], $"Event {i} has no '@timestamp'. Send what Alertmanager's event recorder sends.");
            if (Member(events[i], "data") is not { ValueKind: JsonValueKind.Object } data)
                return ([], $"Event {i} has no 'data'. Send what Alertmanager's event recorder sends.");
            foreach (var one in data.EnumerateObject())
            {
                if (Entry(new Told(integration, at, one.Value, routes), one.Name) is { } entry)
                    found.Add(entry);
            }
        }

        return ([.. found.OrderBy(one => one.Entry.OccurredAt)], null);
    }

    // Whatever is not known passes: new versions add events.
    private static (Guid Id, EntryRecorded Entry)? Entry(Told told, string kind) =>
        kind switch
        {
            "silenceCreated" => Silence(told, "silence-created", "Silenced"),
            "silenceUpdated" => Silence(told, "silence-updated", "Silence changed"),
            "silenceMutedAlert" => Silenced(told),
            "inhibitionMutedAlert" => Inhibited(told),
            "notification" => Notified(told),
            _ => null,
        };

    private static (Guid Id, EntryRecorded Entry)? Silence(Told told, string kind, string verb)
    {
        var silence = Member(told.Data, "silence");
        if (Text(silence, "id") is not { Length: > 0 } id)
            return null;
        var labels = Equalities(Member(silence, "matchers"));
        var until = Moment(silence, "endsAt") is { } end ? $" until {end:yyyy-MM-dd HH:mm} UTC" : "";
        var text =
            $"{verb} by {Text(silence, "createdBy") ?? "somebody"}{until}: {Matchers(Member(silence, "matchers"))}. {Text(silence, "comment")}";
        return told.Entry(
            kind,
            [kind, id, Text(silence, "updatedAt") ?? ""],
            [told.Routes.Of(told.Integration, labels).Service],
            text.Trim(),
            new SortedDictionary<string, string>(labels) { ["silence"] = id }
        );
    }

    // Said again at each evaluation: of an alert and a silence it is one piece of news.
    private static (Guid Id, EntryRecorded Entry)? Silenced(Told told)
    {
        var (silence, muted) = (Member(told.Data, "silence"), Member(told.Data, "mutedAlert"));
        if (Text(silence, "id") is not { Length: > 0 } id)
            return null;
        var labels = Labels(Member(muted, "labels"));
        return told.Entry(
            "alert-silenced",
            ["silenced", id, Word(muted, "fingerprint")],
            [told.Routes.Of(told.Integration, labels).Service],
            $"{Name(labels)} fires and is silenced by {Text(silence, "createdBy") ?? "somebody"}: {Text(silence, "comment")}",
            new SortedDictionary<string, string>(labels) { ["silence"] = id }
        );
    }

    private static (Guid Id, EntryRecorded Entry)? Inhibited(Told told)
    {
        var muted = Member(told.Data, "mutedAlert");
        var labels = Labels(Member(muted, "labels"));
        var by = Each(Member(told.Data, "inhibitingFingerprints")).Select(one => one.ToString()).Order().ToList();
        return told.Entry(
            "alert-inhibited",
            // Of a day, so that the same pair of alerts is told when it comes again.
            ["inhibited", Word(muted, "fingerprint"), string.Join(' ', by), $"{told.At:yyyyMMdd}"],
            [told.Routes.Of(told.Integration, labels).Service],
            $"{Name(labels)} fires and is kept quiet by {by.Count} other alert{(by.Count == 1 ? "" : "s")}.",
            labels
        );
    }

    private static (Guid Id, EntryRecorded Entry)? Notified(Told told)
    {
        var group = Member(told.Data, "groupInfo");
        var alerts = Each(Member(told.Data, "alerts")).Select(one => Labels(Member(Member(one, "details"), "labels")));
        var known = alerts
            .Where(labels => labels.Count > 0)
            .DefaultIfEmpty(Labels(Member(group, "groupLabels")))
            .ToList();
        var (by, receiver) = (Member(told.Data, "integration"), Text(group, "receiverName") ?? "a receiver");
        var how = Text(by, "name") is { } name ? $" ({name})" : "";
        var (firing, resolved) = (Count(told.Data, "firingAlerts"), Count(told.Data, "resolvedAlerts"));
        return told.Entry(
            "notification",
            [
                "notification",
                Text(group, "groupUuid") ?? Text(group, "groupId") ?? Text(group, "groupKey") ?? "",
                // Without a number of the flush, the moment tells them apart.
                Word(told.Data, "flushId") is { Length: > 0 } flush
                    ? flush
                    : $"{told.At:O}",
                $"{receiver}{how}{Word(by, "index")}",
            ],
            [.. known.Select(labels => told.Routes.Of(told.Integration, labels).Service).Distinct().Take(MostServices)],
            $"Alertmanager told {receiver}{how} of {firing} firing and {resolved} resolved: {Reason(told.Data)}.",
            Labels(Member(group, "groupLabels"))
        );
    }

    private static string Reason(JsonElement data) =>
        (Text(data, "reason") ?? "unknown")
            .Replace("NOTIFY_REASON_", "", StringComparison.Ordinal)
            .Replace('_', ' ')
            .ToLowerInvariant();

    private static string Name(SortedDictionary<string, string> labels) =>
        labels.GetValueOrDefault("alertname") is { Length: > 0 } name ? name : "An alert";

    // Those that name a value: by them the service is known.
    private static SortedDictionary<string, string> Equalities(JsonElement matchers)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in Each(matchers).Where(one => Text(one, "type") is "TYPE_EQUAL" or "EQUAL" or "="))
            labels[Text(one, "name") ?? ""] = Texts.Cut(Text(one, "pattern") ?? "", Texts.LongestValue);
        return labels;
    }

    private static string Matchers(JsonElement matchers) =>
        string.Join(
            ", ",
            Each(matchers).Select(one => Text(one, "rendered") ?? $"{Text(one, "name")} {Text(one, "pattern")}")
        );

    // One version writes pairs, another an object.
    private static SortedDictionary<string, string> Labels(JsonElement set)
    {
        if (set.ValueKind is JsonValueKind.Object && !set.TryGetProperty("labels", out _))
            return Texts.Of(set);
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Each(set.ValueKind is JsonValueKind.Array ? set : Member(set, "labels")))
        {
            if (Text(pair, "key") is { } key)
                labels[Texts.Cut(key, Texts.LongestName)] = Texts.Cut(Text(pair, "value") ?? "", Texts.LongestValue);
        }

        return labels;
    }

    private static int Count(JsonElement data, string name) => Each(Member(data, name)).Count();

    private static IEnumerable<JsonElement> Each(JsonElement array) =>
        array.ValueKind is JsonValueKind.Array ? array.EnumerateArray() : [];

    private static JsonElement Member(JsonElement of, string name) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    // Large numbers are written as words.
    private static string Word(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } word ? word.ToString() : "";

    private static DateTimeOffset? Moment(JsonElement of, string name) =>
        Text(of, name) is { } text
        && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
            : null;

    private sealed record Told(string Integration, DateTimeOffset At, JsonElement Data, Routes Routes)
    {
        public (Guid Id, EntryRecorded Entry) Entry(
            string kind,
            string[] about,
            IReadOnlyList<string> services,
            string text,
            SortedDictionary<string, string> labels
        ) =>
            (
                StableId.From(["alertmanager-event", Integration, .. about]),
                new EntryRecorded(
                    Source,
                    kind,
                    At,
                    services,
                    null,
                    null,
                    Integration,
                    null,
                    Texts.Cut(text, Texts.LongestText),
                    labels
                )
            );
    }
}
