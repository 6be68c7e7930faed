using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Steady.ServiceDefaults;

/// <summary>
/// Remembers for a minute which tokens were good: senders show the same one with every request, and to check its signature
/// costs as much as to read hundreds of samples. A key that is taken away is noticed a minute later, the end of a token at once.
/// </summary>
public sealed class KnownTokens(TimeProvider clock) : JsonWebTokenHandler
{
    private const int Most = 1000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (TokenValidationResult Result, DateTimeOffset Until)> known = new(
        StringComparer.Ordinal
    );

    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token,
        TokenValidationParameters validationParameters
    )
    {
        ArgumentNullException.ThrowIfNull(validationParameters);
        var now = clock.GetUtcNow();
        if (token is not null && known.TryGetValue(token, out var good) && now < good.Until)
            return good.Result;
        var result = await base.ValidateTokenAsync(token, validationParameters);
        // Only good ones are kept, so that nobody can fill the memory with what he made up.
        if (token is null || !result.IsValid)
            return result;
        if (known.Count >= Most)
            known.Clear();
        var end = result.SecurityToken.ValidTo + validationParameters.ClockSkew;
        known[token] = (result, now + Remembered < end ? now + Remembered : end);
        return result;
    }
}
