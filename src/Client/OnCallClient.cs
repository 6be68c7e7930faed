using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>What changes who is on call: schedules, swaps, and the links of their calendars.</summary>
public sealed class OnCallClient(HttpClient http)
{
    private readonly Api api = new(http);

    /// <summary>Sets a schedule, as a whole; answers whose time to come is changed by that.</summary>
    public Task<ScheduleChanges> Set(
        string schedule,
        SetSchedule document,
        long? ifMatch = null,
        CancellationToken stop = default
    ) => api.PutFor<ScheduleChanges>($"schedules/{Uri.EscapeDataString(schedule)}", document, ifMatch, stop);

    public Task<long?> Propose(string schedule, ProposeSwap command, CancellationToken stop = default) =>
        api.Write($"schedules/{Uri.EscapeDataString(schedule)}/swaps", command, null, stop);

    /// <summary>Answers a swap: <c>accept</c>, <c>decline</c> or <c>withdraw</c>.</summary>
    public Task<long?> Answer(string schedule, Guid swap, string answer, CancellationToken stop = default) =>
        api.Write($"schedules/{Uri.EscapeDataString(schedule)}/swaps/{swap}/{answer}", null, null, stop);

    /// <summary>What incidents and being on call cost people; this quarter when nothing is given.</summary>
    public Task<LoadReport> Load(
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? timeZone = null,
        CancellationToken stop = default
    ) => api.Get<LoadReport>(Query.Of("load", ("from", from), ("to", to), ("timeZone", timeZone)), stop);

    public Task<NewCalendarLink> CreateLink(CreateCalendarLink wish, CancellationToken stop = default) =>
        api.Post<NewCalendarLink>("calendar-links", wish, null, stop);

    public Task<Page<CalendarLinkView>> Links(CancellationToken stop = default) =>
        api.Get<Page<CalendarLinkView>>("calendar-links", stop);

    public Task RevokeLink(Guid id, CancellationToken stop = default) => api.Delete($"calendar-links/{id}", stop);
}
