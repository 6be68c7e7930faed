using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Two incidents turn out to be one: the first is part of the second from now on.</summary>
public static class Merging
{
    /// <summary>What the one that ends is told.</summary>
    public static Decision Decide(Incident from, Incident into, MergeIncident command, Actor by, DateTimeOffset now) =>
        from switch
        {
            { Status: IncidentStatus.Merged } when from.MergedInto == into.Number => [],
            _ when Against(from, into) is { } refusal => refusal,
            _ => [new IncidentMerged(from.Service, into.Id, into.Number, command.Reason, by.Name, now)],
        };

    /// <summary>What the one that goes on is told.</summary>
    public static IncidentAbsorbed Absorb(Incident from, MergeIncident command, Actor by, DateTimeOffset now) =>
        new(
            from.Service,
            from.Title,
            from.Services,
            from.StartedAt,
            [new(from.Id, from.Number, now), .. from.Absorbed.Select(one => one with { At = now })],
            from.Alerts,
            from.Groups,
            from.WorkedOnUntil(by.Name, now),
            command.Reason,
            by.Name,
            now
        );

    private static Refusal? Against(Incident from, Incident into) =>
        Standing.Against(from, "merged")
        ?? (
            from.Id == into.Id
                ? new Refusal("merge-refused", "An incident cannot be merged into itself. Name the other one.")
            : from.Drill != into.Drill
                ? new Refusal(
                    "merge-refused",
                    "A drill and a real incident cannot be one. Resolve the drill, or merge it into a drill."
                )
            : from.Private != into.Private
                ? new Refusal(
                    "merge-refused",
                    "A private incident and a public one cannot be one. Make both private, or both public: POST …/privacy."
                )
            : into.Status.IsOver()
                ? new Refusal(
                    "merge-refused",
                    $"INC-{into.Number} is over, and nothing can be merged into it. Reopen it first, or name one that goes on."
                )
            : null
        );
}

public static class MergeIncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder write) =>
        write
            .MapPost("/incidents/{id:guid}/merge", Handle)
            .WithTags("Incidents")
            .WithSummary("Say that an incident is the same as another one, which goes on with its alerts and its story")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
        Guid id,
        MergeIncident command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession reader,
        Sight sight,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await IncidentBoardEndpoint.Find(reader, command.Into, stop) is not { } into || !sight.Sees(into.Id))
            return IncidentBoardEndpoint.Unknown(command.Into);
        Outcome outcome = new Outcome.Missing();
        var now = clock.GetUtcNow();
        await streams.Together<Outcome>(by, Merge, stop);
        return outcome.ToResult();

        // Both streams or none: a lost race is decided again.
        async Task<IReadOnlyList<Outcome>> Merge(IDocumentSession session)
        {
            outcome = await Decide(session, id, into.Id, command, version, by, now, stop);
            return outcome is Outcome.Done ? [] : [outcome];
        }
    }

    private static async Task<Outcome> Decide(
        IDocumentSession session,
        Guid id,
        Guid other,
        MergeIncident command,
        ExpectedVersion version,
        Actor by,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (id == Guid.Empty)
            return new Outcome.Missing();
        var from = await session.Events.FetchForWriting<Incident>(id, stop);
        var into = id == other ? from : await session.Events.FetchForWriting<Incident>(other, stop);
        if (from.Aggregate is null || into.Aggregate is null)
            return new Outcome.Missing();
        var seen = from.CurrentVersion ?? 0;
        if (version.Version is { } wanted && wanted != seen)
            return new Outcome.Stale(seen);
        var decision = Merging.Decide(from.Aggregate, into.Aggregate, command, by, now);
        if (decision.Refusal is { } refusal)
            return new Outcome.Refused(refusal);
        if (decision.Events.Count > 0)
        {
            from.AppendMany(decision.Events);
            into.AppendOne(Merging.Absorb(from.Aggregate, command, by, now));
        }

        return new Outcome.Done(id, seen + decision.Events.Count, decision.Events.Count);
    }
}
