using System.Text.Json;
using CloudNative.CloudEvents;
using Steady.Contracts;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>What a CloudEvent becomes: an alert when its data has one, else an entry of the timeline.</summary>
/// <param name="Id">The same source and id always mean the same.</param>
/// <param name="Signal">What it says of an alert.</param>
/// <param name="Entry">What it tells.</param>
/// <param name="IsUndated">It does not say when its alert began: it is about the one that fires, or begins one.</param>
public sealed record ForeignEvent(Guid Id, Signal? Signal, EntryRecorded? Entry, bool IsUndated = false);

/// <summary>Reads CloudEvents. Pure.</summary>
public static class ForeignEvents
{
    private const string Source = "cloudevents";
    private const int LongestKind = 100;
    private static readonly string[] Sentences = ["text", "message", "summary", "title", "description"];

    /// <summary>
    /// Which alert an event means that does not say when it began: the one that fires with these labels, else one that the event itself
    /// begins, so that it begins the same when it is sent again.
    /// </summary>
    public static Signal Dated(ForeignEvent heard, Guid? firing) =>
        heard.Signal! with
        {
            Key = heard.Signal.Key with { Known = firing ?? StableId.From("alert-event", $"{heard.Id}") },
        };

    /// <summary>What the event becomes, or what is wrong with its data.</summary>
    public static (ForeignEvent? Event, string? Problem) Read(
        string integration,
        CloudEvent heard,
        Routes routes,
        DateTimeOffset now
    )
    {
        if (heard.Data is JsonElement sent && !Texts.CanRead(sent))
            return (null, "The data has half a character. Send whole ones.");
        var id = StableId.From("cloudevent", integration, heard.Source!.ToString(), heard.Id!);
        var data = heard.Data is JsonElement json ? json : default;
        var labels = Labels(heard, data);
        if (data.ValueKind is JsonValueKind.Object && data.TryGetProperty("alert", out var alert))
        {
            var (signal, undated, problem) = Alert(integration, heard, alert, labels, now);
            return problem is null ? (new ForeignEvent(id, signal, null, undated), null) : (null, problem);
        }

        var change = ChangeEvents.Of(heard.Type!, data);
        foreach (var (name, value) in change?.Labels ?? new Dictionary<string, string>())
            labels[name] = Texts.Cut(value, Texts.LongestValue);
        var entry = new EntryRecorded(
            Source,
            Texts.Cut(heard.Type!, LongestKind),
            heard.Time?.ToUniversalTime() ?? now,
            change is { Services.Count: > 0 }
                ? [.. change.Services.Select(one => Texts.Cut(one, LongestKind))]
                : [routes.Of(integration, labels).Service],
            null,
            null,
            integration,
            Recording.TraceIdOf(labels.GetValueOrDefault("traceparent")),
            Texts.Cut(change?.Text ?? Sentence(heard, data), Texts.LongestText),
            labels
        );
        return (new ForeignEvent(id, null, entry), null);
    }

    // The shape of one alert of Alertmanager's webhook. What the event says of itself is kept with it, and does not change
    // which alert it is.
    private static (Signal? Signal, bool IsUndated, string? Problem) Alert(
        string integration,
        CloudEvent heard,
        JsonElement alert,
        SortedDictionary<string, string> labels,
        DateTimeOffset now
    )
    {
        AlertmanagerAlert? read;
        try
        {
            read = alert.Deserialize<AlertmanagerAlert>(Json.Options);
        }
        catch (JsonException e)
        {
            return (null, false, $"data.alert has not the shape of an alert of Alertmanager's webhook: {e.Message}");
        }

        var undated = read is { } begun && begun.StartsAt == default;
        if (undated)
            read = read! with { StartsAt = heard.Time ?? now };
        if (Alertmanager.Check(new AlertmanagerMessage("4", [read])) is var (field, problem))
            return (null, false, $"data.{field.Replace("alerts[0]", "alert", StringComparison.Ordinal)}: {problem}");
        var signal = Alertmanager.Read(integration, read!, now);
        foreach (var (name, value) in signal.Labels)
            labels[name] = value;
        return (signal with { Labels = labels }, undated, null);
    }

    // Attributes and extensions, and of the data what is a word or a number; what the event says of itself counts more.
    private static SortedDictionary<string, string> Labels(CloudEvent heard, JsonElement data)
    {
        var labels = Texts.Of(data);
        foreach (var (attribute, value) in heard.GetPopulatedAttributes())
        {
            if (attribute.Name is not ("datacontenttype" or "dataschema" or "time"))
                labels[attribute.Name] = Texts.Cut(attribute.Format(value), Texts.LongestValue);
        }

        return labels;
    }

    private static string Sentence(CloudEvent heard, JsonElement data)
    {
        var said = data.ValueKind switch
        {
            JsonValueKind.String => data.GetString(),
            JsonValueKind.Object => Sentences
                .Select(name =>
                    data.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String
                        ? text.GetString()
                        : null
                )
                .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)),
            _ => heard.Data as string,
        };
        return string.IsNullOrWhiteSpace(said)
            ? $"{heard.Type}{(heard.Subject is { } subject ? $" of {subject}" : "")}"
            : said.Trim();
    }
}
