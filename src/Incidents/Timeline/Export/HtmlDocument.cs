using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Steady.Incidents.Timeline.Export;

/// <summary>
/// A page that is one file: it fetches nothing, works without a network, and runs no script but our own, which its policy
/// names by hash. Pure.
/// </summary>
public static class HtmlDocument
{
    public const string Type = "text/html";

    /// <param name="title">What stands above the window.</param>
    /// <param name="body">Markup; what people wrote in it is escaped.</param>
    /// <param name="styles">Names of style sheets that stand in this assembly.</param>
    /// <param name="script">Name of the script; null for none.</param>
    /// <param name="data">What the script reads.</param>
    public static string Of(
        string title,
        string body,
        IReadOnlyList<string> styles,
        string? script = null,
        object? data = null
    )
    {
        var style = string.Concat(styles.Select(Asset));
        var code = script is null ? null : Asset(script);
        var text = new StringBuilder();
        text.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        text.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Policy(style, code));
        text.Append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        text.Append(
            "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        );
        text.Append("<title>").Append(Escaped(title)).Append("</title>\n");
        text.Append("<style>").Append(style).Append("</style>\n</head>\n<body>\n").Append(body);
        // The writer escapes < and &: what somebody wrote cannot end the element.
        if (data is not null)
            text.Append("<script type=\"application/json\" id=\"data\">")
                .Append(JsonSerializer.Serialize(data, Contracts.Json.Options))
                .Append("</script>\n");
        if (code is not null)
            text.Append("<script>").Append(code).Append("</script>\n");
        return text.Append("</body>\n</html>\n").ToString();
    }

    public static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static string Policy(string style, string? script) =>
        $"default-src 'none'; style-src '{Hash(style)}'; script-src {(script is null ? "'none'" : $"'{Hash(script)}'")}; "
        + "base-uri 'none'; form-action 'none'";

    private static string Hash(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // A browser reads every end of a line as one letter, and hashes what it read.
    private static string Asset(string name)
    {
        using var stream = typeof(HtmlDocument).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
