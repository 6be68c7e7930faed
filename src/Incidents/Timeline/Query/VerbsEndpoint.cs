using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline.Analysis;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Answers questions about whole incidents, by the doors that have them.</summary>
public static class VerbsEndpoint
{
    public static async Task<IResult> Answer(
        HttpRequest request,
        Verb verb,
        Beside beside,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var allowed = verb is ContradictionsIn ? new Beside(KnownAt: beside.KnownAt) : new Beside();
        if (beside != allowed)
            return Answers.Problem(
                400,
                "malformed",
                "A question about whole incidents stands alone; beside contradictions 'knownAt' may stand."
            );
        if (NegotiatedEndpoint.FormOf(request) != NegotiatedEndpoint.Plain)
            return Answers.Problem(400, "malformed", "A question about whole incidents is answered as JSON.");
        var services = request.HttpContext.RequestServices;
        var answer = await Ask(verb, beside.KnownAt, sight, session, database, services, clock, stop);
        var empty = new TimelineAnswer([], null, Query: Verbs.Print(verb));
        return answer switch
        {
            IValueHttpResult<IncidentDiff> { Value: { } diff } => Told(empty with { Diff = diff }),
            IValueHttpResult<SimilarIncidents> { Value: { } similar } => Told(empty with { Similar = similar }),
            IValueHttpResult<ContradictionList> { Value: { } found } => Told(empty with { Contradictions = found }),
            _ => answer,
        };

        IResult Told(TimelineAnswer told) => NegotiatedEndpoint.Answer(request, told);
    }

    private static async Task<IResult> Ask(
        Verb verb,
        DateTimeOffset? knownAt,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        IServiceProvider services,
        TimeProvider clock,
        CancellationToken stop
    ) =>
        verb switch
        {
            DiffOf diff => await DiffEndpoint.Show(
                diff.Left,
                diff.Right,
                sight,
                session,
                database,
                clock,
                stop,
                diff.Align
            ),
            SimilarTo similar => await SimilarEndpoint.Show(
                similar.Incident,
                sight,
                session,
                database,
                services.GetRequiredService<IncidentTraitsSchema>(),
                clock,
                stop,
                similar.Count
            ),
            ContradictionsIn { Incident: var incident } => await ContradictionsEndpoint.List(
                incident,
                sight,
                session,
                database,
                services.GetRequiredService<ContradictionsReaderSchema>(),
                clock,
                stop,
                knownAt
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(verb)),
        };
}
