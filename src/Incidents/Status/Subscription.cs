using System.Net.Mail;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Status;

// Who gets mails. An address is personal: it stands in no event, is sealed, and is gone with its row.

/// <summary>Somebody gave an address; whoever reads its mails has not said yes.</summary>
/// <param name="Id">What the address is found by: nobody without the key of the vault can make it.</param>
/// <param name="Address">Sealed.</param>
/// <param name="Components">Names; all when empty.</param>
/// <param name="AskedAt">When it was asked for last.</param>
/// <param name="Mails">How many mails it has caused.</param>
public sealed record StatusWish(
    string Id,
    string Address,
    IReadOnlyList<string> Components,
    DateTimeOffset AskedAt,
    int Mails
);

/// <summary>Somebody gets mails.</summary>
/// <param name="Id">As that of the wish.</param>
/// <param name="Address">Sealed.</param>
/// <param name="Components">Names; all when empty.</param>
/// <param name="Since">When they said yes.</param>
public sealed record StatusSubscriber(
    string Id,
    string Address,
    IReadOnlyList<string> Components,
    DateTimeOffset Since
);

/// <summary>Links that prove by themselves what they are for: nothing of them is stored. Pure.</summary>
public sealed class StatusLinks(SecretBox box)
{
    private const int IdLength = 32;

    /// <summary>The same for each way to write an address.</summary>
    public string IdOf(string address) => box.Proof($"status address {address.ToLowerInvariant()}");

    public string Close(string address, string id) => box.Close(address, $"status {id}");

    public string Open(string address, string id) => box.Open(address, $"status {id}");

    /// <summary>Of this wish and none before it.</summary>
    public string Yes(StatusWish wish) => wish.Id + box.Proof(Confirming(wish));

    public bool IsYes(string token, StatusWish wish) => box.Proves(Confirming(wish), token[IdLength..]);

    /// <summary>For as long as somebody has a mail with it.</summary>
    public string End(string id) => id + box.Proof($"status end {id}");

    public bool IsEnd(string token) => box.Proves($"status end {IdIn(token)}", token[IdLength..]);

    /// <summary>Whose link it says it is; null when it is none of ours.</summary>
    public static string? IdIn(string? token) => token is { Length: 2 * IdLength } ? token[..IdLength] : null;

    private static string Confirming(StatusWish wish) => $"status confirm {wish.Id} {wish.AskedAt.UtcTicks}";
}

/// <summary>Who may get mails. Pure.</summary>
public static class Subscribing
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private const int MostMails = 3;
    private const int LongestAddress = 254;

    /// <summary>What is wrong with a wish, by field.</summary>
    /// <param name="wish">What somebody sent.</param>
    /// <param name="known">The components that stand on the page.</param>
    public static IEnumerable<(string Field, string Message)> Check(
        SubscribeToStatus wish,
        IReadOnlyList<StatusComponent> known
    )
    {
        if (!IsAddress(wish.Email))
            yield return ("email", "Give one e-mail address, such as cleo@example.org.");
        foreach (var name in wish.Components ?? [])
            if (known.All(one => one.Name != name))
                yield return ("components", $"'{name}' does not stand on the page. Give names of its components.");
    }

    public static bool IsAddress(string? text) =>
        text is { Length: <= LongestAddress }
        && !text.Any(char.IsControl)
        && MailAddress.TryCreate(text, out var mail)
        && mail.Address == text;

    /// <summary>
    /// What becomes of it when somebody asks; null when nothing does. Whoever asks for somebody else's address again and again does not
    /// fill their mailbox.
    /// </summary>
    public static StatusWish? Ask(StatusWish? before, StatusWish asked)
    {
        if (before is null || IsOver(before, asked.AskedAt))
            return asked;
        return before.Mails >= MostMails || asked.AskedAt - before.AskedAt < Pause
            ? null
            : asked with
            {
                Mails = before.Mails + 1,
            };
    }

    /// <summary>Who has not said yes by then has said no, and is forgotten.</summary>
    public static bool IsOver(StatusWish wish, DateTimeOffset now) => wish.AskedAt + Kept <= now;
}
