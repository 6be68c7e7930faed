using Steady.Client;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>An incident as people look back on it: what was recorded, and the story they make of it.</summary>
/// <param name="Entries">What was recorded, without what the postmortem says of itself.</param>
/// <param name="Impact">What the postmortem says of who suffered, as safe HTML; empty while nobody has.</param>
/// <param name="Refused">What was asked for and not done; null when nothing was.</param>
public sealed record ReviewModel(
    IncidentView Incident,
    IReadOnlyList<TimelineEntry> Entries,
    Rows Rows,
    IncidentStory Story,
    IncidentTimestamps? Timestamps,
    string Impact,
    IReadOnlyDictionary<Guid, RunView> Runs,
    DateTimeOffset Now,
    Refused? Refused,
    bool MayWrite
)
{
    public string Incidents => $"/incidents/INC-{Incident.Number}";

    public string Path => $"{Incidents}/review";

    public IEnumerable<TimelineEntry> Listed => Entries.Skip(Rows.First - 1).Take(Rows.Last - Rows.First + 1);

    public string Query => QueryFrom(Rows.First);

    public string QueryFrom(int row) => row > 1 ? FormattableString.Invariant($"?from={row}") : "";

    public IReadOnlySet<Guid> Key { get; } = Story.Moments.Select(one => one.Entry.Id).ToHashSet();

    /// <summary>What it would begin with: where things turned.</summary>
    public IReadOnlyList<TimelineEntry> Turning => ReviewReader.Turning(Incident, Entries);

    /// <summary>While nobody has chosen, what they would probably choose.</summary>
    public Strip Strip =>
        DrawStrip.Of(
            Incident,
            Entries,
            Runs,
            Now,
            whole: false,
            Key.Count > 0 ? Key : Turning.Select(one => one.Id).ToHashSet()
        );

    /// <summary>The words that somebody could not store to this moment; null where there are none.</summary>
    public string? Kept(Guid entry) =>
        Refused?.Form is { What: "words" } form && form.Id("entry") == entry ? form.Text("text") : null;
}

public static class ReviewEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        const string At = "/incidents/{id}/review";
        pages.MapGet(At, Page);
        pages.MapGet($"/fragments{At}", Fragment);
        pages.MapPost($"{At}/{{what}}", Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet($"{At}/{{what}}", (string id) => TypedResults.LocalRedirect(Path(id)));
    }

    private static async Task<IResult> Page(
        string id,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        int from = 1
    ) => Html.Of<ReviewPage>(await ReviewReader.Read(apis, clock, id, from, null, stop));

    private static async Task<IResult> Fragment(
        string id,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        int from = 1
    ) => Html.Of<ReviewPanel>(await ReviewReader.Read(apis, clock, id, from, null, stop));

    private static async Task<IResult> Act(
        string id,
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        var from = (int)Math.Clamp(form.Number("from") ?? 1, 1, int.MaxValue);
        try
        {
            if (Do(apis, clock, id, form, stop) is not { } doing)
                return TypedResults.NotFound();
            await doing;
            return TypedResults.LocalRedirect(
                $"{Path(id)}{(from > 1 ? $"?from={from}" : "")}{(form.Id("entry") is { } entry ? $"#e-{entry}" : "")}"
            );
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            var refused = new Refused(Refusals.Sentence(problem), problem.Status, form);
            var model = await ReviewReader.Read(apis, clock, id, from, refused, stop);
            return Html.Of<ReviewPage>(model, problem.Status);
        }
    }

    private static Task? Do(Apis apis, TimeProvider clock, string id, Filled form, CancellationToken stop)
    {
        var entry = form.Id("entry") ?? Guid.Empty;
        return form.What switch
        {
            "tell" => apis.Postmortems.Tell(id, entry, new TellMoment(), stop),
            "words" => apis.Postmortems.Tell(
                id,
                entry,
                new TellMoment(form.Text("text"), (int?)form.Number("version")),
                stop
            ),
            "leave-out" => apis.Postmortems.LeaveOut(id, entry, stop),
            "begin" => Begin(apis, clock, id, stop),
            _ => null,
        };
    }

    private static async Task Begin(Apis apis, TimeProvider clock, string id, CancellationToken stop)
    {
        foreach (var entry in (await ReviewReader.Read(apis, clock, id, 1, null, stop)).Turning)
            await apis.Postmortems.Tell(id, entry.Id, new TellMoment(), stop);
    }

    private static string Path(string id) => $"/incidents/{Uri.EscapeDataString(id)}/review";
}
