using System.Security.Claims;
using Microsoft.Extensions.Configuration;
using Steady.Web.SignIn;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class OidcSettingsTests
{
    private static readonly OidcSettings Settings = new()
    {
        Authority = "https://id.example",
        ClientId = "steady",
        Everyone = "incidents:read",
        Groups = new() { ["sre"] = "incidents:write budgets:read", ["boss"] = "admin" },
    };

    [Fact]
    public void Somebody_may_do_what_everybody_and_their_groups_may()
    {
        var (person, scopes, trouble) = Settings.Admit(
            Claims(("email", "mira@shop.example"), ("groups", "sre"), ("groups", "tennis"))
        );

        Assert.Equal(("mira@shop.example", "budgets:read incidents:read incidents:write"), (person, scopes));
        Assert.Null(trouble);
    }

    [Fact]
    public void Without_a_grant_nobody_comes_in()
    {
        var closed = new OidcSettings { Groups = new() { ["sre"] = "incidents:read" } };

        var (person, _, trouble) = closed.Admit(Claims(("email", "mira@shop.example"), ("groups", "tennis")));

        Assert.Null(person);
        Assert.Contains("may not do anything here yet", trouble, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin@local")]
    [InlineData("rule:burn-alert")]
    public void Nobody_speaks_in_the_platforms_name(string name) =>
        Assert.Contains("uses itself", Settings.Admit(Claims(("email", name))).Trouble, StringComparison.Ordinal);

    [Fact]
    public void An_address_that_is_not_verified_or_not_said_is_none()
    {
        Assert.Contains(
            "verified",
            Settings.Admit(Claims(("email", "x@y.example"), ("email_verified", "false"))).Trouble,
            StringComparison.Ordinal
        );
        Assert.Contains("NameClaim", Settings.Admit(Claims(("sub", "7"))).Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_read_and_what_is_missing_is_named()
    {
        Assert.Null(OidcSettings.Of(Read([])));
        var complaint = Assert.Throws<InvalidOperationException>(() =>
            OidcSettings.Of(Read(new() { ["Auth:Oidc:Authority"] = "https://id.example" }))
        );
        Assert.Contains("Auth:Oidc:ClientId", complaint.Message, StringComparison.Ordinal);
        var read = OidcSettings.Of(
            Read(
                new()
                {
                    ["Auth:Oidc:Authority"] = "https://id.example",
                    ["Auth:Oidc:ClientId"] = "steady",
                    ["Auth:Oidc:Groups:sre"] = "incidents:write",
                }
            )
        );
        Assert.Equal("incidents:write", read!.Groups["sre"]);
    }

    private static IConfiguration Read(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static ClaimsPrincipal Claims(params (string Type, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "oidc"));
}
