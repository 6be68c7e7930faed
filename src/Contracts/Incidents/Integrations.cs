using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>What an integration's key opens.</summary>
public enum IntegrationKind
{
    /// <summary>The doors of PagerDuty's Events v2: the key is the routing key.</summary>
    Pagerduty,

    /// <summary>The door for CloudEvents: the key is a bearer token.</summary>
    Cloudevents,

    /// <summary>The door for Slack's slash command: the key is the signing secret that Slack shows.</summary>
    Slack,
}

/// <summary>Makes a key with which others send under an integration's name. Two of a kind live at once, so that one can take over from the other.</summary>
/// <param name="Kind">What it opens.</param>
/// <param name="Secret">Slack's signing secret, 16 to 128 characters; for the other kinds the key is made here, and this is absent.</param>
public sealed record CreateIntegrationKey(
    [property: JsonRequired] IntegrationKind Kind,
    [property: StringLength(128, MinimumLength = 16)] string? Secret = null
);

/// <summary>A key that was just made.</summary>
/// <param name="Id">The key's id.</param>
/// <param name="Integration">Under which name it sends.</param>
/// <param name="Kind">What it opens.</param>
/// <param name="Key">The key: 32 letters and digits, told this once and kept only as a hash. Null for Slack, whose secret was given.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record NewIntegrationKey(
    Guid Id,
    string Integration,
    IntegrationKind Kind,
    string? Key,
    DateTimeOffset CreatedAt
);

/// <summary>A key that lives.</summary>
/// <param name="Id">The key's id.</param>
/// <param name="Integration">Under which name it sends.</param>
/// <param name="Kind">What it opens.</param>
/// <param name="Hint">Its last four characters.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="UsedAt">When it was used last, to the hour or so; null when it never was.</param>
public sealed record IntegrationKeyView(
    Guid Id,
    string Integration,
    IntegrationKind Kind,
    string Hint,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? UsedAt
);
