using System.ComponentModel.DataAnnotations;
using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>Incidents that were like one.</summary>
public static class SimilarEndpoint
{
    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/incidents/{id}/similar", Show)
            .WithTags("Timeline")
            .WithSummary("The incidents most like one, with what that is made of: text, labels, course and services")
            .Produces<SimilarIncidents>();

    public static async Task<IResult> Show(
        string id,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        IncidentTraitsSchema traits,
        TimeProvider clock,
        CancellationToken stop,
        [Range(1, 50)] int k = 5
    )
    {
        if (await AnalysisEndpoint.Load(id, null, sight, session, database, clock.GetUtcNow(), stop) is not { } story)
            return IncidentBoardEndpoint.Unknown(id);
        var incident = story.Incident;
        var all = (await traits.All(stop)).Where(one => sight.Sees(one.Incident)).ToList();
        if (all.FirstOrDefault(one => one.Incident == incident.Id) is not { } subject)
            return TypedResults.Ok(new SimilarIncidents(incident.Id, []));
        // What is part of it, or what it is part of, is not another one.
        var itself = (incident.Absorbed ?? []).Select(one => one.Id).Append(incident.Id).ToHashSet();
        if (incident.MergedInto is { } whole)
            itself.Add(whole);
        var found = new Similarity(subject, all.Where(one => !itself.Contains(one.Incident))).Most(k, Names(story));
        var views = (
            await session.LoadManyAsync<IncidentView>(stop, [.. found.Select(one => one.Incident)])
        ).ToDictionary(one => one.Id);
        await sight.Read(views.Keys, "similar", stop);
        return TypedResults.Ok(
            new SimilarIncidents(
                incident.Id,
                [
                    .. found
                        .Where(one => views.ContainsKey(one.Incident))
                        .Select(one => Of(views[one.Incident], one.Score, one.Parts)),
                ]
            )
        );
    }

    private static SimilarIncident Of(IncidentView view, decimal score, IReadOnlyList<LikenessPart> parts) =>
        new(
            view.Id,
            view.Number,
            view.Service,
            view.Severity,
            view.Title,
            view.DeclaredAt,
            view.Resolution,
            score,
            parts
        );

    // Words are kept as numbers; what they stand for is read from the entries as they are now.
    private static Func<int, string> Names(Story story)
    {
        var names = new Dictionary<int, string>();
        foreach (var word in story.Entries.SelectMany(one => Vocabulary.Of(one.Text)))
            names.TryAdd(Traits.NumberOf(word), word);
        return number => names.GetValueOrDefault(number, "a word that was taken out");
    }
}
