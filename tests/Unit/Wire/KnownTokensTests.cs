using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Steady.ServiceDefaults;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Wire;

public sealed class KnownTokensTests
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private readonly TokenValidationParameters parameters;
    private readonly KnownTokens tokens;
    private int checks;

    public KnownTokensTests()
    {
        tokens = new KnownTokens(clock);
        parameters = TestTokens.Parameters;
        parameters.LifetimeValidator = (_, expires, _, _) =>
        {
            checks++;
            return expires > clock.GetUtcNow().UtcDateTime;
        };
    }

    [Fact]
    public async Task A_good_token_is_checked_once_a_minute()
    {
        var token = TestTokens.With("budgets:read");

        var first = await tokens.ValidateTokenAsync(token, parameters);
        var second = await tokens.ValidateTokenAsync(token, parameters);
        clock.Advance(TimeSpan.FromSeconds(61));
        var third = await tokens.ValidateTokenAsync(token, parameters);

        Assert.All([first, second, third], result => Assert.True(result.IsValid));
        Assert.Equal("budgets:read", second.ClaimsIdentity.FindFirst("scope")?.Value);
        Assert.Equal(2, checks);
    }

    [Fact]
    public async Task A_token_that_was_known_ends_with_its_time()
    {
        var token = TestTokens.With("budgets:read");
        // Known again half a minute before its end, and not for longer than that.
        clock.Advance(TimeSpan.FromMinutes(59.5));
        parameters.ClockSkew = TimeSpan.Zero;
        Assert.True((await tokens.ValidateTokenAsync(token, parameters)).IsValid);

        clock.Advance(TimeSpan.FromSeconds(31));

        Assert.False((await tokens.ValidateTokenAsync(token, parameters)).IsValid);
    }

    [Fact]
    public async Task A_token_that_differs_in_one_letter_is_another()
    {
        var token = TestTokens.With("budgets:read");
        await tokens.ValidateTokenAsync(token, parameters);
        var at = token.LastIndexOf('.') + 5;
        var forged = $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";

        Assert.False((await tokens.ValidateTokenAsync(forged, parameters)).IsValid);
        Assert.False((await tokens.ValidateTokenAsync(forged, parameters)).IsValid);
    }
}
