using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Tokens;

/// <summary>Asks the embedded issuer for a token. Give <paramref name="ExpiresInDays"/> or <paramref name="Expires"/>; neither means 30 days.</summary>
/// <param name="Name">Who the token stands for; the actor of everything done with it. 1 to 100 characters.</param>
/// <param name="Scopes">What it may do; at least one.</param>
/// <param name="ExpiresInDays">Days it is valid, 1 to 365.</param>
/// <param name="Expires">The moment it ends, at most 365 days ahead.</param>
/// <param name="Integration">Limits a machine key to one source or service.</param>
public sealed record CreateToken(
    [property: Required, StringLength(100, MinimumLength = 1)] string Name,
    [property: Required, MinLength(1)] IReadOnlyList<string> Scopes,
    [property: Range(1, 365)] int? ExpiresInDays = null,
    DateTimeOffset? Expires = null,
    [property: StringLength(100, MinimumLength = 1)] string? Integration = null
);

/// <summary>A token, told once: it is kept nowhere.</summary>
/// <param name="Id">Its <c>jti</c>.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="Name">Who it stands for.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Expires">When it ends.</param>
public sealed record TokenCreated(
    Guid Id,
    string Token,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset Expires
);
