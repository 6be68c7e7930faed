using System.ComponentModel.DataAnnotations;
using Marten;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline.Analysis;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Query;

/// <summary>A question as it came.</summary>
public sealed record Asked(string Text, Beside Beside, string? After, int Limit);

/// <summary>Answers queries over timelines.</summary>
public static class TimelineQueryEndpoint
{
    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/timeline/complete", Complete)
            .WithTags("Timeline")
            .WithSummary("What could be typed next at a place of a query")
            .Produces<Page<QueryCompletion>>();

    /// <summary>The answer in the form that was asked for, or what is wrong with the question.</summary>
    public static async Task<IResult> Answer(
        HttpRequest request,
        Asked asked,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (reading, now) = (Parsing.Read(asked.Text), clock.GetUtcNow());
        if (reading.Verb is { } verb)
            return await VerbsEndpoint.Answer(request, verb, asked.Beside, sight, session, database, clock, stop);
        if (reading.Search is not { } search)
            return Malformed(asked.Text, reading.Mistakes);
        if (Sugar.Twice(search, asked.Beside) is { } twice)
            return Answers.Problem(400, "malformed", $"'{twice}' is said in the query and beside it. Say it once.");
        search = Sugar.Add(search, asked.Beside);
        var (known, refused) = await Known(search, new QueryEdges(sight, session, database, now), stop);
        if (known is null)
            return refused!;
        var bound = Binding.Bind(asked.Text, search, known);
        if (bound.Plan is not { } plan)
            return Malformed(asked.Text, bound.Mistakes);
        if (plan.SeenBy is var (who, incident))
        {
            var scope = known.Incidents[incident].Scope with { Hidden = known.Hidden };
            var story = await EntriesReaderSchema.OfIncident(database, scope, plan.KnownAt, stop);
            plan = plan with { Only = [.. Seen.By(story, who, plan.KnownAt ?? now).Select(entry => entry.Id)] };
        }

        return await Found(request, asked, search, plan, new QueryEdges(sight, session, database, now), stop);
    }

    /// <summary>What the names of a query stand for; or that there is no such thing.</summary>
    public static async Task<(Known? Known, IResult? Refused)> Known(
        Search search,
        QueryEdges around,
        CancellationToken stop
    )
    {
        var (sight, session, database, now, pin) = around;
        var incidents = new Dictionary<string, IncidentKnown>();
        foreach (var name in Binding.Incidents(search.Where).Select(word => word.Text).Distinct())
        {
            if (await IncidentBoardEndpoint.Find(session, name, stop) is not { } view || !sight.Sees(view.Id))
                return (null, IncidentBoardEndpoint.Unknown(name));
            var moments = await Moments(around, view.Id, search, stop);
            var knownAt = Binding.KnownAt(search.Settings, moments, now);
            var scope = await KnownIncidentSchema.ScopeOf(view, session, database, knownAt ?? pin, now, stop);
            incidents[name] = new IncidentKnown(scope, moments);
        }

        return (new Known(now, incidents) { Hidden = await sight.Subjects(session, stop) }, null);
    }

    private static async Task<IResult> Found(
        HttpRequest request,
        Asked asked,
        Search search,
        Plan plan,
        QueryEdges around,
        CancellationToken stop
    )
    {
        var database = around.Database;
        var after = plan.Recorded || asked.After is null ? null : Mark.Read(asked.After);
        var afterRecorded = plan.Recorded && asked.After is not null ? RecordedMark.Read(asked.After) : null;
        if (asked.After is not null && after is null && afterRecorded is null)
            return Answers.Problem(
                400,
                "malformed",
                "'after' is not understood. Give the 'next' of the page before, to the same query."
            );
        // The mark first: what is written meanwhile is later than it.
        var through = await TimelineRowsSchema.KnownThrough(database, stop);
        var answer =
            search.Pipes.Count > 0
                ? await PipesEndpoint.Answer(search, plan, around, stop)
                : await Paged(plan, new Part(asked.Limit + 1, after, afterRecorded), database, stop);
        if (answer is null)
            return TooCostly();
        // What is counted is read as well: whoever names an incident has read of it.
        var read = plan
            .Incidents.Values.Select(one => one.Scope.Incident)
            .Concat(answer.Items.Select(e => e.IncidentId));
        await around.Sight.Read(read.OfType<Guid>(), "timeline", stop);
        var told = answer with
        {
            KnownThrough = through,
            Query = Printing.Print(search),
            From = plan.From,
            To = plan.To,
        };
        return NegotiatedEndpoint.Answer(request, told, await About(request, plan, around.Session, stop));
    }

