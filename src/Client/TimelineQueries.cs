using System.Runtime.CompilerServices;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Client;

public sealed partial class IncidentsClient
{
    private const int AtOnce = 500;

    /// <summary>
    /// What a query finds; <paramref name="knownAt"/> answers as it was known at that moment, <paramref name="seenBy"/> with what somebody had
    /// seen, <paramref name="incident"/> with what belongs to one incident.
    /// </summary>
    public Task<TimelineAnswer> Ask(
        string query,
        DateTimeOffset? knownAt = null,
        int? limit = null,
        string? after = null,
        string? seenBy = null,
        string? incident = null,
        CancellationToken stop = default
    ) => api.Get<TimelineAnswer>(Asking(query, knownAt, limit, after, seenBy, incident), stop);

    /// <summary>
    /// The same as a text – <c>text/markdown</c>, <c>text/csv</c> or <c>application/x-ndjson</c> – piece by piece: all of it where
    /// <paramref name="limit"/> is null. What stands above the rows is told once.
    /// </summary>
    public async IAsyncEnumerable<string> AskText(
        string query,
        string mediaType,
        DateTimeOffset? knownAt = null,
        int? limit = null,
        string? after = null,
        string? seenBy = null,
        string? incident = null,
        [EnumeratorCancellation] CancellationToken stop = default
    )
    {
        var (next, told) = (after, 0);
        do
        {
            var asked = Asking(query, knownAt, limit ?? AtOnce, next, seenBy, incident);
            (var text, next) = await api.GetPage(asked, mediaType, stop);
            yield return Without(text, told);
            told = mediaType switch
            {
                "text/markdown" => 2,
                "text/csv" => 1,
                _ => 0,
            };
        } while (next is not null && limit is null);
    }

    /// <summary>The same as a document, <c>html</c> or <c>pdf</c>: at most 2,000 entries.</summary>
    public Task<byte[]> AskDocument(
        string query,
        string format,
        DateTimeOffset? knownAt = null,
        int? limit = null,
        string? seenBy = null,
        string? incident = null,
        CancellationToken stop = default
    ) => api.GetBytes($"{Asking(query, knownAt, limit, null, seenBy, incident)}&format={format}", stop);

    /// <summary>What could be typed next at a place of a query.</summary>
    public Task<Page<QueryCompletion>> Complete(string query, int? caret = null, CancellationToken stop = default) =>
        api.Get<Page<QueryCompletion>>(Query.Of("timeline/complete", ("q", query), ("caret", caret)), stop);

    /// <summary>Queries that are kept, by name.</summary>
    public Task<Page<SavedTimelineView>> Views(CancellationToken stop = default) =>
        api.Get<Page<SavedTimelineView>>("timeline/views", stop);

    public Task<SavedTimelineView> View(string name, CancellationToken stop = default) =>
        api.Get<SavedTimelineView>($"timeline/views/{Uri.EscapeDataString(name)}", stop);

    public Task<long?> SetView(string name, SetTimelineView view, CancellationToken stop = default) =>
        api.Put($"timeline/views/{Uri.EscapeDataString(name)}", view, stop);

    public Task RemoveView(string name, CancellationToken stop = default) =>
        api.Delete($"timeline/views/{Uri.EscapeDataString(name)}", stop);

    /// <summary>Where what a kept query finds is posted to, and how that goes.</summary>
    public Task<ViewWebhookState> ViewWebhook(string view, CancellationToken stop = default) =>
        api.Get<ViewWebhookState>(Webhook(view), stop);

    public Task<long?> SetViewWebhook(string view, SetViewWebhook webhook, CancellationToken stop = default) =>
        api.Put(Webhook(view), webhook, stop);

    public Task RemoveViewWebhook(string view, CancellationToken stop = default) => api.Delete(Webhook(view), stop);

    /// <summary>Sends a message that tells nothing to where entries would go.</summary>
    public Task<ViewWebhookTest> TestViewWebhook(string view, CancellationToken stop = default) =>
        api.Post<ViewWebhookTest>($"{Webhook(view)}/test", null, stop);

    private static string Webhook(string view) => $"timeline/views/{Uri.EscapeDataString(view)}/webhook";

    private static string Without(string text, int lines)
    {
        var start = 0;
        for (; lines > 0; lines--)
            start = text.IndexOf('\n', start) + 1;
        return text[start..];
    }

    private static string Asking(
        string query,
        DateTimeOffset? knownAt,
        int? limit,
        string? after,
        string? seenBy,
        string? incident = null
    ) =>
        Query.Of(
            "timeline",
            // An empty query asks for the last day.
            ("q", query.Length == 0 ? " " : query),
            ("knownAt", knownAt),
            ("seenBy", seenBy),
            ("incident", incident),
            ("limit", limit),
            ("after", after)
        );
}
