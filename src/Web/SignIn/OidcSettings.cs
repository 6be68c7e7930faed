using System.Security.Claims;

namespace Steady.Web.SignIn;

/// <summary>
/// How people sign in with an OpenID Connect provider, and what they may do then: <c>Auth:Oidc</c> of the settings. Nobody may do anything that
/// is not granted here.
/// </summary>
public sealed class OidcSettings
{
    public const string Section = "Auth:Oidc";

    /// <summary>The provider's address, whose discovery document says the rest; without it there is no such sign-in.</summary>
    public string? Authority { get; init; }

    public string ClientId { get; init; } = "";

    public string? ClientSecret { get; init; }

    /// <summary>What the button says.</summary>
    public string Name { get; init; } = "single sign-on";

    /// <summary>Which claim a person is called by on timelines.</summary>
    public string NameClaim { get; init; } = "email";

    /// <summary>Which claim says what groups somebody is in.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>What the provider is asked for, separated by blanks.</summary>
    public string Scopes { get; init; } = "openid profile email";

    /// <summary>What everybody may do who can sign in, separated by blanks.</summary>
    public string Everyone { get; init; } = "";

    /// <summary>What a group may do besides, by the group's name.</summary>
    public Dictionary<string, string> Groups { get; init; } = [];

    /// <summary>False only for a provider on this machine.</summary>
    public bool RequireHttps { get; init; } = true;

    /// <summary>The settings; null where no provider is given. Throws where what it needs is missing.</summary>
    public static OidcSettings? Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection(Section).Get<OidcSettings>();
        if (settings is not { Authority.Length: > 0 })
            return null;
        if (settings.ClientId.Length == 0)
            throw new InvalidOperationException(
                $"{Section}:ClientId is missing. Give the name that the provider knows Steady by."
            );
        return settings;
    }

    /// <summary>Who somebody is here and what they may do, or why they stay outside. Pure.</summary>
    public (string? Person, string Scopes, string? Trouble) Admit(ClaimsPrincipal principal)
    {
        var person = principal.FindFirst(NameClaim)?.Value;
        if (string.IsNullOrWhiteSpace(person))
            return (
                null,
                "",
                $"The provider does not say your '{NameClaim}'. Auth:Oidc:NameClaim names the claim that you are called by."
            );
        if (NameClaim == "email" && principal.FindFirst("email_verified")?.Value is "false" or "False")
            return (null, "", "The provider has not verified your address. Verify it there first.");
        // Names of the platform's own: nobody may speak in its name.
        if (person.Contains(':', StringComparison.Ordinal) || person.EndsWith("@local", StringComparison.Ordinal))
            return (null, "", $"'{person}' is a name that Steady uses itself.");
        var groups = principal.FindAll(GroupsClaim).Select(claim => claim.Value);
        var granted = groups.Select(group => Groups.GetValueOrDefault(group, "")).Prepend(Everyone);
        var scopes = granted.SelectMany(Split).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return scopes.Count == 0
            ? (
                null,
                "",
                $"You are {person}, but may not do anything here yet. Whoever runs Steady grants it to you or to a group of yours."
            )
            : (person, string.Join(' ', scopes), null);
    }

    private static string[] Split(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
