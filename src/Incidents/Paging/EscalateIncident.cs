using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

/// <summary>People who do not wait for the next step.</summary>
public static class EscalateIncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/incidents/{id:guid}/escalate", Escalate)
            .WithTags("Paging")
            .WithSummary("The next step of the escalation at once; all of them anew when none is left")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/incidents/{id:guid}/page", Page)
            .WithTags("Paging")
            .WithSummary("Pages somebody, or whoever is on call in a schedule, whatever the escalation does")
            .Produces<Page<PageView>>();
    }

    private static async Task<IResult> Escalate(
        Guid id,
        NewStream request,
        EscalateIncident command,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await session.LoadAsync<IncidentView>(id, stop) is not { } incident)
            return Answers.Missing();
        if (request.Key is not null && await Answered(id, request, session, stop) is { } before)
            return before.ToResult();
        if (await Calm(incident, session, stop) is { } calm)
            return calm;
        var (now, policies) = (clock.GetUtcNow(), await session.Query<EscalationPolicy>().ToListAsync(stop));
        var policy = EscalationPolicy.For(incident.Service, policies);
        var receipt = request.Key is null ? null : new Receipt(ReceiptOf(request) + request.BodyHash, now);
        var outcome = await streams.Decide<Escalation>(
            Escalation.IdOf(id),
            ExpectedVersion.Any,
            by,
            known => Escalating.Hurry(known, policy, command.Reason, by.Name, now),
            stop,
            receipt,
            writing => EscalationDueProjection.Wake(writing, id)
        );
        // It was declared before there was any policy.
        if (outcome is Outcome.Missing)
            outcome = await streams.Start<Escalation>(
                NewStream.Of(Escalation.IdOf(id)),
                by,
                Escalating.First(id, incident.Number, incident.Service, policy, now),
                stop,
                receipt,
                writing => EscalationDueProjection.Wake(writing, id)
            );
        return outcome.ToResult();
    }

    private static async Task<IResult?> Calm(IncidentView incident, IQuerySession session, CancellationToken stop)
    {
        if (incident.Status.IsOver())
            return Answers.Problem(
                409,
                "incident-resolved",
                "An incident that is over pages nobody. Reopen it if users suffer again."
            );
        return (await EscalationWorker.SituationOf(session, incident, stop)).IsOver
            ? Answers.Problem(
                409,
                "incident-mitigated",
                "Users no longer suffer, so nobody is escalated to. Page somebody by name, or add what hurts again as an alert or a new incident."
            )
            : null;
    }

    // What was said with this key before: with the same words it is done, with others it is refused.
    private static async Task<Outcome?> Answered(
        Guid incident,
        NewStream request,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var beginning = ReceiptOf(request);
        var known = await session
            .Query<Receipt>()
            .FirstOrDefaultAsync(one => one.Id.StartsWith(beginning, StringComparison.Ordinal), stop);
        if (known is null)
            return null;
        var escalation = await session.Events.FetchStreamStateAsync(Escalation.IdOf(incident), stop);
        return known.Id == beginning + request.BodyHash
            ? new Outcome.Repeated(incident, escalation!.Version)
            : new Outcome.Taken(incident, KeyReused: true);
    }

    private static string ReceiptOf(NewStream request) => $"escalate:{request.Id}:";

    private static async Task<IResult> Page(
        Guid id,
        NewStream request,
        PageSomebody command,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await session.LoadAsync<IncidentView>(id, stop) is not { } incident)
            return Answers.Missing();
        var target = new EscalationTarget(command.Schedule, command.Contact);
        var schedules = await session.Query<Schedule>().Select(one => one.Name).ToListAsync(stop);
        var contacts = await session.Query<Contact>().Select(one => one.Name).ToListAsync(stop);
        if (Policing.Check(target, schedules.ToHashSet(), contacts.ToHashSet()) is { } problem)
            return Refusals.Malformed(problem, [(command.Contact is null ? "schedule" : "contact", problem)]);
        var now = clock.GetUtcNow();
        var reach = await EscalationWorker.ReachOf(session, [new EscalationStep([target], 1)], now, stop);
        var calls = Escalating.Calls(
            target,
            reach,
            now,
            (person, channel) => StableId.From("page", request.Id.ToString(), person, channel)
        );
        if (calls.Count == 0)
            return Answers.Problem(
                409,
                "nobody-reached",
                $"Nobody was paged: {Escalating.Unreachable(target, reach)}. Name somebody else, or PUT a contact with a channel."
            );
        await streams.Together<string>(
            by,
            writing => Request(writing, incident, calls, command.Reason, by, now, stop),
            stop
        );
        var pages = await session.LoadManyAsync<Page>(stop, calls.Select(call => call.PageId));
        return TypedResults.Ok(new Page<PageView>([.. pages.Select(page => page.View())], null));
    }

    private static async Task<IReadOnlyList<string>> Request(
        IDocumentSession writing,
        IncidentView incident,
        IReadOnlyList<Call> calls,
        string reason,
        Actor by,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        // Somebody asked twice with one key: it is asked for already.
        var known = await writing.LoadManyAsync<Page>(stop, calls.Select(call => call.PageId));
        foreach (var call in calls.Where(call => known.All(page => page.Id != call.PageId)))
            writing.Events.StartStream<Page>(
                call.PageId,
                // Somebody who is asked for is not waited for.
                new PageRequested(
                    incident.Id,
                    incident.Number,
                    incident.Service,
                    call.Person,
                    call.Channel,
                    call.Kind,
                    $"{by.Name} asks for {(call.Schedule is { } schedule ? $"who is on call in {schedule}" : "you")}: {reason}",
                    now,
                    now,
                    by.Name
                )
            );
        return [];
    }
}
