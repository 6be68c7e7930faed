namespace Steady.Incidents.Timeline.Query;

/// <summary>What is said of kept queries. Pure.</summary>
public static class ViewSentences
{
    private const string Poster = "rule:webhooks";

    public static Line? Of(Guid stream, object data) =>
        data switch
        {
            ViewSet e => Said(stream, e.At, e.By, $"The view {e.Name} asks for: {e.Query}"),
            ViewRemoved e => Said(stream, e.At, e.By, $"The view {e.Name} was taken away."),
            ViewWebhookSet e => Said(stream, e.At, e.By, $"What the view {e.Name} finds is posted to {e.Hint}."),
            ViewWebhookSwitchedOff e => Said(
                stream,
                e.At,
                Poster,
                $"What the view {e.Name} finds is posted no more: {e.Because}."
            ),
            ViewWebhookRemoved e => Said(stream, e.At, e.By, $"What the view {e.Name} finds is posted no more."),
            _ => null,
        };

    private static Line Said(Guid stream, DateTimeOffset at, string by, string text) =>
        new(at, [], stream, text) { By = by };
}
