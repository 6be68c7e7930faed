using System.Text.Json;

namespace Steady.Incidents.Timeline;

/// <summary>What an event says of a change of the running system, in the words of its standard.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Services">What was changed; none where it does not say.</param>
/// <param name="Labels">What it can be found by.</param>
public sealed record Change(string Text, IReadOnlyList<string> Services, IReadOnlyDictionary<string, string> Labels);

/// <summary>
/// Deployments as CDEvents tell them, and changes of feature flags: OpenTelemetry's names of what a flag is, OpenFeature's event that a provider's
/// flags changed. Pure.
/// </summary>
public static class ChangeEvents
{
    public const string Flags = "feature_flag.";
    private const string Deployments = "dev.cdevents.service.";
    private const string ProviderChanged = "provider_configuration_changed";
    private const int LongestName = 100;

    private static readonly Dictionary<string, string> Deeds = new()
    {
        ["deployed"] = "was deployed",
        ["upgraded"] = "was upgraded",
        ["rolledback"] = "was rolled back",
        ["removed"] = "was removed",
        ["published"] = "was published",
    };

    /// <summary>Null when the event is no change, or not of these standards.</summary>
    public static Change? Of(string type, JsonElement data)
    {
        if (data.ValueKind is not JsonValueKind.Object)
            return null;
        if (type.StartsWith(Deployments, StringComparison.Ordinal))
            return Deployment(type[Deployments.Length..].Split('.')[0], data);
        if (type.EndsWith(ProviderChanged, StringComparison.OrdinalIgnoreCase))
            return Provider(data);
        return type.StartsWith(Flags, StringComparison.Ordinal) ? Flag(data) : null;
    }

    // {"context":…,"subject":{"id":"checkout","content":{"environment":{"id":"production"},"artifactId":"pkg:oci/checkout@sha256…"}}}
    private static Change? Deployment(string deed, JsonElement data)
    {
        if (!Deeds.TryGetValue(deed, out var done) || Member(data, "subject") is not { } subject)
            return null;
        var content = Member(subject, "content") ?? default;
        var (service, artifact) = (Text(subject, "id"), Text(content, "artifactId"));
        var environment = Text(Member(content, "environment") ?? default, "id");
        if (service is null)
            return null;
        var what = artifact is null ? "" : $" as {artifact}";
        var where = environment is null ? "" : $" in {environment}";
        return new Change(
            $"{service} {done}{what}{where}.",
            [Name(service)],
            Labels(("ref", artifact), ("environment", environment))
        );
    }

    private static Change? Flag(JsonElement data)
    {
        if (Text(data, "feature_flag.key") is not { } key)
            return null;
        var value = Text(data, "feature_flag.result.variant") ?? Text(data, "feature_flag.result.value");
        var set = Text(data, "feature_flag.set.id");
        var to = value is null ? "was changed" : $"is {value} now";
        return new Change(
            $"The flag {key} {to}{(set is null ? "" : $" in {set}")}.",
            Text(data, "service.name") is { } service ? [Name(service)] : [],
            Labels(("flag", key))
        );
    }

    private static Change? Provider(JsonElement data)
    {
        if (Member(data, "flagsChanged") is not { ValueKind: JsonValueKind.Array } list)
            return null;
        var flags = list.EnumerateArray()
            .Where(one => one.ValueKind is JsonValueKind.String)
            .Select(one => one.GetString()!)
            .ToList();
        if (flags.Count == 0)
            return null;
        var provider = Text(data, "providerName");
        return new Change(
            $"Changed {(flags.Count == 1 ? "flag" : "flags")}{(provider is null ? "" : $" of {provider}")}: {string.Join(", ", flags)}.",
            Text(data, "service.name") is { } service ? [Name(service)] : [],
            Labels(("flag", flags.Count == 1 ? flags[0] : null), ("feature_flag.provider.name", provider))
        );
    }

    private static Dictionary<string, string> Labels(params ReadOnlySpan<(string Name, string? Value)> all)
    {
        var labels = new Dictionary<string, string>();
        foreach (var (name, value) in all)
        {
            if (value is not null)
                labels[name] = value;
        }

        return labels;
    }

    // CDEvents may name a service by its path or address: the last part is what people call it.
    private static string Name(string service)
    {
        var name = service.TrimEnd('/').Split('/')[^1];
        return name.Length is 0 or > LongestName ? service[..Math.Min(service.Length, LongestName)] : name;
    }

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind is JsonValueKind.Object && owner.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement owner, string name) =>
        Member(owner, name) switch
        {
            { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } said => said,
            { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } raw => raw.GetRawText(),
            _ => null,
        };
}
