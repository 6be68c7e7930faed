using System.Net.Mail;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

// Events and state of a contact: never an address or a secret. These names and shapes are what is stored;
// tests/Unit/Wire/incidents.golden.json pins them.

public sealed record ContactChannel(string Name, ChannelKind Kind, string? Hint, int AfterMinutes);

public sealed record ContactSet(
    string Name,
    IReadOnlyList<ContactChannel> Channels,
    string Reason,
    string By,
    DateTimeOffset At,
    string? TimeZone = null
);

public sealed record ChannelSwitchedOff(string Name, string Channel, string Because, DateTimeOffset At);

/// <summary>How a person, or a room of a team, is paged.</summary>
public sealed record Contact
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public string Name { get; init; } = "";
    public required ContactSet Current { get; init; }
    public IReadOnlyList<string> Off { get; init; } = [];

    /// <summary>The same name always means the same contact.</summary>
    public static Guid IdOf(string name) => StableId.From("contact", name);

    public static Contact Create(ContactSet e) => new() { Name = e.Name, Current = e };

    public Contact Apply(ContactSet e) => this with { Current = e, Off = [] };

    public Contact Apply(ChannelSwitchedOff e) => this with { Off = [.. Off, e.Channel] };

    public IReadOnlyList<ChannelView> Channels() =>
        [
            .. Current.Channels.Select(one => new ChannelView(
                one.Name,
                one.Kind,
                one.Hint,
                one.AfterMinutes,
                Off.Contains(one.Name)
            )),
        ];

    public ContactView View() =>
        new(Name, Version, Channels(), Current.Reason, Current.By, Current.At, Current.TimeZone);
}

/// <summary>The address behind a channel, and what signs a webhook: kept beside the events, so that it can be forgotten. Stored sealed.</summary>
public sealed record ChannelSecret(string Id, string Address, string? Secret)
{
    public static string IdOf(string contact, string channel) => $"{contact}/{channel}";

    /// <summary>As it is stored.</summary>
    public ChannelSecret Sealed(SecretBox box) =>
        this with
        {
            Address = box.Close(Address, Id),
            Secret = Secret is null ? null : box.Close(Secret, Id),
        };

    /// <summary>As it is used.</summary>
    public ChannelSecret Opened(SecretBox box) =>
        this with
        {
            Address = box.Open(Address, Id),
            Secret = Secret is null ? null : box.Open(Secret, Id),
        };
}

/// <summary>What may be a contact. Pure.</summary>
public static class Contacting
{
    /// <summary>What is wrong with a contact, by field.</summary>
    /// <param name="command">What is to be set.</param>
    /// <param name="known">Addresses that its channels have already, by channel.</param>
    /// <param name="hasMail">Whether there is a mail server.</param>
    /// <param name="mayReach">Why an address may not be reached; null when it may.</param>
    public static IEnumerable<(string Field, string Message)> Check(
        SetContact command,
        IReadOnlyDictionary<string, ChannelSecret> known,
        bool hasMail,
        Func<Uri, string?> mayReach
    )
    {
        if (command.TimeZone is { } zone && WallClock.Zone(zone) is null)
            yield return ("timeZone", $"'{zone}' is no time zone. Give an IANA name such as Europe/Berlin.");
        for (var i = 0; i < command.Channels.Count; i++)
        {
            var channel = command.Channels[i];
            if (command.Channels.Take(i).Any(one => one.Name == channel.Name))
                yield return (
                    $"channels[{i}].name",
                    $"Two channels are called '{channel.Name}'. Give each its own name."
                );
            var had = known.GetValueOrDefault(channel.Name);
            foreach (var (field, message) in Check(channel, had, hasMail, mayReach))
                yield return ($"channels[{i}].{field}", message);
        }
    }

    /// <summary>What is kept beside the event, by channel. The command was checked.</summary>
    public static IReadOnlyDictionary<string, ChannelSecret> Secrets(
        string name,
        SetContact command,
        IReadOnlyDictionary<string, ChannelSecret> known
    ) =>
        command
            .Channels.Where(one => one.Kind != ChannelKind.Console)
            .ToDictionary(
                one => one.Name,
                one => new ChannelSecret(
                    ChannelSecret.IdOf(name, one.Name),
                    one.Address ?? known[one.Name].Address,
                    one.Kind == ChannelKind.Webhook ? one.Secret ?? known[one.Name].Secret : null
                )
            );

    /// <summary>What is kept for ever: without addresses.</summary>
    public static ContactSet Set(
        string name,
        SetContact command,
        IReadOnlyDictionary<string, ChannelSecret> secrets,
        Actor by,
        DateTimeOffset now
    ) =>
        new(
            name,
            [
                .. command.Channels.Select(one => new ContactChannel(
                    one.Name,
                    one.Kind,
                    Hint(one.Kind, secrets.GetValueOrDefault(one.Name)?.Address),
                    one.AfterMinutes
                )),
            ],
            command.Reason,
            by.Name,
            now,
            command.TimeZone
        );

    /// <summary>Enough of an address to know it again.</summary>
    public static string? Hint(ChannelKind kind, string? address) =>
        address is null ? null
        : kind == ChannelKind.Email ? $"…@{new MailAddress(address).Host}"
        : new Uri(address).Host;

    private static IEnumerable<(string Field, string Message)> Check(
        SetChannel channel,
        ChannelSecret? had,
        bool hasMail,
        Func<Uri, string?> mayReach
    )
    {
        var address = channel.Address ?? had?.Address;
        if (channel.Secret is not null && channel.Kind != ChannelKind.Webhook)
            yield return ("secret", "Only a webhook has a secret. Leave it out.");
        switch (channel.Kind)
        {
            case ChannelKind.Console:
                if (channel.Address is not null)
                    yield return ("address", "The console needs no address. Leave it out.");
                break;
            case ChannelKind.Email when !hasMail:
                yield return (
                    "kind",
                    "No mail server is set up. Set Paging:Smtp:Host and Paging:Smtp:From, then try again."
                );
                break;
            case ChannelKind.Email:
                if (address is null || !MailAddress.TryCreate(address, out var mail) || mail.Address != address)
                    yield return ("address", "Give one e-mail address, such as ana@example.org.");
                break;
            default:
                if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.UserInfo.Length > 0)
                    yield return ("address", "Give an address that begins with https://, without a user in it.");
                else if (mayReach(url) is { } why)
                    yield return ("address", why);
                if (channel.Kind == ChannelKind.Webhook && !Signature.IsSecret(channel.Secret ?? had?.Secret))
                    yield return (
                        "secret",
                        "A webhook is signed: give whsec_ and 24 to 64 random bytes in Base64, and the same to its receiver."
                    );
                break;
        }
    }
}
