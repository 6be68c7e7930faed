using System.Text;
using System.Text.Json.Serialization;

namespace Steady.Incidents.Intake;

/// <summary>Alertmanager's webhook, version 4, as much of it as is read. New versions add fields without saying so.</summary>
public sealed record AlertmanagerMessage(string? Version, IReadOnlyList<AlertmanagerAlert?>? Alerts);

/// <summary>One alert of a message. Old versions have no fingerprint; an end in the year 1 means that there is none.</summary>
public sealed record AlertmanagerAlert(
    string? Status,
    IReadOnlyDictionary<string, string?>? Labels,
    IReadOnlyDictionary<string, string?>? Annotations,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    [property: JsonPropertyName("generatorURL")] string? GeneratorUrl,
    string? Fingerprint
);

/// <summary>Reads alerts out of a message. Pure.</summary>
public static class Alertmanager
{
    private const int MostLabels = 64;
    private const int LongestName = 200;
    private const int LongestValue = 1000;
    private const int LongestText = 4000;

    /// <summary>What is wrong with a message as a whole; null when it can be read.</summary>
    public static (string Field, string Message)? Check(AlertmanagerMessage message)
    {
        if (message.Version is not "4")
            return ("version", $"'{message.Version}' is not read. Alertmanager's webhook has version \"4\".");
        if (message.Alerts is null)
            return ("alerts", "There are no alerts. Send what Alertmanager's webhook_configs sends.");
        for (var i = 0; i < message.Alerts.Count; i++)
        {
            var alert = message.Alerts[i];
            if (alert?.Labels is not { Count: > 0 })
                return ($"alerts[{i}].labels", "An alert has no labels, so it cannot be told from others.");
            if (alert.Status is not ("firing" or "resolved"))
                return ($"alerts[{i}].status", $"'{alert.Status}' is no status. Give firing or resolved.");
            if (alert.StartsAt == default)
                return ($"alerts[{i}].startsAt", "An alert has no beginning. Give a moment as RFC 3339.");
        }

        return null;
    }

    public static Signal Read(string integration, AlertmanagerAlert alert, DateTimeOffset now)
    {
        var fingerprint = alert.Fingerprint is { Length: > 0 and <= 64 } given ? given : FingerprintOf(alert.Labels!);
        var end =
            alert.Status == "resolved"
                ? (alert.EndsAt.Year > 1 ? alert.EndsAt : now).ToUniversalTime()
                : (DateTimeOffset?)null;
        return new Signal(
            new AlertKey(integration, fingerprint, alert.StartsAt.ToUniversalTime()),
            Cut(alert.Labels!, LongestValue),
            Cut(alert.Annotations, LongestText),
            alert.GeneratorUrl is { Length: > 0 and <= LongestText } link ? link : null,
            end
        );
    }

    /// <summary>
    /// Alertmanager's own: FNV-1a, 64 bits, over names and values in order, each followed by a byte that no text has. So an
    /// alert stays the same when its sender learns to send fingerprints.
    /// </summary>
    public static string FingerprintOf(IReadOnlyDictionary<string, string?> labels)
    {
        var hash = 14695981039346656037UL;
        foreach (var (name, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            Add(ref hash, name);
            Add(ref hash, value ?? "");
        }

        return hash.ToString("x16", null);
    }

    private static void Add(ref ulong hash, string text)
    {
        const ulong prime = 1099511628211UL;
        foreach (var one in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ one) * prime;
        hash = (hash ^ 0xff) * prime;
    }

    // What is too long is cut: to refuse it would lose the alert, for a sender does not send again what was refused.
    private static SortedDictionary<string, string> Cut(IReadOnlyDictionary<string, string?>? texts, int longest)
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in (texts ?? new Dictionary<string, string?>()).Take(MostLabels))
            read[Cut(name, LongestName)] = Cut(value ?? "", longest);
        return read;
    }

    private static string Cut(string text, int longest) => text.Length > longest ? $"{text[..(longest - 1)]}…" : text;
}
