using System.ComponentModel.DataAnnotations;
using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

/// <summary>Who was paged, what became of it, and how an incident's escalation stands.</summary>
public static class PagesEndpoint
{
    public static void Map(IEndpointRouteBuilder read)
    {
        read.MapGet("/pages", List)
            .WithTags("Paging")
            .WithSummary("Pages, newest first; status=waiting, delivered, failed or dropped")
            .Produces<Page<PageView>>();
        read.MapGet("/pages/{id:guid}", Show).WithTags("Paging").WithSummary("One page").Produces<PageView>();
        read.MapGet("/incidents/{id}/escalation", Escalation)
            .WithTags("Paging")
            .WithSummary("Whom an incident has paged, and who is next")
            .Produces<EscalationView>();
    }

    /// <summary>Tells people what they should know, in the transaction of what they are told of.</summary>
    public static void Tell(
        IDocumentSession session,
        IReadOnlyList<Notice> notices,
        IReadOnlyDictionary<string, Contact> contacts,
        Actor by,
        DateTimeOffset now
    )
    {
        foreach (var notice in notices)
        foreach (var (channel, kind) in Notifying.Over(contacts.GetValueOrDefault(notice.Person)))
            session.Events.StartStream<Page>(
                Guid.CreateVersion7(now),
                new PageRequested(
                    null,
                    null,
                    "",
                    notice.Person,
                    channel,
                    kind,
                    notice.Text,
                    now,
                    now,
                    by.Name,
                    Notice: true
                )
            );
    }

    private static async Task<IResult> Show(Guid id, Sight sight, IQuerySession session, CancellationToken stop)
    {
        var found = await session.LoadAsync<Page>(id, stop);
        if (found is null || (found.IncidentId is { } about && !sight.Sees(about)))
            return Answers.Missing();
        await sight.Read(Incident(found), "page", stop);
        return found.View().ToView(_ => found.Version);
    }

    // Whoever relays hears who is paged, and not for what.
    private static PageView View(Page page, Sight sight) =>
        page.IncidentId is { } about && !sight.Sees(about)
            ? page.View() with
            {
                IncidentId = null,
                Number = null,
                Because = "private",
            }
            : page.View();

    private static IEnumerable<Guid> Incident(Page page) => page.IncidentId is { } incident ? [incident] : [];

    private static async Task<IResult> List(
        Sight sight,
        IQuerySession session,
        CancellationToken stop,
        string? status = null,
        string? person = null,
        string? after = null,
        [Range(1, 500)] int limit = 100
    )
    {
        var (where, values) = (
            new List<string> { "(d.incident_id is null or d.incident_id <> all(?))" },
            new List<object> { sight.Relays ? Array.Empty<Guid>() : sight.Hidden }
        );
        if (status is not null)
        {
            if (!Enum.TryParse<PageStatus>(status, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
                return Refusals.Unknown("status", status, "waiting, delivered, failed or dropped");
            where.Add("d.status = ?");
            values.Add(wanted.ToString());
        }

        if (person is not null)
        {
            where.Add("d.person = ?");
            values.Add(person);
        }

        if (after is not null)
        {
            if (MomentCursor.Read(after) is not var (at, id))
                return Refusals.UnknownPlace(after);
            where.Add("(d.requested_at, d.id) < (?, ?)");
            values.AddRange([at, id]);
        }

        values.Add(limit + 1);
        var found = await session.QueryAsync<Page>(
            $"where {string.Join(" and ", where)} order by d.requested_at desc, d.id desc limit ?",
            stop,
            [.. values]
        );
        var items = found.Take(limit).Select(page => View(page, sight)).ToList();
        await sight.Read(found.Take(limit).SelectMany(Incident).Where(sight.Sees), "pages", stop);
        var next = found.Count > limit ? MomentCursor.Of(items[^1].RequestedAt, items[^1].Id) : null;
        return TypedResults.Ok(new Page<PageView>(items, next));
    }

    private static async Task<IResult> Escalation(string id, IQuerySession session, CancellationToken stop)
    {
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident)
            return IncidentBoardEndpoint.Unknown(id);
        var known = await session.Events.AggregateStreamAsync<Escalation>(
            Paging.Escalation.IdOf(incident.Id),
            token: stop
        );
        var isSetUp = await session.Query<EscalationPolicy>().AnyAsync(stop);
        var pages = await session
            .Query<Page>()
            .Where(page => page.IncidentId == incident.Id)
            .OrderBy(page => page.RequestedAt)
            .ToListAsync(stop);
        var view = new EscalationView(
            incident.Id,
            known?.Status ?? (isSetUp ? EscalationStatus.Running : EscalationStatus.Unrouted),
            known?.Policy?.Policy,
            known is { Step: >= 0 } ? known.Round + 1 : 0,
            (known?.Step ?? -1) + 1,
            known is { Status: EscalationStatus.Running } ? known.NextAt : null,
            [.. pages.Select(page => page.View())]
        );
        return view.ToView(_ => known?.Version ?? 0);
    }
}
