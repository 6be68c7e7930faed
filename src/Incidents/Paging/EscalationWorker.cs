using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

/// <summary>
/// Takes the steps of escalations when they are due. On each node; the streams' versions decide whose step counts. What it
/// decides, the pages it asks for and when it looks again are one transaction.
/// </summary>
public sealed class EscalationWorker(
    IDocumentStore store,
    NpgsqlDataSource database,
    TimeProvider clock,
    ILogger<EscalationWorker> log
) : BackgroundService
{
    private const int AtATime = 50;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (
                    var (incident, dueAt) in await EscalationDueProjection.Due(
                        database,
                        clock.GetUtcNow(),
                        AtATime,
                        stoppingToken
                    )
                )
                    await One(incident, dueAt, stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or MartenCommandException or TimeoutException)
            {
                log.LogWarning("Escalations wait: {Reason}", e.Message);
            }
        }
    }

    // An incident that cannot be looked at must not keep those behind it from their pages; it stays due, and is said each time.
    private async Task One(Guid incident, DateTimeOffset dueAt, CancellationToken stop)
    {
        try
        {
            await Look(incident, dueAt, stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested && e is not (NpgsqlException or MartenCommandException))
        {
            log.LogError(e, "The escalation of incident {IncidentId} cannot be looked at", incident);
        }
    }

    private async Task Look(Guid incident, DateTimeOffset dueAt, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var session = store.LightweightSession();
        session.SetHeader(EventHeaders.Actor, Escalating.Rule);
        var view = await session.LoadAsync<IncidentView>(incident, stop);
        var stream = await session.Events.FetchForWriting<Escalation>(Escalation.IdOf(incident), stop);
        var known = stream.Aggregate;
        var policies = await session.Query<EscalationPolicy>().ToListAsync(stop);
        // Where paging is not set up at all, it is not said of each incident that it pages nobody.
        if (view is null || (known is null && policies.Count == 0))
        {
            EscalationDueProjection.Plan(session, incident, dueAt, null);
            await session.SaveChangesAsync(stop);
            return;
        }

        var policy = EscalationPolicy.For(view.Service, policies);
        var reach = await ReachOf(session, known?.Policy?.Steps ?? policy?.Current.Steps ?? [], now, stop);
        var situation = await SituationOf(session, view, stop);
        var (events, again) = Escalating.Decide(known, situation, policy, reach, now);
        if (events.Count > 0)
            stream.AppendMany(events);
        await Ask(session, view, situation.IsOver, events, now, stop);
        EscalationDueProjection.Plan(session, incident, dueAt, again);
        try
        {
            await session.SaveChangesAsync(stop);
        }
        catch (Exception e) when (e is ConcurrencyException or ExistingStreamIdCollisionException or AggregateException)
        {
            // Another node took the step, or a page was taken as it was to be dropped. It is still due, and looked at again.
            log.LogDebug("INC-{Number}: {Reason}", view.Number, e.Message);
        }
    }

    /// <summary>What an escalation must know of its incident.</summary>
    public static async Task<Situation> SituationOf(IQuerySession session, IncidentView view, CancellationToken stop)
    {
        var incident = (await session.Events.AggregateStreamAsync<Incident>(view.Id, token: stop))!;
        var burns = await session
            .Query<OpenBurn>()
            .Where(one => one.IsOpen && one.Service == view.Service)
            .ToListAsync(stop);
        return new Situation(
            view.Id,
            view.Number,
            view.Service,
            (view.Status == IncidentStatus.Mitigated && incident.HurtsAgainAt is null) || view.Status.IsOver(),
            view.Severity,
            view.Lead,
            incident.Responders.Count == 0 ? null : incident.Responders.Max(one => one.To),
            burns.Count == 0 ? 0 : burns.Max(one => one.Factor),
            incident.HurtsAgainAt
        );
    }

    /// <summary>Who of some steps can be paged at a moment.</summary>
    public static async Task<Reach> ReachOf(
        IQuerySession session,
        IEnumerable<EscalationStep> steps,
        DateTimeOffset at,
        CancellationToken stop
    )
    {
        var targets = steps.SelectMany(step => step.Notify).ToList();
        var named = targets.Select(one => one.Schedule).OfType<string>().Distinct().Select(Schedule.IdOf);
        var schedules = await session.LoadManyAsync<Schedule>(stop, named);
        var people = targets
            .Select(one => one.Contact)
            .Concat(schedules.Select(one => Rostering.At(one, at)))
            .OfType<string>()
            .Distinct();
        return ReachOf(schedules, await session.LoadManyAsync<Contact>(stop, people.Select(Contact.IdOf)), at);
    }

    /// <summary>Who can be paged at a moment, of schedules and contacts.</summary>
    public static Reach ReachOf(IEnumerable<Schedule> schedules, IEnumerable<Contact> contacts, DateTimeOffset at)
    {
        var (rosters, ways) = (schedules.ToDictionary(one => one.Name), contacts.ToDictionary(one => one.Name));
        return new Reach(
            schedule => rosters.TryGetValue(schedule, out var found) ? Rostering.At(found, at) : null,
            person => ways.TryGetValue(person, out var found) ? found.Channels() : []
        );
    }

    private static async Task Ask(
        IDocumentSession session,
        IncidentView view,
        bool isOver,
        IReadOnlyList<object> events,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        foreach (var step in events.OfType<StepReached>())
        {
            foreach (var call in step.Calls)
                Request(
                    session,
                    view,
                    call,
                    $"step {step.Step + 1} of {step.Policy}{(call.Schedule is { } schedule ? $", on call in {schedule}" : "")}",
                    now
                );
        }

        if (events.OfType<EscalationStopped>().FirstOrDefault() is not { } stopped)
            return;
        var waiting = await session
            .Query<Page>()
            .Where(page => page.IncidentId == view.Id && page.Status == PageStatus.Waiting)
            .ToListAsync(stop);
        foreach (var page in waiting.Where(page => Delivering.IsNoLongerNeeded(page, isOver)))
            session.Events.Append(page.Id, page.Version + 1, [.. Delivering.Drop(page, stopped.Because, now)]);
    }

    /// <summary>Asks for a page, in the transaction of what makes it necessary.</summary>
    public static void Request(
        IDocumentSession session,
        IncidentView view,
        Call call,
        string because,
        DateTimeOffset now
    ) =>
        session.Events.StartStream<Page>(
            call.PageId,
            new PageRequested(
                view.Id,
                view.Number,
                view.Service,
                call.Person,
                call.Channel,
                call.Kind,
                because,
                call.DueAt,
                now
            )
        );
}
