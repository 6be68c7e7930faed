using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>Incidents and their timeline. The client's base address ends with <c>/v1/</c>; writes answer with the new version.</summary>
public sealed partial class IncidentsClient(HttpClient http)
{
    private readonly Api api = new(http);

    public Task<IncidentView> Declare(
        DeclareIncident command,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<IncidentView>("incidents", command, idempotencyKey, stop);

    /// <summary>Newest first; status <c>open</c> means not over.</summary>
    public Task<Page<IncidentView>> List(
        string? status = null,
        string? service = null,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<IncidentView>>(
            Query.Of("incidents", ("status", status), ("service", service), ("limit", limit), ("after", after)),
            stop
        );

    /// <summary>One incident, by id or by number (<c>INC-7</c>).</summary>
    public Task<IncidentView> Get(string incident, CancellationToken stop = default) =>
        api.Get<IncidentView>($"incidents/{Uri.EscapeDataString(incident)}", stop);

    public Task<long?> Acknowledge(Guid id, long? ifMatch = null, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/acknowledge", null, ifMatch, stop);

    public Task<long?> ChangeSeverity(
        Guid id,
        ChangeSeverity command,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Write($"incidents/{id}/severity", command, ifMatch, stop);

    public Task<long?> AddNote(Guid id, AddNote command, long? ifMatch = null, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/notes", command, ifMatch, stop);

    public Task<long?> Mitigate(
        Guid id,
        MitigateIncident command,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Write($"incidents/{id}/mitigate", command, ifMatch, stop);

    public Task<long?> Resolve(
        Guid id,
        ResolveIncident command,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Write($"incidents/{id}/resolve", command, ifMatch, stop);

    public Task<long?> Accept(Guid id, long? ifMatch = null, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/accept", null, ifMatch, stop);

    public Task<long?> Decline(
        Guid id,
        DeclineIncident command,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Write($"incidents/{id}/decline", command, ifMatch, stop);

    public Task<long?> Merge(Guid id, MergeIncident command, long? ifMatch = null, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/merge", command, ifMatch, stop);

    public Task<long?> Reopen(
        Guid id,
        ReopenIncident command,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Write($"incidents/{id}/reopen", command, ifMatch, stop);

    public Task<long?> Close(Guid id, long? ifMatch = null, CancellationToken stop = default) =>
        api.Write($"incidents/{id}/close", null, ifMatch, stop);

    /// <summary>The eleven moments of an incident and what is measured between them.</summary>
    public Task<IncidentTimestamps> Timestamps(string incident, CancellationToken stop = default) =>
        api.Get<IncidentTimestamps>($"incidents/{Uri.EscapeDataString(incident)}/timestamps", stop);

    public Task<long?> StateTimestamp(
        Guid id,
        StateTimestamp command,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Write($"incidents/{id}/timestamps", command, ifMatch, stop);

    /// <summary>What the severities mean; an earlier document by its version.</summary>
    public Task<SeveritiesView> Severities(long? version = null, CancellationToken stop = default) =>
        api.Get<SeveritiesView>(Query.Of("severities", ("version", version)), stop);

    public Task<long?> SetSeverities(SetSeverities document, long? ifMatch = null, CancellationToken stop = default) =>
        api.Put("severities", document, ifMatch, stop);

    /// <summary>What happened, oldest first; <paramref name="knownAt"/> answers as it was known at that moment.</summary>
    public Task<Page<TimelineEntry>> Timeline(
        string incident,
        DateTimeOffset? knownAt = null,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<TimelineEntry>>(
            Query.Of("timeline", ("incident", incident), ("knownAt", knownAt), ("limit", limit), ("after", after)),
            stop
        );

    /// <summary>What happens from now on, or after an event that was seen; reconnects by itself.</summary>
    public IAsyncEnumerable<FeedItem> Follow(long? after = null, CancellationToken stop = default) =>
        api.Follow(after, TimeProvider.System, stop);

    /// <summary>One connection to the feed, for callers that show when it is lost.</summary>
    public IAsyncEnumerable<FeedItem> FollowOnce(long? after = null, CancellationToken stop = default) =>
        api.FollowOnce(after, stop);

    /// <summary>Alerts as they came, newest first; status <c>firing</c> or <c>resolved</c>.</summary>
    public Task<Page<AlertView>> Alerts(
        string? status = null,
        string? service = null,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<AlertView>>(
            Query.Of("alerts", ("status", status), ("service", service), ("limit", limit), ("after", after)),
            stop
        );

    public Task<AlertView> Alert(Guid id, CancellationToken stop = default) => api.Get<AlertView>($"alerts/{id}", stop);

    /// <summary>Those that are not over; <paramref name="all"/> lists those that are, too.</summary>
    public Task<Page<SilenceView>> Silences(bool all = false, string? after = null, CancellationToken stop = default) =>
        api.Get<Page<SilenceView>>(Query.Of("silences", ("all", all ? "true" : null), ("after", after)), stop);

    public Task<SilenceView> Silence(SetSilence command, CancellationToken stop = default) =>
        api.Post<SilenceView>("silences", command, null, stop);

    public Task<long?> EndSilence(Guid id, EndSilence command, CancellationToken stop = default) =>
        api.Write($"silences/{id}/end", command, null, stop);

    /// <summary>What becomes of alerts.</summary>
    public Task<AlertRoutesView> AlertRoutes(CancellationToken stop = default) =>
        api.Get<AlertRoutesView>("alert-routes", stop);

    /// <summary>Which alerts make one incident.</summary>
    public Task<AlertGroupingView> AlertGrouping(CancellationToken stop = default) =>
        api.Get<AlertGroupingView>("alert-grouping", stop);

    public Task<Page<AlertGroupingView>> AlertGroupingHistory(CancellationToken stop = default) =>
        api.Get<Page<AlertGroupingView>>("alert-grouping/history", stop);

    /// <summary>What rules would have made of the alerts that came lately.</summary>
    public Task<AlertGroupingPreview> TryAlertGrouping(TryAlertGrouping wish, CancellationToken stop = default) =>
        api.Post<AlertGroupingPreview>("alert-grouping/preview", wish, null, stop);

    public Task<long?> SetAlertGrouping(
        SetAlertGrouping document,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Put("alert-grouping", document, ifMatch, stop);

    public Task<long?> SetAlertRoutes(
        SetAlertRoutes document,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.Put("alert-routes", document, ifMatch, stop);

    /// <summary>Who is on call in every schedule, now or at a moment.</summary>
    public Task<Page<OnCallView>> OnCall(DateTimeOffset? at = null, CancellationToken stop = default) =>
        api.Get<Page<OnCallView>>(Query.Of("on-call", ("at", at)), stop);

    /// <summary>Who is on call in a schedule; with <paramref name="knownAt"/>, who was believed to be.</summary>
    public Task<OnCallView> OnCall(
        string schedule,
        DateTimeOffset? at = null,
        DateTimeOffset? knownAt = null,
        CancellationToken stop = default
    ) =>
        api.Get<OnCallView>(
            Query.Of($"schedules/{Uri.EscapeDataString(schedule)}/on-call", ("at", at), ("knownAt", knownAt)),
            stop
        );

    public Task<SchedulePreview> PreviewSchedule(
        string schedule,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        CancellationToken stop = default
    ) =>
        api.Get<SchedulePreview>(
            Query.Of($"schedules/{Uri.EscapeDataString(schedule)}/preview", ("from", from), ("to", to)),
            stop
        );

    public Task<ScheduleView> Schedule(string schedule, CancellationToken stop = default) =>
        api.Get<ScheduleView>($"schedules/{Uri.EscapeDataString(schedule)}", stop);

    public Task<long?> OverrideSchedule(string schedule, OverrideSchedule command, CancellationToken stop = default) =>
        api.Write($"schedules/{Uri.EscapeDataString(schedule)}/overrides", command, null, stop);

    public Task CancelOverride(string schedule, Guid id, CancellationToken stop = default) =>
        api.Delete($"schedules/{Uri.EscapeDataString(schedule)}/overrides/{id}", stop);

    /// <summary>What is to be done, soonest due first; <paramref name="all"/> lists what is done as well.</summary>
    public Task<Page<FollowUpView>> FollowUps(
        bool all = false,
        string? owner = null,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<FollowUpView>>(
            Query.Of("follow-ups", ("state", all ? "all" : null), ("owner", owner), ("limit", limit), ("after", after)),
            stop
        );

    public Task<FollowUpView> FollowUp(Guid id, CancellationToken stop = default) =>
        api.Get<FollowUpView>($"follow-ups/{id}", stop);

    public Task<long?> CompleteFollowUp(Guid id, CompleteFollowUp command, CancellationToken stop = default) =>
        api.Write($"follow-ups/{id}/complete", command, null, stop);
}
