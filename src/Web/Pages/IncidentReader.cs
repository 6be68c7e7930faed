using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>Puts an incident's page together from what three services know.</summary>
public sealed class IncidentReader(TimeProvider clock, IConfiguration configuration)
{
    // What one answer may hold, and how many answers are read for one page: ten thousand entries.
    private const int AtOnce = 500;
    private const int MostAnswers = 20;

    public async Task<IncidentModel> Read(
        Apis apis,
        string id,
        DateTimeOffset? at,
        bool whole,
        int from,
        Refused? refused,
        CancellationToken stop
    )
    {
        var view = apis.Incidents.Get(id, stop);
        var timeline = Entries(apis, id, at, stop);
        var response = at is null ? apis.Incidents.Response(id, stop) : null;
        var paging = at is null ? Answer.Of(apis.Paging.Escalation(id, stop)) : null;
        var moments = at is null ? Answer.Of(apis.Incidents.Timestamps(id, stop)) : null;
        var (incident, (entries, more)) = (await view, await timeline);
        var followUps = at is null && incident.Status.IsOver() ? await FollowUps(apis, id, stop) : [];
        var now = clock.GetUtcNow();
        return new IncidentModel(
            incident,
            entries,
            Rows.Of(entries.Count, more, from),
            await Runs(apis, entries, stop),
            now,
            at,
            whole,
            KnownState.Of(incident, entries, at),
            refused,
            Uri.TryCreate(configuration["Dashboard:Url"], UriKind.Absolute, out var dashboard) ? dashboard : null,
            response is null ? null : await response,
            paging is null ? null : await paging,
            moments is null ? null : (await moments).Value,
            followUps,
            apis.Me,
            apis.May("incidents:write"),
            at is null && incident.Private ? (await Answer.Of(apis.Incidents.People(id, stop))).Value?.Items : null,
            paging is not null && await IsRouted(apis, incident, (await paging).Value, stop)
        );
    }

    // Policies are asked for only where none pages for it, and somebody could ask for it.
    private static async Task<bool> IsRouted(
        Apis apis,
        IncidentView incident,
        EscalationView? escalation,
        CancellationToken stop
    ) =>
        escalation is { Policy: null }
        && !incident.Status.IsOver()
        && apis.May("incidents:write")
        && (await Answer.Of(apis.Paging.Policies(stop))).Value is { } policies
        && policies.Items.Any(one => one.Services.Contains(incident.Service) || one.Services.Contains("*"));

    /// <summary>Only what its picture is drawn from, and until when that is known.</summary>
    public async Task<(IncidentView Incident, Strip Strip, DateTimeOffset Until)> Strip(
        Apis apis,
        string id,
        DateTimeOffset? at,
        CancellationToken stop
    )
    {
        var (view, timeline) = (apis.Incidents.Get(id, stop), Entries(apis, id, at, stop));
        var (incident, (entries, _)) = (await view, await timeline);
        var until = at ?? clock.GetUtcNow();
        return (incident, DrawStrip.Of(incident, entries, await Runs(apis, entries, stop), until, false), until);
    }

    // Only a postmortem asks for some.
    private static async Task<IReadOnlyList<FollowUpView>> FollowUps(Apis apis, string id, CancellationToken stop) =>
        (await Answer.Of(apis.Postmortems.Get(id, stop))).Value?.ActionItems ?? [];

    /// <summary>All of them, whichever are listed: the state that was known and the picture are made of all.</summary>
    public static async Task<(IReadOnlyList<TimelineEntry> Entries, bool More)> Entries(
        Apis apis,
        string id,
        DateTimeOffset? at,
        CancellationToken stop
    )
    {
        var entries = new List<TimelineEntry>();
        string? next = null;
        for (var answer = 0; answer < MostAnswers && (answer == 0 || next is not null); answer++)
        {
            var page = await apis.Incidents.Timeline(id, at, AtOnce, next, stop);
            entries.AddRange(page.Items);
            next = page.Next;
        }

        return (entries, next is not null);
    }

    public static async Task<IReadOnlyDictionary<Guid, RunView>> Runs(
        Apis apis,
        IReadOnlyList<TimelineEntry> entries,
        CancellationToken stop
    )
    {
        var ids = entries
            .Where(e => e is { Source: "experiments", SubjectId: not null })
            .Select(e => e.SubjectId!.Value);
        var answers = await Task.WhenAll(ids.Distinct().Select(id => Answer.Of(apis.Experiments.Run(id, stop))));
        return answers.Where(a => a.Value is not null).ToDictionary(a => a.Value!.Id, a => a.Value!);
    }
}
