namespace Steady.Web.SignIn;

public static class IssuerSetup
{
    /// <summary>Makes the embedded issuer, and lets this process check tokens with its public key.</summary>
    public static void AddIssuer(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Auth");
        if (settings["SigningKey"] is not { Length: > 0 } key)
            throw new InvalidOperationException(
                "Auth:SigningKey is missing. Give the issuer's P-256 key as base64 PKCS#8; 'Steady.Web bootstrap DIR' makes one."
            );
        var issuer = new Issuer(
            key,
            settings["Issuer"] ?? "steady",
            settings["Audience"] ?? "steady",
            TimeProvider.System
        );
        settings["PublicKey"] ??= issuer.PublicKey;
        builder.Services.AddSingleton(issuer);
    }
}
