using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using JasperFx.Events;
using Marten;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.FollowUps;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Learning;

/// <summary>Postmortems as they are read.</summary>
public static class PostmortemEndpoint
{
    private const int MostLater = 5000;
    private const int MostOwed = 500;

    public static void Map(IEndpointRouteBuilder read)
    {
        read.MapGet("/postmortems", List)
            .WithTags("Postmortems")
            .WithSummary(
                "What is to be written or published, soonest due first; state=all lists what is published as well"
            )
            .Produces<Page<PostmortemRow>>();
        read.MapGet("/incidents/{id}/postmortem", Show)
            .WithTags("Postmortems")
            .WithSummary("The postmortem of an incident: as JSON, or as a document with format=markdown, html or pdf")
            .Produces<PostmortemView>()
            .Produces<string>(200, "text/markdown", "text/html", "application/pdf");
        read.MapGet("/incidents/{id}/postmortem/sections/{section}/versions", Versions)
            .WithTags("Postmortems")
            .WithSummary("Everything that stood in a section, newest first")
            .Produces<Page<SectionView>>();
        read.MapPost("/postmortems/preview", Preview)
            .WithTags("Postmortems")
            .WithSummary("How a text will look; nothing is stored")
            .Produces<MarkdownPreview>();
    }

    /// <summary>404, where an incident has no postmortem.</summary>
    public static IResult Missing(IncidentView incident) =>
        Answers.Problem(
            404,
            "not-found",
            $"Nobody has begun a postmortem of INC-{incident.Number}. POST /v1/incidents/INC-{incident.Number}/postmortem begins it."
        );

    /// <summary>400, for a section that does not exist.</summary>
    public static IResult Unknown(string section) =>
        Answers.Problem(
            400,
            "malformed",
            $"'{section}' is no section. Give one of {string.Join(", ", PostmortemSections.All.Select(PostmortemSections.WordOf))}."
        );

