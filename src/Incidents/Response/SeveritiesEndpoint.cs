using System.ComponentModel.DataAnnotations;
using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

public static class SeveritiesEndpoint
{
    public static void Read(IEndpointRouteBuilder read) =>
        read.MapGet("/severities", Show)
            .WithTags("Severities")
            .WithSummary(
                "What the severities mean, who is to be told, and how often; version= reads an earlier document"
            )
            .Produces<SeveritiesView>();

    public static void Write(IEndpointRouteBuilder write) =>
        write
            .MapPut("/severities", Set)
            .WithTags("Severities")
            .WithSummary("Sets what the severities mean, as a whole; what was set before is kept")
            .Produces(StatusCodes.Status204NoContent);

    /// <summary>The document as it is now.</summary>
    public static async Task<SeveritiesView> Current(IQuerySession session, CancellationToken stop) =>
        Severities.View(await session.LoadAsync<SeverityMatrix>(SeverityMatrix.Stream, stop));

    /// <summary>How soon each severity promises the next word.</summary>
    public static async Task<Promises> Promises(IQuerySession session, CancellationToken stop) =>
        new((await Current(session, stop)).Severities);

    private static async Task<IResult> Show(
        IQuerySession session,
        CancellationToken stop,
        [Range(0, long.MaxValue)] long? version = null
    )
    {
        if (version is not { } wanted)
            return (await Current(session, stop)).ToView(view => view.Version);
        if (wanted == 0)
            return Severities.View(null).ToView(view => view.Version);
        var then = await session.Events.AggregateStreamAsync<SeverityMatrix>(
            SeverityMatrix.Stream,
            version: wanted,
            token: stop
        );
        return then is null || then.Version != wanted
            ? Answers.Missing()
            : Severities.View(then).ToView(view => view.Version);
    }

    private static async Task<IResult> Set(
        SetSeverities document,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (Severities.Check(document).ToList() is { Count: > 0 } wrong)
            return Refusals.Malformed("The severities cannot be set so; nothing was changed. See errors.", wrong);
        var set = new SeveritiesSet(document.Severities, document.Reason, by.Name, clock.GetUtcNow());
        var outcome = await streams.Decide<SeverityMatrix>(SeverityMatrix.Stream, version, by, _ => [set], stop);
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await streams.Start<SeverityMatrix>(NewStream.Of(SeverityMatrix.Stream), by, [set], stop)
                : new Outcome.Stale(0);
        return outcome.ToResult();
    }
}
