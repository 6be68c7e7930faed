using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

/// <summary>Setting a schedule, and overriding it.</summary>
public static class SetScheduleEndpoint
{
    private const int LongestName = 100;

    public static void Map(IEndpointRouteBuilder write)
    {
        SwapEndpoint.Map(write);
        CalendarEndpoint.Write(write);
        write
            .MapPut("/schedules/{name}", Set)
            .WithTags("On call")
            .WithSummary("Sets a schedule, as a whole; the answer says whose time to come is changed by that")
            .Produces<ScheduleChanges>();
        write
            .MapPost("/schedules/{name}/overrides", Override)
            .WithTags("On call")
            .WithSummary("Somebody takes over for a while")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapDelete("/schedules/{name}/overrides/{id:guid}", Cancel)
            .WithTags("On call")
            .WithSummary("Takes an override back; it stays in what was believed until now")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Set(
        string name,
        SetSchedule command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var wrong = Scheduling.Check(command).ToList();
        if (name.Length > LongestName)
            wrong.Add(("name", $"A schedule's name has at most {LongestName} characters."));
        if (wrong.Count > 0)
            return Refusals.Malformed(
                $"The schedule cannot be set so; nothing was changed. {wrong[0].Field}: {wrong[0].Message}",
                wrong
            );
        var now = clock.GetUtcNow();
        var set = new ScheduleSet(name, command.TimeZone, command.Layers, command.Reason, by.Name, now);
        // Decided again when somebody was faster: what is told is what was stored.
        var decided = Rescheduling.Decide(null, set);
        var outcome = await TellingEndpoint.Decide(
            name,
            version,
            by,
            before => decided = Rescheduling.Decide(before, set),
            streams,
            session,
            now,
            stop
        );
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await TellingEndpoint.Start(name, by, decided, streams, session, now, stop)
                : new Outcome.Stale(0);
        return outcome is Outcome.Done done
            ? Told(name, (ScheduleSet)decided.Events[0], done.Version).ToView(told => told.Version)
            : outcome.ToResult();
    }

    private static ScheduleChanges Told(string name, ScheduleSet set, long version) =>
        new(name, version, set.At + Rescheduling.Ahead, set.Changes ?? []);

    private static async Task<IResult> Override(
        string name,
        NewStream request,
        OverrideSchedule command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var outcome = await TellingEndpoint.Decide(
            name,
            version,
            by,
            schedule => Scheduling.Override(schedule, request.Id, command, by, now),
            streams,
            session,
            now,
            stop
        );
        return outcome is Outcome.Missing ? OnCallEndpoint.Missing(name) : outcome.ToResult();
    }

    private static async Task<IResult> Cancel(
        string name,
        Guid id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var outcome = await TellingEndpoint.Decide(
            name,
            version,
            by,
            schedule => Scheduling.Cancel(schedule, id, by, now),
            streams,
            session,
            now,
            stop
        );
        return outcome is Outcome.Missing ? OnCallEndpoint.Missing(name) : outcome.ToResult();
    }
}
