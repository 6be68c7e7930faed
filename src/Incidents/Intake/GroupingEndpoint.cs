using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>Which alerts make one incident.</summary>
public static class GroupingEndpoint
{
    private const int MostAlerts = 10_000;
    private const int MostGroups = 100;

    public static void Read(IEndpointRouteBuilder read)
    {
        read.MapGet("/alert-grouping", Show)
            .WithTags("Alerts")
            .WithSummary("Which alerts make one incident: the first rule that is for an alert decides")
            .Produces<AlertGroupingView>();
        read.MapGet("/alert-grouping/history", History)
            .WithTags("Alerts")
            .WithSummary("Every version of the rules, newest first")
            .Produces<Page<AlertGroupingView>>();
        read.MapPost("/alert-grouping/preview", Preview)
            .WithTags("Alerts")
            .WithSummary("What rules would have made of the alerts that came lately; nothing is set")
            .Produces<AlertGroupingPreview>();
    }

    public static void Write(IEndpointRouteBuilder write) =>
        write
            .MapPut("/alert-grouping", Set)
            .WithTags("Alerts")
            .WithSummary("Sets which alerts make one incident, as a whole; what was set before is kept")
            .Produces(StatusCodes.Status204NoContent);

    /// <summary>The document as it is now.</summary>
    public static async Task<AlertGroupingView> Current(IQuerySession session, CancellationToken stop) =>
        await session.LoadAsync<AlertGrouping>(AlertGrouping.Stream, stop) is { } set
            ? View(set.Version, set.Current)
            : new AlertGroupingView(0, Grouping.First.Rules, Grouping.First.Reason, null, null);

    private static AlertGroupingView View(long version, AlertGroupingSet set) =>
        new(version, set.Rules, set.Reason, set.By, set.At);

    private static async Task<IResult> Show(IQuerySession session, CancellationToken stop) =>
        (await Current(session, stop)).ToView(view => view.Version);

    private static async Task<IResult> History(IQuerySession session, CancellationToken stop)
    {
        var events = await session.Events.FetchStreamAsync(AlertGrouping.Stream, token: stop);
        return TypedResults.Ok(
            new Page<AlertGroupingView>(
                [.. events.Reverse().Select(one => View(one.Version, (AlertGroupingSet)one.Data))],
                null
            )
        );
    }

    private static async Task<IResult> Preview(
        TryAlertGrouping wish,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = await Current(session, stop);
        var rules = wish.Rules ?? now.Rules;
        if (Grouping.Check(rules).ToList() is { Count: > 0 } wrong)
            return Refusals.Malformed("These rules cannot be tried. See errors.", wrong);
        var from = clock.GetUtcNow().AddHours(-wish.Hours);
        var found = await session
            .Query<Alert>()
            .Where(one => one.ReceivedAt >= from && one.Fired.Severity != null && one.SilencedBy == null)
            .OrderBy(one => one.ReceivedAt)
            .Take(MostAlerts + 1)
            .ToListAsync(stop);
        var alerts = found.Take(MostAlerts).ToList();
        var made = Grouping.Of(rules).Play(alerts);
        return TypedResults.Ok(
            new AlertGroupingPreview(
                from,
                alerts.Count,
                made.Count,
                Grouping.Of(now.Rules).Play(alerts).Count,
                found.Count > MostAlerts,
                [.. made.OrderByDescending(one => one.Alerts).ThenBy(one => one.From).Take(MostGroups)]
            )
        );
    }

    private static async Task<IResult> Set(
        SetAlertGrouping document,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (Grouping.Check(document.Rules).ToList() is { Count: > 0 } wrong)
            return Refusals.Malformed("The rules cannot be set so; nothing was changed. See errors.", wrong);
        var set = new AlertGroupingSet(document.Rules, document.Reason, by.Name, clock.GetUtcNow());
        var outcome = await streams.Decide<AlertGrouping>(AlertGrouping.Stream, version, by, _ => [set], stop);
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await streams.Start<AlertGrouping>(NewStream.Of(AlertGrouping.Stream), by, [set], stop)
                : new Outcome.Stale(0);
        return outcome.ToResult();
    }
}
