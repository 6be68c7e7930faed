using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Built with the write itself, so that who declares an incident sees it on the board at once.</summary>
public sealed partial class IncidentBoardProjection : SingleStreamProjection<IncidentView, Guid>
{
    public IncidentBoardProjection() => Name = "incident-board";

    public static IncidentView Create(IEvent<IncidentDeclared> e) =>
        new(
            e.StreamId,
            e.Version,
            e.Data.Number,
            e.Data.Service,
            e.Data.Severity,
            e.Data.Triage ? IncidentStatus.Triage : IncidentStatus.Open,
            e.Data.Title,
            e.Data.AlertId,
            DeclaredBy: e.Data.By,
            Lead: null,
            e.Data.StartedAt,
            DeclaredAt: e.Data.At,
            AcknowledgedAt: null,
            MitigatedAt: null,
            ResolvedAt: null,
            Resolution: null,
            e.Data.Drill,
            NextUpdateDueAt: e.Data.NextUpdateDueAt,
            Private: e.Data.Private,
            GroupedBy: e.Data.GroupedBy
        );

    public IncidentView Apply(IEvent<IncidentAccepted> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Status = Active(view),
            NextUpdateDueAt = e.Data.NextUpdateDueAt,
        };

    public IncidentView Apply(IEvent<IncidentDeclined> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Status = IncidentStatus.Declined,
            ClosedAt = e.Data.At,
            NextUpdateDueAt = null,
            Resolution = e.Data.Reason,
        };

    public IncidentView Apply(IEvent<IncidentMerged> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Status = IncidentStatus.Merged,
            ClosedAt = e.Data.At,
            NextUpdateDueAt = null,
            MergedInto = e.Data.Into,
            MergedIntoNumber = e.Data.IntoNumber,
        };

    public IncidentView Apply(IEvent<IncidentAbsorbed> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            StartedAt = e.Data.StartedAt < view.StartedAt ? e.Data.StartedAt : view.StartedAt,
            Absorbed = [.. view.Absorbed ?? [], .. e.Data.Incidents],
        };

    public IncidentView Apply(IEvent<IncidentReopened> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Status = Active(view),
            MitigatedAt = null,
            ResolvedAt = null,
            ClosedAt = null,
            Resolution = null,
            NextUpdateDueAt = e.Data.NextUpdateDueAt,
            Reopened = [.. view.Reopened ?? [], new ReopenedSpan(e.Data.At, null, e.Data.Reason)],
        };

    public IncidentView Apply(IEvent<IncidentClosed> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Status = IncidentStatus.Closed,
            ClosedAt = e.Data.At,
        };

    public IncidentView Apply(IEvent<AlertAttached> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<IncidentAcknowledged> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Status = view.Status == IncidentStatus.Open ? IncidentStatus.Acknowledged : view.Status,
            Lead = view.Lead ?? e.Data.By,
            AcknowledgedAt = view.AcknowledgedAt ?? e.Data.At,
        };

    public IncidentView Apply(IEvent<RoleAssigned> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Lead = e.Data.Role == IncidentRole.Commander ? e.Data.Person : view.Lead,
        };

    public IncidentView Apply(IEvent<RoleReleased> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Lead = e.Data.Role == IncidentRole.Commander ? null : view.Lead,
        };

    public IncidentView Apply(IEvent<HandoverConfirmed> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Lead = e.Data.Role == IncidentRole.Commander ? e.Data.To : view.Lead,
        };

    public IncidentView Apply(IEvent<HandoverOffered> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<HandoverDeclined> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<HandoverWithdrawn> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<HandoverExpired> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<TaskAdded> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<TaskChanged> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<TaskDone> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<TaskOverdue> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<UpdatePosted> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            NextUpdateDueAt = e.Data.NextUpdateDueAt,
        };

    public IncidentView Apply(IEvent<UpdateOverdue> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<IncidentSeverityChanged> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Severity = e.Data.Severity,
            NextUpdateDueAt = e.Data.NextUpdateDueAt ?? view.NextUpdateDueAt,
        };

