using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

public static class RoutesEndpoint
{
    public static void Read(IEndpointRouteBuilder read) =>
        read.MapGet("/alert-routes", Show)
            .WithTags("Alerts")
            .WithSummary("What becomes of alerts: the routes, the first that matches decides")
            .Produces<AlertRoutesView>();

    public static void Write(IEndpointRouteBuilder write) =>
        write
            .MapPut("/alert-routes", Set)
            .WithTags("Alerts")
            .WithSummary("Sets what becomes of alerts, as a whole; what was set before is kept")
            .Produces(StatusCodes.Status204NoContent);

    /// <summary>The document as it is now.</summary>
    public static async Task<AlertRoutesView> Current(IQuerySession session, CancellationToken stop)
    {
        if (await session.LoadAsync<AlertRouting>(AlertRouting.Stream, stop) is not { } set)
            return new AlertRoutesView(
                0,
                Routes.First.Routes,
                Routes.First.ServiceLabels,
                Routes.First.Reason,
                null,
                null
            );
        var now = set.Current;
        return new AlertRoutesView(set.Version, now.Routes, now.ServiceLabels, now.Reason, now.By, now.At);
    }

    /// <summary>The same, ready to be asked.</summary>
    public static async Task<Routes> Routing(IQuerySession session, CancellationToken stop)
    {
        var current = await Current(session, stop);
        var grouping = await GroupingEndpoint.Current(session, stop);
        return Routes.Of(current.Routes, current.ServiceLabels, Grouping.Of(grouping.Rules));
    }

    private static async Task<IResult> Show(IQuerySession session, CancellationToken stop) =>
        (await Current(session, stop)).ToView(view => view.Version);

    private static async Task<IResult> Set(
        SetAlertRoutes document,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (Routes.Check(document).ToList() is { Count: > 0 } wrong)
            return Refusals.Malformed("The routes cannot be set so; nothing was changed. See errors.", wrong);
        var set = new AlertRoutesSet(
            document.Routes,
            document.ServiceLabels,
            document.Reason,
            by.Name,
            clock.GetUtcNow()
        );
        var outcome = await streams.Decide<AlertRouting>(AlertRouting.Stream, version, by, _ => [set], stop);
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await streams.Start<AlertRouting>(NewStream.Of(AlertRouting.Stream), by, [set], stop)
                : new Outcome.Stale(0);
        return outcome.ToResult();
    }
}
