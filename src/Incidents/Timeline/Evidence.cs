using System.Text.RegularExpressions;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>What people and their tools write into a timeline, and what of it can be taken. Pure.</summary>
public static partial class Evidence
{
    public const string Author = "author";
    private const int Most = 20;
    private const int MostLabels = 32;
    private const int LongestName = 100;
    private const int LongestValue = 1000;
    private const int LongestLink = 2000;
    private const int LongestTitle = 200;

    // Clocks of others run a little ahead.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);
    private static readonly string[] Platform = ["incidents", "budgets", "experiments"];

    /// <summary>The entry, or what is wrong with what was sent, by field.</summary>
    /// <param name="sent">What was sent.</param>
    /// <param name="incident">The incident it belongs to.</param>
    /// <param name="service">That incident's service.</param>
    /// <param name="by">Who sends it.</param>
    /// <param name="now">The moment.</param>
    public static (EntryRecorded Entry, IReadOnlyList<(string Field, string Message)> Wrong) Read(
        RecordEntry sent,
        Guid? incident,
        string? service,
        Actor by,
        DateTimeOffset now
    )
    {
        IReadOnlyList<string> services =
            sent.Services is { Count: > 0 } named ? named
            : service is null ? []
            : [service];
        var entry = new EntryRecorded(
            sent.Source ?? "api",
            sent.Kind,
            (sent.OccurredAt ?? now).ToUniversalTime(),
            [.. services.Distinct()],
            incident,
            null,
            by.Name,
            sent.TraceId?.ToLowerInvariant(),
            sent.Text.Trim(),
            LabelsOf(sent),
            sent.OccurredUntil?.ToUniversalTime(),
            sent.Precision,
            sent.SourceId,
            sent.Confidence,
            sent.Links,
            sent.Causes,
            sent.CorrelationId,
            sent.WrittenAt?.ToUniversalTime()
        );
        return (entry, [.. OfSource(sent), .. Wrong(entry, now)]);
    }

    /// <summary>Whether a word can be a kind.</summary>
    public static bool IsKind(string word) => KindName().IsMatch(word);

    /// <summary>What is wrong with an entry, by field; nothing when it can be kept.</summary>
    public static IEnumerable<(string Field, string Message)> Wrong(EntryRecorded entry, DateTimeOffset now)
    {
        if (!KindName().IsMatch(entry.Kind) && entry.Kind != "note-added")
            yield return ("kind", "Give a word of small letters, digits, '.', '_' and '-', such as deploy.");
        if (entry.Text.Length == 0)
            yield return ("text", "Say in a sentence what happened.");
        if (entry.OccurredAt > now + Ahead)
            yield return ("occurredAt", "It cannot have happened in the future.");
        if (entry.OccurredUntil < entry.OccurredAt)
            yield return ("occurredUntil", "It cannot end before it began.");
        if (entry.Services.Count == 0)
            yield return ("services", "Name the incident it belongs to, or at least one service.");
        if (entry.Services.Count > Most || entry.Services.Any(name => name.Length is 0 or > LongestName))
            yield return ("services", $"Give at most {Most} names of 1 to {LongestName} characters.");
        if (entry.TraceId is { } trace && !TraceId().IsMatch(trace))
            yield return ("traceId", "Give 32 hexadecimal digits.");
        if (entry.Causes is { Count: > Most })
            yield return ("causes", $"Give at most {Most} entries.");
        foreach (var wrong in OfLabels(entry.Labels).Concat(OfLinks(entry.Links)).Concat(OfLetters(entry)))
            yield return wrong;
    }

    // What neither the database nor anybody's screen can show.
    private static IEnumerable<(string Field, string Message)> OfLetters(EntryRecorded entry) =>
        new (string Field, IEnumerable<string?> Texts)[]
        {
            ("text", [entry.Text]),
            ("source", [entry.Source]),
            ("sourceId", [entry.SourceId]),
            ("correlationId", [entry.CorrelationId]),
            ("services", entry.Services),
            (
                "labels",
                (entry.Labels ?? new Dictionary<string, string>()).SelectMany(one => new[] { one.Key, one.Value })
            ),
            ("links", (entry.Links ?? []).Select(one => one?.Title)),
        }
            .Where(one => one.Texts.Any(text => text?.Contains('\0', StringComparison.Ordinal) is true))
            .Select(one => (one.Field, "It has the character U+0000. Leave it out."));

    private static IEnumerable<(string Field, string Message)> OfSource(RecordEntry sent)
    {
        if (Platform.Contains(sent.Source))
            yield return ("source", $"'{sent.Source}' tells of itself. Give the name of your tool.");
        if (Categories.IsOfPlatform(sent.Kind))
            yield return ("kind", $"'{sent.Kind}' is told by the platform itself. Give {Categories.Of(sent.Kind)}.");
    }

    private static IEnumerable<(string Field, string Message)> OfLabels(IReadOnlyDictionary<string, string>? labels)
    {
        if (labels is { Count: > MostLabels })
            yield return ("labels", $"Give at most {MostLabels}.");
        foreach (var (name, value) in labels ?? new Dictionary<string, string>())
        {
            if (name.Length is 0 or > LongestName || value is null || value.Length > LongestValue)
                yield return (
                    $"labels.{name}",
                    $"Names have 1 to {LongestName} characters and values at most {LongestValue}."
                );
        }
    }

    private static IEnumerable<(string Field, string Message)> OfLinks(IReadOnlyList<EntryLink>? links)
    {
        if (links is { Count: > Most })
            yield return ("links", $"Give at most {Most}.");
        foreach (var link in links ?? [])
        {
            if (
                link is null
                || link.Url is not { Length: <= LongestLink } url
                || !Uri.TryCreate(url, UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https")
                || link.Title is { Length: > LongestTitle }
            )
                yield return (
                    "links",
                    $"Give an http or https address, and a title of at most {LongestTitle} characters."
                );
        }
    }

    private static Dictionary<string, string>? LabelsOf(RecordEntry sent)
    {
        if (sent.Author is null)
            return sent.Labels is { Count: > 0 } given ? new(given) : null;
        var labels = new Dictionary<string, string>(sent.Labels ?? new Dictionary<string, string>());
        labels[Author] = sent.Author;
        return labels;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]*$")]
    private static partial Regex KindName();

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex TraceId();
}