    public IncidentView Apply(IEvent<TimestampStated> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<FirstPersonNotified> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<NoteAdded> e, IncidentView view) => view with { Version = e.Version };

    public IncidentView Apply(IEvent<IncidentMitigated> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Status = IncidentStatus.Mitigated,
            MitigatedAt = e.Data.At,
        };

    public IncidentView Apply(IEvent<IncidentResolved> e, IncidentView view) =>
        view with
        {
            Version = e.Version,
            Status = IncidentStatus.Resolved,
            ResolvedAt = e.Data.At,
            NextUpdateDueAt = null,
            Resolution = e.Data.Resolution,
            Reopened = view.Reopened is { } spans
                ? [.. spans.Select(span => span with { To = span.To ?? e.Data.At })]
                : null,
        };

    private static IncidentStatus Active(IncidentView view) =>
        view.AcknowledgedAt is null ? IncidentStatus.Open : IncidentStatus.Acknowledged;
}

public static class IncidentBoardEndpoint
{
    private const string Accepted =
        "open (all that are not over), triage, acknowledged, mitigated, resolved, closed, declined or merged";

    public static void Map(IEndpointRouteBuilder read)
    {
        read.MapGet("/incidents", List)
            .WithTags("Incidents")
            .WithSummary("Incidents, newest first; status=open means not over")
            .Produces<Page<IncidentView>>();
        read.MapGet("/incidents/{id}", Show)
            .WithTags("Incidents")
            .WithSummary("One incident, by id or by number (INC-7)")
            .Produces<IncidentView>();
    }

    /// <summary>Finds an incident by id, or by the number people use.</summary>
    public static async Task<IncidentView?> Find(IQuerySession session, string id, CancellationToken stop)
    {
        if (Guid.TryParse(id, out var stream))
            return await session.LoadAsync<IncidentView>(stream, stop);
        return
            id.StartsWith("INC-", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(id.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await session.Query<IncidentView>().SingleOrDefaultAsync(i => i.Number == number, stop)
            : null;
    }

    private static async Task<IResult> Show(string id, IQuerySession session, CancellationToken stop) =>
        await Find(session, id, stop) is { } found ? found.ToView(view => view.Version) : Unknown(id);

    /// <summary>404, for an incident that people may have named wrongly.</summary>
    public static IResult Unknown(string incident) =>
        Answers.Problem(
            404,
            "not-found",
            $"There is no incident '{incident}'. Give an id, or a number such as INC-7; GET /v1/incidents lists them."
        );

    private static async Task<IResult> List(
        Sight sight,
        IQuerySession session,
        CancellationToken stop,
        string? status = null,
        string? service = null,
        string? after = null,
        [Range(1, 500)] int limit = 100
    )
    {
        var hidden = sight.Hidden;
        var query = session.Query<IncidentView>().Where(one => !one.Id.IsOneOf(hidden));
        if (status is not null)
        {
            if (!Enum.TryParse<IncidentStatus>(status, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
                return Refusals.Unknown("status", status, Accepted);
            query = wanted == IncidentStatus.Open ? query.Where(Standing.IsOpen) : query.Where(i => i.Status == wanted);
        }

        if (service is not null)
            query = query.Where(i => i.Service == service);
        if (after is not null)
        {
            if (Last(after) is not { } last)
                return Refusals.UnknownPlace(after);
            query = query.Where(i => i.Number < last);
        }

        var found = await query.OrderByDescending(i => i.Number).Take(limit + 1).ToListAsync(stop);
        var items = found.Take(limit).ToList();
        await sight.Read(items.Select(one => one.Id), "incidents", stop);
        return TypedResults.Ok(new Page<IncidentView>(items, found.Count > limit ? Cursor(items[^1].Number) : null));
    }

    private static string Cursor(long number) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{number}"));

    private static long? Last(string cursor) =>
        Base64Url.IsValid(cursor)
        && long.TryParse(
            Base64Url.DecodeFromChars(cursor),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
