using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>What is learnt from incidents. The client's base address ends with <c>/v1/</c>; writes answer with the new version.</summary>
public sealed class PostmortemsClient(HttpClient http)
{
    private readonly Api api = new(http);

    /// <summary>What is to be written or published, soonest due first; <paramref name="all"/> lists what is published as well.</summary>
    public Task<Page<PostmortemRow>> List(
        bool all = false,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<PostmortemRow>>(
            Query.Of("postmortems", ("state", all ? "all" : null), ("limit", limit), ("after", after)),
            stop
        );

    /// <summary>The postmortem of an incident, by the incident's id or number.</summary>
    public Task<PostmortemView> Get(string incident, CancellationToken stop = default) =>
        api.Get<PostmortemView>(Of(incident), stop);

    /// <summary>As a document: <c>markdown</c>, <c>html</c> or <c>pdf</c>.</summary>
    public Task<byte[]> Export(string incident, string format, CancellationToken stop = default) =>
        api.GetBytes(Query.Of(Of(incident), ("format", format)), stop);

    /// <summary>Everything that stood in a section, newest first.</summary>
    public Task<Page<SectionView>> Versions(string incident, string section, CancellationToken stop = default) =>
        api.Get<Page<SectionView>>($"{Section(incident, section)}/versions", stop);

    /// <summary>How a text will look; nothing is stored.</summary>
    public Task<MarkdownPreview> Preview(string text, CancellationToken stop = default) =>
        api.Post<MarkdownPreview>("postmortems/preview", new PreviewMarkdown(text), null, stop);

    /// <summary>Begins it; a second time changes nothing.</summary>
    public Task<long?> Start(string incident, CancellationToken stop = default) =>
        api.Write(Of(incident), null, null, stop);

    public Task<long?> Write(string incident, string section, WriteSection text, CancellationToken stop = default) =>
        api.Put(Section(incident, section), text, stop);

    public Task<long?> Submit(string incident, CancellationToken stop = default) =>
        api.Write($"{Of(incident)}/submit", null, null, stop);

    public Task<long?> SendBack(string incident, SendBackPostmortem command, CancellationToken stop = default) =>
        api.Write($"{Of(incident)}/send-back", command, null, stop);

    /// <param name="ifMatch">The version that was read, so that nothing is approved that was not.</param>
    public Task<long?> Review(
        string incident,
        ReviewPostmortem command,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Write($"{Of(incident)}/review", command, ifMatch, stop);

    public Task<long?> Publish(string incident, long? ifMatch = null, CancellationToken stop = default) =>
        api.Write($"{Of(incident)}/publish", null, ifMatch, stop);

    public Task<FollowUpView> Ask(
        string incident,
        OpenActionItem command,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<FollowUpView>($"{Of(incident)}/action-items", command, idempotencyKey, stop);

    /// <summary>The key moments of an incident, each with what people say of it.</summary>
    public Task<IncidentStory> Story(string incident, CancellationToken stop = default) =>
        api.Get<IncidentStory>(StoryOf(incident), stop);

    /// <summary>Takes an entry of the timeline into the story, or writes the words that stand with it.</summary>
    public Task<long?> Tell(string incident, Guid entry, TellMoment command, CancellationToken stop = default) =>
        api.Put($"{StoryOf(incident)}/{entry}", command, stop);

    public Task LeaveOut(string incident, Guid entry, CancellationToken stop = default) =>
        api.Delete($"{StoryOf(incident)}/{entry}", stop);

    /// <summary>How long things took, across incidents that were declared in a stretch of time; the last 90 days when none is given.</summary>
    public Task<IncidentMeasures> Measures(
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? service = null,
        Severity? severity = null,
        CancellationToken stop = default
    ) =>
        api.Get<IncidentMeasures>(
            Query.Of("incident-measures", ("from", from), ("to", to), ("service", service), ("severity", severity)),
            stop
        );

    private static string Of(string incident) => $"incidents/{Uri.EscapeDataString(incident)}/postmortem";

    private static string StoryOf(string incident) => $"incidents/{Uri.EscapeDataString(incident)}/story";

    private static string Section(string incident, string section) =>
        $"{Of(incident)}/sections/{Uri.EscapeDataString(section)}";
}
