using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>How somebody is paged.</summary>
public enum ChannelKind
{
    /// <summary>By e-mail, over the SMTP server of the installation.</summary>
    Email,

    /// <summary>A signed webhook (Standard Webhooks 1.0).</summary>
    Webhook,

    /// <summary>An incoming webhook of Slack.</summary>
    Slack,

    /// <summary>An incoming webhook of Microsoft Teams.</summary>
    Teams,

    /// <summary>An incoming webhook of Mattermost.</summary>
    Mattermost,

    /// <summary>In the web console, on every page, until the incident is taken.</summary>
    Console,
}

/// <summary>A way to page somebody.</summary>
/// <param name="Name">What it is called, unique for its contact. 1 to 50 characters.</param>
/// <param name="Kind">How.</param>
/// <param name="Address">
/// An e-mail address, or an https address. It is a secret: it is never shown again. When absent, the address that the channel has
/// is kept. None for the console.
/// </param>
/// <param name="Secret">For a webhook: <c>whsec_</c> and 24 to 64 bytes in Base64. When absent, the one it has is kept.</param>
/// <param name="AfterMinutes">How long after the page's step it is used, while nobody has taken the incident. 0 to 60 minutes.</param>
public sealed record SetChannel(
    [property: Required, StringLength(50, MinimumLength = 1)] string Name,
    [property: JsonRequired] ChannelKind Kind,
    [property: StringLength(2000, MinimumLength = 1)] string? Address = null,
    [property: StringLength(200, MinimumLength = 1)] string? Secret = null,
    [property: Range(0, 60)] int AfterMinutes = 0
);

/// <summary>Sets how a person, or a room of a team, is paged, as a whole.</summary>
/// <param name="Channels">The ways, at most 10; none for somebody who is no longer paged.</param>
/// <param name="Reason">Why it is so. 1 to 1,000 characters.</param>
/// <param name="TimeZone">IANA name of the zone the person lives in, to tell working from sleeping hours.</param>
public sealed record SetContact(
    [property: Required, Length(0, 10)] IReadOnlyList<SetChannel> Channels,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason,
    string? TimeZone = null
);

/// <summary>How somebody is paged.</summary>
/// <param name="Name">The person, as schedules and tokens call them, or the room.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Channels">The ways.</param>
/// <param name="Reason">Why it is so.</param>
/// <param name="SetBy">Who set it so.</param>
/// <param name="SetAt">When.</param>
/// <param name="TimeZone">IANA name of the zone the person lives in; null when nobody said.</param>
public sealed record ContactView(
    string Name,
    long Version,
    IReadOnlyList<ChannelView> Channels,
    string Reason,
    string SetBy,
    DateTimeOffset SetAt,
    string? TimeZone = null
);

/// <summary>A way to page somebody, without its secrets.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">How.</param>
/// <param name="Hint">Enough of the address to know it again: a host, or an address' domain.</param>
/// <param name="AfterMinutes">How long after the step it is used.</param>
/// <param name="IsOff">The receiver said that it is gone (410); setting the contact switches it on again.</param>
public sealed record ChannelView(
    string Name,
    ChannelKind Kind,
    string? Hint = null,
    int AfterMinutes = 0,
    bool IsOff = false
);

/// <summary>What became of a page.</summary>
public enum PageStatus
{
    /// <summary>It is to be sent, or sent again.</summary>
    Waiting,

    /// <summary>The receiver took it. That somebody read it is what an acknowledgement says.</summary>
    Delivered,

    /// <summary>It could not be delivered.</summary>
    Failed,

    /// <summary>Somebody had taken the incident, or it was over, before it was delivered.</summary>
    Dropped,
}

/// <summary>A page: one message to one person over one channel.</summary>
/// <param name="Id">The page; also the <c>webhook-id</c>.</param>
/// <param name="IncidentId">The incident; null for a test, and for a notice.</param>
/// <param name="Number">The incident's number; null for a test.</param>
/// <param name="Person">Whom.</param>
/// <param name="Channel">Over which channel.</param>
/// <param name="Kind">How.</param>
/// <param name="Because">The step and schedule, or who asked for it; what is told, for a notice.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Result">What the last attempt came to.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="DueAt">When it is tried next; null when it is done.</param>
/// <param name="DoneAt">When it was delivered, given up or dropped.</param>
/// <param name="Notice">Whether it tells of a swap or a changed shift: it wakes nobody.</param>
public sealed record PageView(
    Guid Id,
    Guid? IncidentId,
    long? Number,
    string Person,
    string Channel,
    ChannelKind Kind,
    string Because,
    PageStatus Status,
    int Attempts,
    string? Result,
    DateTimeOffset RequestedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? DoneAt,
    bool Notice = false
);

/// <summary>Sends a test page over one channel of a contact.</summary>
/// <param name="Channel">The channel's name.</param>
public sealed record TestChannel([property: Required, StringLength(50, MinimumLength = 1)] string Channel);
