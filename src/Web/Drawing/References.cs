namespace Steady.Web.Drawing;

/// <summary>What something is about, as a word and an address. A run and an incident are known to other services by their ids only.</summary>
public static class References
{
    private const string Incident = "incident ";

    public static (string Words, string? Href) Of(string reference) =>
        Guid.TryParse(reference, out var run) ? ($"run {reference[..8]}", $"/gamedays/{run}")
        : reference.StartsWith(Incident, StringComparison.Ordinal)
        && Guid.TryParse(reference[Incident.Length..], out var incident)
            ? (reference[..(Incident.Length + 8)], $"/incidents/{incident}")
        : (reference, null);
}
