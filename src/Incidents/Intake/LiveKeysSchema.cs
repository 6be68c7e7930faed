using System.Security.Cryptography;
using System.Text;
using Marten;
using Marten.Patching;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Intake;

/// <summary>A key that lives, as it is known again.</summary>
/// <param name="Id">SHA-256 of the key: it is random, so nothing slower is needed. For Slack the key's id.</param>
/// <param name="Integration">Under which name it sends.</param>
/// <param name="KeyId">The key's id.</param>
/// <param name="Kind">What it opens.</param>
/// <param name="Hint">Its last characters.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="UsedAt">When it was used last, to the hour.</param>
/// <param name="Secret">Slack's signing secret: a signature cannot be checked with a hash of it. Sealed. Null for the others.</param>
public sealed record LiveKey(
    string Id,
    string Integration,
    Guid KeyId,
    IntegrationKind Kind,
    string Hint,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? UsedAt,
    string? Secret
)
{
    /// <summary>Slack's signing secret, as it is used.</summary>
    public string SigningSecret(SecretBox box) => box.Open(Secret!, $"{KeyId}");

    public IntegrationKeyView View() => new(KeyId, Integration, Kind, Hint, CreatedBy, CreatedAt, UsedAt);
}

/// <summary>Keys that live, beside the events: one is found by its hash, and is gone when it is revoked.</summary>
public static class LiveKeysSchema
{
    public const int Length = 32;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly TimeSpan Coarse = TimeSpan.FromHours(1);

    public static void Add(StoreOptions options) =>
        options.Schema.For<LiveKey>().Identity(key => key.Id).Duplicate(key => key.Integration);

    /// <summary>A new key, 32 letters and digits as PagerDuty's routing keys have.</summary>
    public static string Make() => RandomNumberGenerator.GetString(Letters, Length);

    public static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The key of this kind; null when it is none, or was revoked. That it was used is noted now and then.</summary>
    public static async Task<LiveKey?> Find(
        IDocumentStore store,
        string? key,
        IntegrationKind kind,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (key is not { Length: Length } || !key.All(char.IsAsciiLetterOrDigit))
            return null;
        await using var session = store.QuerySession();
        if (await session.LoadAsync<LiveKey>(IdOf(key), stop) is not { } found || found.Kind != kind)
            return null;
        await Used(store, found, now, stop);
        return found;
    }

    /// <summary>Notes the use of a key, at most once an hour: it is not worth a write each time.</summary>
    public static async Task Used(IDocumentStore store, LiveKey key, DateTimeOffset now, CancellationToken stop)
    {
        if (key.UsedAt is { } last && now - last < Coarse)
            return;
        await using var session = store.LightweightSession();
        // A change of what is there: one that was revoked meanwhile does not come back.
        session.Patch<LiveKey>(key.Id).Set(one => one.UsedAt, now);
        await session.SaveChangesAsync(stop);
    }
}
