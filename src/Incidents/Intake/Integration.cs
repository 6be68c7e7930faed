using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

// Events and state of an integration's keys. No key is in them: what is needed to know one again is kept beside the events, in
// LiveKey, and goes when the key does.

public sealed record IntegrationKeyCreated(
    string Integration,
    Guid KeyId,
    IntegrationKind Kind,
    string Hint,
    string By,
    DateTimeOffset At
);

public sealed record IntegrationKeyRevoked(string Integration, Guid KeyId, string By, DateTimeOffset At);

/// <summary>The keys with which others send under a name.</summary>
public sealed record Integration
{
    public Guid Id { get; init; }
    public long Version { get; init; }

    /// <summary>Those that live.</summary>
    public IReadOnlyDictionary<Guid, IntegrationKind> Keys { get; init; } = new Dictionary<Guid, IntegrationKind>();

    /// <summary>Those that were revoked.</summary>
    public IReadOnlyList<Guid> Revoked { get; init; } = [];

    /// <summary>The same name always means the same integration.</summary>
    public static Guid IdOf(string name) => StableId.From("integration", name);

    public static Integration Create(IntegrationKeyCreated e) =>
        new() { Keys = new Dictionary<Guid, IntegrationKind> { [e.KeyId] = e.Kind } };

    public Integration Apply(IntegrationKeyCreated e) =>
        this with
        {
            Keys = new Dictionary<Guid, IntegrationKind>(Keys) { [e.KeyId] = e.Kind },
        };

    public Integration Apply(IntegrationKeyRevoked e) =>
        this with
        {
            Keys = Keys.Where(key => key.Key != e.KeyId).ToDictionary(),
            Revoked = [.. Revoked, e.KeyId],
        };
}

/// <summary>What may be done with the keys of an integration. Pure.</summary>
public static class Keys
{
    private const int MostOfAKind = 2;
    private const int LongestName = 50;

    /// <summary>Why a name is none; null when it is one.</summary>
    public static string? NameProblem(string name) =>
        name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? $"A name has letters, digits, - and _, at most {LongestName} of them."
            : null;

    /// <summary>What is wrong with a wish, by field; null when nothing is.</summary>
    public static (string Field, string Message)? Check(string integration, CreateIntegrationKey wish) =>
        NameProblem(integration) is { } problem ? ("name", problem)
        : wish is { Kind: IntegrationKind.Slack, Secret: null }
            ? ("secret", "Slack signs with a secret of its own. Give the app's signing secret.")
        : wish is { Kind: not IntegrationKind.Slack, Secret: not null }
            ? ("secret", "This key is made here. Leave 'secret' out.")
        : null;

    /// <summary>Two of a kind live at once. One that was made already cannot be told again.</summary>
    public static Decision Create(Integration? integration, IntegrationKeyCreated key)
    {
        if (integration?.Keys.ContainsKey(key.KeyId) == true || integration?.Revoked.Contains(key.KeyId) == true)
            return new Refusal(
                "key-told-once",
                "This request made a key before, which is told once. Revoke that key, and make another without this Idempotency-Key."
            );
        return integration?.Keys.Values.Count(kind => kind == key.Kind) >= MostOfAKind
            ? new Refusal(
                "key-limit",
                $"'{key.Integration}' has two keys of this kind, the old and the new one. Revoke one of them first."
            )
            : [key];
    }

    /// <summary>Revoked once; again changes nothing.</summary>
    public static Decision Revoke(Integration integration, string name, Guid key, Actor by, DateTimeOffset now) =>
        integration.Keys.ContainsKey(key) ? [new IntegrationKeyRevoked(name, key, by.Name, now)]
        : integration.Revoked.Contains(key) ? []
        : new Refusal(
            "key-unknown",
            $"'{name}' has no such key. GET /v1/integrations/{name}/keys lists those that live."
        );
}
