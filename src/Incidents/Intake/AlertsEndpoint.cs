using System.ComponentModel.DataAnnotations;
using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

public static class AlertsEndpoint
{
    public static void Map(IEndpointRouteBuilder read)
    {
        read.MapGet("/alerts", List)
            .WithTags("Alerts")
            .WithSummary("Alerts as they came, newest first; status=firing or resolved")
            .Produces<Page<AlertView>>();
        read.MapGet("/alerts/{id:guid}", Show).WithTags("Alerts").WithSummary("One alert").Produces<AlertView>();
    }

    private static async Task<IResult> Show(Guid id, IQuerySession session, CancellationToken stop) =>
        await session.LoadAsync<Alert>(id, stop) is { } found
            ? found.View().ToView(view => view.Version)
            : Answers.Missing();

    private static async Task<IResult> List(
        IQuerySession session,
        CancellationToken stop,
        string? status = null,
        string? service = null,
        string? after = null,
        [Range(1, 500)] int limit = 100
    )
    {
        var (where, values) = (new List<string>(), new List<object>());
        if (status is not null)
        {
            if (status is not ("firing" or "resolved"))
                return Refusals.Unknown("status", status, "firing or resolved");
            where.Add("d.is_firing = ?");
            values.Add(status == "firing");
        }

        if (service is not null)
        {
            where.Add("d.service = ?");
            values.Add(service);
        }

        if (after is not null)
        {
            if (MomentCursor.Read(after) is not var (at, id))
                return Refusals.UnknownPlace(after);
            where.Add("(d.received_at, d.id) < (?, ?)");
            values.AddRange([at, id]);
        }

        var condition = where.Count == 0 ? "" : $"where {string.Join(" and ", where)} ";
        values.Add(limit + 1);
        var found = await session.QueryAsync<Alert>(
            $"{condition}order by d.received_at desc, d.id desc limit ?",
            stop,
            [.. values]
        );
        var items = found.Take(limit).Select(alert => alert.View()).ToList();
        return TypedResults.Ok(
            new Page<AlertView>(items, found.Count > limit ? MomentCursor.Of(items[^1].ReceivedAt, items[^1].Id) : null)
        );
    }
}
