using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Catalog;

/// <summary>The catalog as it is written.</summary>
public static class SetCatalogEndpoint
{
    private const string Refused = "The catalog cannot be set so; nothing was changed. See findings.";

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/catalog", Apply)
            .Accepts<string>("application/yaml", "text/yaml", "application/json")
            .WithTags("Catalog")
            .WithSummary(
                "Sets what documents of Backstage describe: all of it or nothing; dryRun=true only says what would change"
            )
            .Produces<CatalogApplied>();
        write
            .MapPut("/catalog/{kind}/{name}", Set)
            .WithTags("Catalog")
            .WithSummary("Sets an entry, as a whole; what it was before is kept")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapDelete("/catalog/{kind}/{name}", Remove)
            .WithTags("Catalog")
            .WithSummary("Takes an entry out; it may be set again")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Apply(
        HttpRequest request,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        bool dryRun = false
    )
    {
        using var body = new StreamReader(request.Body);
        var json = request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
        var read = CatalogText.Read(await body.ReadToEndAsync(stop), json);
        if (read.Findings.Count > 0)
            return Answers.Problem(
                400,
                "catalog-invalid",
                Refused,
                new Dictionary<string, object?> { ["findings"] = read.Findings }
            );
        IReadOnlyList<CatalogChange> changes = [];
        if (dryRun)
            changes = await Changes(session, read.Documents, stop);
        else
        {
            var now = clock.GetUtcNow();
            await streams.Together<string>(
                by,
                async within =>
                {
                    changes = await Changes(within, read.Documents, stop);
                    await Append(within, read.Documents, by, now, stop);
                    return [];
                },
                stop
            );
        }

        var known = (await CatalogEndpoint.All(session, stop))
            .Select(one => (one.Current.Kind, one.Current.Name))
            .Concat(read.Documents.Select(one => (one.Kind, one.Name)))
            .ToHashSet();
        var warnings = read.Documents.SelectMany(one =>
            Cataloguing.Unknown(one.Kind, one.Name, one.Entry, (kind, name) => known.Contains((kind, name)))
        );
        return TypedResults.Ok(new CatalogApplied(dryRun, changes, read.Ignored, [.. warnings]));
    }

    private static async Task<IReadOnlyList<CatalogChange>> Changes(
        IQuerySession session,
        IReadOnlyList<CatalogDocument> documents,
        CancellationToken stop
    )
    {
        var stands = await Load(session, documents, stop);
        return
        [
            .. documents.Select(one => new CatalogChange(
                one.Kind,
                one.Name,
                Cataloguing.ChangeOf(stands.GetValueOrDefault(CatalogEntry.IdOf(one.Kind, one.Name)), one.Entry),
                one.Line
            )),
        ];
    }

    private static async Task Append(
        IDocumentSession session,
        IReadOnlyList<CatalogDocument> documents,
        Actor by,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var stands = await Load(session, documents, stop);
        foreach (var one in documents)
        {
            var id = CatalogEntry.IdOf(one.Kind, one.Name);
            var entry = stands.GetValueOrDefault(id);
            var events = Cataloguing.Set(entry, one.Kind, one.Name, one.Entry, by, now).Events;
            if (events.Count == 0)
                continue;
            if (entry is null)
                session.Events.StartStream<CatalogEntry>(id, events);
            else
                session.Events.Append(id, entry.Version + events.Count, events);
        }
    }

    private static async Task<Dictionary<Guid, CatalogEntry>> Load(
        IQuerySession session,
        IReadOnlyList<CatalogDocument> documents,
        CancellationToken stop
    ) =>
        (
            await session.LoadManyAsync<CatalogEntry>(
                stop,
                [.. documents.Select(one => CatalogEntry.IdOf(one.Kind, one.Name))]
            )
        ).ToDictionary(one => one.Id);

    private static async Task<IResult> Set(
        string kind,
        string name,
        SetCatalogEntry entry,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (Cataloguing.KindOf(kind) is not { } wanted)
            return CatalogEndpoint.Unknown(kind);
        var wrong = Cataloguing.Check(wanted, name, entry).ToList();
        if (wrong.Count > 0)
            return Refusals.Malformed("The entry cannot be set so; nothing was changed. See errors.", wrong);
        var (id, now) = (CatalogEntry.IdOf(wanted, name), clock.GetUtcNow());
        Decision Decide(CatalogEntry? stands) => Cataloguing.Set(stands, wanted, name, entry, by, now);
        var outcome = await streams.Decide<CatalogEntry>(id, version, by, Decide, stop);
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await streams.Start<CatalogEntry>(NewStream.Of(id), by, Decide(null), stop)
                : new Outcome.Stale(0);
        return outcome.ToResult();
    }

    private static async Task<IResult> Remove(
        string kind,
        string name,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (Cataloguing.KindOf(kind) is not { } wanted)
            return CatalogEndpoint.Unknown(kind);
        var now = clock.GetUtcNow();
        var id = CatalogEntry.IdOf(wanted, name);
        var outcome = await streams.Decide<CatalogEntry>(
            id,
            version,
            by,
            stands => Cataloguing.Remove(stands, by, now),
            stop
        );
        return outcome is Outcome.Missing ? CatalogEndpoint.Missing(wanted, name) : outcome.ToResult();
    }
}
