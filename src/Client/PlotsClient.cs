namespace Steady.Client;

/// <summary>Pictures of the console as files.</summary>
/// <param name="http">At the platform's <c>/plots/</c>, with a token.</param>
public sealed class PlotsClient(HttpClient http)
{
    private readonly Api api = new(http);

    /// <summary>A picture as SVG, or as PNG.</summary>
    /// <param name="of"><c>budgets</c>, <c>incidents</c> or <c>runs</c>.</param>
    /// <param name="id">Which of them.</param>
    /// <param name="format"><c>svg</c> or <c>png</c>.</param>
    /// <param name="theme"><c>light</c> or <c>dark</c>.</param>
    /// <param name="scale">Pixels of a PNG for one unit of the drawing, 1 to 3.</param>
    /// <param name="at">An incident as it was known then; null for now.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="ProblemException">There is no such thing, or it may not be seen.</exception>
    public Task<byte[]> Draw(
        string of,
        string id,
        string format,
        string theme = "light",
        int scale = 2,
        DateTimeOffset? at = null,
        CancellationToken stop = default
    ) =>
        api.GetBytes(
            Query.Of($"{of}/{Uri.EscapeDataString(id)}.{format}", ("theme", theme), ("scale", scale), ("at", at)),
            stop
        );
}