    private static async Task<IResult> Show(
        string id,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop,
        string format = "json"
    )
    {
        if (format is not ("json" or "markdown" or "html" or "pdf"))
            return Answers.Problem(
                400,
                "filter-unknown",
                $"'format={format}' is unknown. Give json, markdown, html or pdf."
            );
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident)
            return IncidentBoardEndpoint.Unknown(id);
        var now = clock.GetUtcNow();
        var scope = Scope.Of(incident, now) with { Hidden = await sight.Subjects(session, stop) };
        if (await Read(incident, scope, session, database, now, stop) is not { } view)
            return Missing(incident);
        return format switch
        {
            "markdown" => TypedResults.Text(PostmortemText.Markdown(view), "text/markdown", Encoding.UTF8),
            "html" => TypedResults.Text(PostmortemText.Html(view), "text/html", Encoding.UTF8),
            "pdf" => TypedResults.Bytes(PostmortemPdf.Of(view), "application/pdf", $"INC-{view.Number}.pdf"),
            _ => view.ToView(one => one.Version),
        };
    }

    private static async Task<PostmortemView?> Read(
        IncidentView incident,
        Scope scope,
        IQuerySession session,
        NpgsqlDataSource database,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var id = Postmortem.IdOf(incident.Id);
        if (await session.LoadAsync<Postmortem>(id, stop) is not { } postmortem)
            return null;
        var actions = await session
            .Query<FollowUp>()
            .Where(one => one.Opened.SourceId == incident.Id)
            .ToListAsync(stop);
        // What the store recorded by then is what the document knows; it does not change any more.
        var published = postmortem.PublishedAt is null
            ? (DateTimeOffset?)null
            : (await session.Events.FetchStreamAsync(id, token: stop))
                .First(stored => stored.Data is PostmortemPublished)
                .Timestamp.ToUniversalTime();
        var known = Facts.Others(
            await TimelineRowsSchema.Read(database, scope, published, Mark.Beginning, Facts.MostEntries + 1, stop)
        );
        var facts = FactsOf(
            incident,
            await session.Events.FetchStreamAsync(incident.Id, token: stop),
            Telling.Fold(await session.Events.FetchStreamAsync(ToldStory.IdOf(incident.Id), token: stop), published),
            known,
            published,
            now
        );
        if (published is not { } then)
            return Views.Of(postmortem, incident, facts, actions, [], now);
        var all = Facts.Others(await TimelineRowsSchema.Read(database, scope, null, Mark.Beginning, MostLater, stop));
        return Views.Of(postmortem, incident, facts, actions, [.. all.Where(entry => entry.RecordedAt > then)], now);
    }

    private static PostmortemFacts FactsOf(
        IncidentView incident,
        IReadOnlyList<IEvent> happened,
        ToldStory? story,
        IReadOnlyList<TimelineEntry> known,
        DateTimeOffset? published,
        DateTimeOffset now
    )
    {
        var told = Timestamps.Of([.. happened.Where(stored => published is null || stored.Timestamp <= published)]);
        return Facts.Of(incident.Id, told, Measures.Of(told), known, published ?? now, story);
    }

    private static async Task<IResult> Versions(
        string id,
        string section,
        IQuerySession session,
        CancellationToken stop
    )
    {
        if (PostmortemSections.Find(section) is not { } wanted)
            return Unknown(section);
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident)
            return IncidentBoardEndpoint.Unknown(id);
        var stored = await session.Events.FetchStreamAsync(Postmortem.IdOf(incident.Id), token: stop);
        if (stored.Count == 0)
            return Missing(incident);
        var versions = stored
            .Select(one => one.Data)
            .OfType<SectionWritten>()
            .Where(one => one.Section == wanted)
            .Select((one, i) => Views.Of(wanted, new WrittenSection(wanted, one.Text, i + 1, one.By, one.At)))
            .Reverse();
        return TypedResults.Ok(new Page<SectionView>([.. versions], null));
    }

    private static async Task<IResult> List(
        Sight sight,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        string state = "open",
        string? after = null,
        [Range(1, 500)] int limit = 100
    )
    {
        if (state is not ("open" or "all"))
            return Answers.Problem(400, "filter-unknown", $"'{state}' is no state. Give open or all.");
        var now = clock.GetUtcNow();
        var begun = await session.Query<Postmortem>().ToListAsync(stop);
        var incidents = await session.LoadManyAsync<IncidentView>(
            stop,
            [.. begun.Select(one => one.Started.IncidentId)]
        );
        var hidden = sight.Hidden;
        var over = await session
            .Query<IncidentView>()
            .Where(one => one.ResolvedAt != null && !one.Id.IsOneOf(hidden))
            .Where(one => one.Severity == Severity.Sev1 || one.Severity == Severity.Sev2)
            .OrderByDescending(one => one.Number)
            .Take(MostOwed)
            .ToListAsync(stop);
        var byIncident = begun.ToDictionary(one => one.Started.IncidentId);
        var rows = incidents
            .UnionBy(over.Where(Stamping.Counts), one => one.Id)
            .Where(one => sight.Sees(one.Id))
            .Select(one => Views.Row(one, byIncident.GetValueOrDefault(one.Id), now))
            .Where(row => state == "all" || row.State != PostmortemState.Published);
        if (KeyCursor.Cut(rows, Place, after, limit) is not { } page)
            return Refusals.UnknownPlace(after);
        await sight.Read(page.Items.Select(row => row.IncidentId), "postmortems", stop);
        return TypedResults.Ok(page);
    }

    // What is to be written before what is published, soonest due first, then the newest.
    private static string Place(PostmortemRow row) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(row.State == PostmortemState.Published ? 1 : 0)} {(row.DueAt ?? DateTimeOffset.MaxValue).UtcTicks:x16} {long.MaxValue - row.Number:x16}"
        );

    private static MarkdownPreview Preview(PreviewMarkdown text) => new(SafeMarkdown.Html(text.Text));
}
