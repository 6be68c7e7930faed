using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>Puts an incident's page together from what three services know.</summary>
public sealed class IncidentReader(TimeProvider clock, IConfiguration configuration)
{
    private const int MostEntries = 500;

    public async Task<IncidentModel> Read(
        Apis apis,
        string id,
        DateTimeOffset? at,
        bool whole,
        string? refusal,
        CancellationToken stop
    )
    {
        var view = apis.Incidents.Get(id, stop);
        var page = apis.Incidents.Timeline(id, at, MostEntries, stop: stop);
        var (incident, entries) = (await view, (await page).Items);
        var now = clock.GetUtcNow();
        return new IncidentModel(
            incident,
            entries,
            await Runs(apis, entries, stop),
            now,
            at,
            whole,
            KnownState.Of(incident, entries, at),
            refusal,
            Uri.TryCreate(configuration["Dashboard:Url"], UriKind.Absolute, out var dashboard) ? dashboard : null
        );
    }

    private static async Task<IReadOnlyDictionary<Guid, RunView>> Runs(
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
