namespace Steady.Web.Drawing;

/// <summary>What strangers send may be an address that a page can lead to. Pure.</summary>
public static class Links
{
    /// <summary>The text, where it is an address of the web and nothing else; null where it is only text.</summary>
    public static string? Of(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address.AbsoluteUri
            : null;
}