    // Only a document has a title.
    private static async Task<IncidentView?> About(
        HttpRequest request,
        Plan plan,
        IQuerySession session,
        CancellationToken stop
    ) =>
        NegotiatedEndpoint.IsDocument(NegotiatedEndpoint.FormOf(request))
        && plan.Incidents.Values.Select(one => one.Scope.Incident).Distinct().ToList() is [{ } only]
            ? await session.LoadAsync<IncidentView>(only, stop)
            : null;

    private static async Task<TimelineAnswer?> Paged(
        Plan plan,
        Part part,
        NpgsqlDataSource database,
        CancellationToken stop
    )
    {
        var found = await TimelineQuerySchema.Rows(database, Compiling.Rows(plan, part), IsWide(plan), stop);
        if (found is null)
            return null;
        var items = found.Take(part.Limit - 1).ToList();
        var next =
            found.Count < part.Limit ? null
            : plan.Recorded ? RecordedMark.Of(items[^1]).Print()
            : Mark.Of(items[^1]).Print();
        return new TimelineAnswer(items, next);
    }

    /// <summary>Whether nothing keeps it small. An incident's timeline and a day of anything are small enough to be tried.</summary>
    public static bool IsWide(Plan plan) =>
        !Binding.Surely(plan.Where).Any(term => term.Field is "incident" or "entry")
        && (plan.From is null || plan.To is null || plan.To - plan.From > Binding.Usual);

    // As they were known then; the moment itself may be one of them.
    private static async Task<IReadOnlyDictionary<IncidentMoment, DateTimeOffset>> Moments(
        QueryEdges around,
        Guid incident,
        Search search,
        CancellationToken stop
    )
    {
        var settings = search.Settings;
        if (
            !new[] { settings.From, settings.To, settings.KnownAt }.Any(when =>
                when is { Anchor: not (null or When.Now) }
            )
        )
            return new Dictionary<IncidentMoment, DateTimeOffset>();
        var (_, session, database, _, _) = around;
        var story = await KnownIncidentSchema.Story(incident, session, database, settings.KnownAt?.At, stop);
        return Timestamps
            .Of(story)
            .Where(one => one.Holds?.OccurredAt is not null)
            .ToDictionary(one => one.Moment, one => one.Holds!.OccurredAt!.Value);
    }

    private static IResult Complete([Required] string q, int? caret = null) =>
        TypedResults.Ok(new Page<QueryCompletion>(Completing.Complete(q, caret ?? q.Length), null));

    /// <summary>400, with each mistake and its place.</summary>
    public static IResult Malformed(string text, IReadOnlyList<QueryMistake> mistakes) =>
        Answers.Problem(
            400,
            "query-malformed",
            $"Line {mistakes[0].Line}, column {mistakes[0].Column}: {mistakes[0].Message}",
            new Dictionary<string, object?> { ["query"] = text, ["errors"] = mistakes }
        );

    /// <summary>422, with what narrows a question.</summary>
    public static IResult TooCostly() =>
        Answers.Problem(
            422,
            "query-too-costly",
            "Too much would have to be read for this. Name an incident (incident:INC-7), a service, or a shorter time "
                + "(from:-2h); a star at the beginning of a word, and words that stand everywhere, cost most. 'causes' and "
                + "'effects' look at 20 entries at most: put 'first 20' before them."
        );
}
