namespace Steady.Cli;

/// <summary>Which Steady, and as whom: what was typed wins over the environment, the environment over files and defaults.</summary>
public static class Connection
{
    public const string DefaultAddress = "http://localhost:8080";

    public static Uri Address(string? typed, Func<string, string?> variable)
    {
        var text = Given(typed) ?? Given(variable("STEADY_URL")) ?? DefaultAddress;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new MistakeException($"'{text}' is no address. Give one such as {DefaultAddress}.");
    }

    public static string Token(string? typed, Func<string, string?> variable)
    {
        var file = TokenFile(variable);
        return Given(typed)
            ?? Given(variable("STEADY_TOKEN"))
            ?? (file is not null && File.Exists(file) ? Given(Documents.Read(file)) : null)
            ?? throw new MistakeException(
                "There is no token. Give --token, set STEADY_TOKEN, or write one into ~/.config/steady/token. "
                    + "./up leaves an administrator's token in .local/keys/admin.token: "
                    + "export STEADY_TOKEN=$(cat .local/keys/admin.token)",
                Exit.NotAllowed
            );
    }

    private static string? TokenFile(Func<string, string?> variable) =>
        (Given(variable("XDG_CONFIG_HOME")), Given(variable("HOME"))) switch
        {
            ({ } configuration, _) => Path.Combine(configuration, "steady", "token"),
            (_, { } home) => Path.Combine(home, ".config", "steady", "token"),
            _ => null,
        };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
