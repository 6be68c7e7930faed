using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>What of an entry is personal or free text, and so is sealed.</summary>
public sealed record SealedWords(
    string Text,
    IReadOnlyDictionary<string, string>? Labels = null,
    IReadOnlyList<EntryLink>? Links = null,
    string? SourceId = null
);

/// <summary>Seals what is about to be stored, with one key for one entry. Pure but for the nonce.</summary>
/// <param name="key">Names the entry's own key.</param>
/// <param name="person">Names the author's key.</param>
/// <param name="secret">32 bytes, from both keys.</param>
public sealed class Seal(Guid key, string person, byte[] secret)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>The key of an entry by one person: it is lost with either of the two.</summary>
    public static byte[] SecretOf(byte[] entryKey, byte[] personKey) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, [.. entryKey, .. personKey], 32, info: "steady entry"u8.ToArray());

    /// <summary>The event with its words sealed; what has no words of people stays as it is.</summary>
    public object Close(object data) =>
        data switch
        {
            NoteAdded e => e with { Text = "", Sealed = Close(new SealedWords(e.Text)) },
            EntryRecorded e => Close(e),
            EntryAmended e => e with { Entry = Close(e.Entry) },
            _ => data,
        };

    public EntryRecorded Close(EntryRecorded e) =>
        e with
        {
            Text = "",
            Labels = null,
            Links = null,
            SourceId = null,
            Sealed = Close(new SealedWords(e.Text, e.Labels, e.Links, e.SourceId)),
        };

    /// <summary>The words; null when the key is another one or the text was changed.</summary>
    public static SealedWords? Open(SealedText closed, byte[] secret)
    {
        var data = Convert.FromBase64String(closed.Data).AsSpan();
        var text = new byte[data.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(secret, TagBytes);
        try
        {
            cipher.Decrypt(data[..NonceBytes], data[NonceBytes..^TagBytes], data[^TagBytes..], text, Bound(closed));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return JsonSerializer.Deserialize<SealedWords>(text, Json.Options);
    }

    private SealedText Close(SealedWords words)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(words, Json.Options);
        var data = new byte[NonceBytes + text.Length + TagBytes];
        var named = new SealedText(key, person, "");
        RandomNumberGenerator.Fill(data.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Encrypt(
            data.AsSpan(0, NonceBytes),
            text,
            data.AsSpan(NonceBytes, text.Length),
            data.AsSpan(NonceBytes + text.Length),
            Bound(named)
        );
        return named with { Data = Convert.ToBase64String(data) };
    }

    // A text cannot be moved to the name of another key.
    private static byte[] Bound(SealedText closed) => Encoding.UTF8.GetBytes($"{closed.Key:N} {closed.Person}");
}

/// <summary>A rule's answer with its words sealed.</summary>
public static class SealedDecision
{
    public static Decision With(this Decision decision, Seal seal) =>
        decision.Refusal is { } refusal ? refusal : Decision.Create([.. decision.Events.Select(seal.Close)]);
}

/// <summary>Opens what is stored, as far as its keys exist. Pure.</summary>
/// <param name="secrets">By the entry's own key. A key that was asked for and is gone has null.</param>
public sealed class OpenKeys(IReadOnlyDictionary<Guid, byte[]?> secrets)
{
    public const string Redacted = "[redacted]";

    public static OpenKeys None { get; } = new(new Dictionary<Guid, byte[]?>());

    /// <summary>What of an event is sealed; null when nothing is.</summary>
    public static SealedText? In(object data) =>
        data switch
        {
            NoteAdded e => e.Sealed,
            EntryRecorded e => e.Sealed,
            EntryAmended e => e.Entry.Sealed,
            _ => null,
        };

    /// <summary>Whether this can be opened or is known to be lost.</summary>
    public bool Knows(SealedText? closed) => closed is null || secrets.ContainsKey(closed.Key);

    /// <summary>The event with its words, or with <see cref="Redacted"/> where their key is gone.</summary>
    public object Open(object data) =>
        data switch
        {
            NoteAdded { Sealed: { } closed } e => e with { Text = Words(closed).Text, Sealed = null },
            EntryRecorded e => Open(e),
            EntryAmended e => e with { Entry = Open(e.Entry) },
            _ => data,
        };

    public EntryRecorded Open(EntryRecorded e)
    {
        if (e.Sealed is not { } closed)
            return e;
        var words = Words(closed);
        return e with
        {
            Text = words.Text,
            Labels = words.Labels,
            Links = words.Links,
            SourceId = words.SourceId,
            Sealed = null,
        };
    }

    private SealedWords Words(SealedText closed) =>
        (secrets.GetValueOrDefault(closed.Key) is { } secret ? Seal.Open(closed, secret) : null)
        ?? new SealedWords(Redacted);
}
