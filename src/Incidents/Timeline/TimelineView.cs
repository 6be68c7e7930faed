using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Marten;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Documents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline.Export;
using Steady.Incidents.Timeline.Query;
using Steady.Incidents.Timeline.Replay;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>Which rows a question is about.</summary>
/// <param name="Incident">Its own rows; null when no incident is asked for.</param>
/// <param name="Service">Whose rows from outside, between <paramref name="From"/> and <paramref name="To"/>.</param>
/// <param name="From">Earliest moment.</param>
/// <param name="To">Latest moment.</param>
public sealed record Scope(Guid? Incident, string Service, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Incidents that are part of it, and since when: what was answered for a moment before stays as it was.</summary>
    public IReadOnlyList<AbsorbedIncident> Parts { get; init; } = [];

    public IEnumerable<Guid> KnownAt(DateTimeOffset? moment) =>
        Parts.Where(part => moment is null || part.At <= moment).Select(part => part.Id).Prepend(Incident!.Value);

    /// <summary>What no line may belong to or be about, for whoever asks.</summary>
    public Guid[] Hidden { get; init; } = [];

    /// <summary>Asked for instead of a service.</summary>
    public string? Schedule { get; init; }

    public string Place => Schedule is { } name ? TimelineLines.PlaceOfSchedule(name) : TimelineLines.PlaceOf(Service);

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(30);

    /// <summary>An incident's own rows, and what touched its service from half an hour before until half an hour after.</summary>
    public static Scope Of(IncidentView incident, DateTimeOffset now) =>
        new(
            incident.Id,
            incident.Service,
            // An incident that "began" in year 1 has nothing before it.
            incident.StartedAt - DateTimeOffset.MinValue
            > Margin
                ? incident.StartedAt - Margin
                : DateTimeOffset.MinValue,
            (incident.ResolvedAt ?? incident.ClosedAt ?? now) + Margin
        )
        {
            Parts = incident.Absorbed ?? [],
        };
}

/// <summary>Where a page ended: the order of a timeline is occurred, recorded, id.</summary>
public sealed record Mark(DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, Guid Id)
{
    public static Mark Beginning { get; } = BeforeAll(DateTimeOffset.MinValue);

    /// <summary>Before everything that happened at that moment or later.</summary>
    public static Mark BeforeAll(DateTimeOffset moment) => new(moment, DateTimeOffset.MinValue, Guid.Empty);

    public static Mark Of(TimelineEntry entry) => new(entry.OccurredAt, entry.RecordedAt, entry.Id);

    public string Print() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{OccurredAt.UtcTicks} {RecordedAt.UtcTicks} {Id:N}"));

    public static Mark? Read(string cursor) =>
        Base64Url.IsValid(cursor)
        && Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ')
            is [var occurred, var recorded, var id]
        && Moment(occurred) is { } first
        && Moment(recorded) is { } second
        && Guid.TryParseExact(id, "N", out var entry)
            ? new Mark(first, second, entry)
            : null;

    private static DateTimeOffset? Moment(string ticks) =>
        long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(value, TimeSpan.Zero)
            : null;
}

public static class TimelineEndpoint
{
    private const int Usual = 100;

    public static void Map(IEndpointRouteBuilder read)
    {
        read.MapGet("/timeline", Handle)
            .WithTags("Timeline")
            .WithSummary(
                "What happened, in order: what a query asks for, or of an incident, a service or a schedule; knownAt answers as of a moment"
            )
            .Produces<TimelineAnswer>()
            .Produces(
                StatusCodes.Status200OK,
                null,
                Rendering.Markdown,
                Rendering.Csv,
                Rendering.Lines,
                HtmlDocument.Type,
                PdfDocument.Type
            );
        TimelineQueryEndpoint.Map(read);
        TimelineLiveEndpoint.Map(read);
        SavedViewsEndpoint.Read(read);
        ViewWebhookEndpoint.Read(read);
        ReplayEndpoint.Map(read);
    }

    // All that stands beside the query is another spelling of a part of it.
    private static async Task<IResult> Handle(
        HttpRequest request,
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop,
        string? q = null,
        string? view = null,
        string? incident = null,
        string? service = null,
        string? schedule = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        DateTimeOffset? knownAt = null,
        string? seenBy = null,
        string? after = null,
        string? format = null,
        [Range(1, 2500)] int? limit = null
    )
    {
        if (format is not null && !NegotiatedEndpoint.IsKnown(format))
            return Answers.Problem(
                400,
                "filter-unknown",
                $"'format={format}' is unknown. Give one of {NegotiatedEndpoint.AllNames}."
            );
        if (q is not null && view is not null)
            return Answers.Problem(400, "malformed", "Ask with a query, 'q', or with one that is kept, 'view'.");
        if (view is not null)
        {
            if (await SavedViewsEndpoint.Find(session, view, stop) is not { } kept)
                return SavedViewsEndpoint.Unknown(view);
            q = kept.Current.Query;
        }

        if (q is null && new[] { incident, service, schedule }.Count(one => one is not null) != 1)
            return Answers.Problem(
                400,
                "malformed",
                "Ask with a query, 'q', or for one of 'incident' (an id or a number such as INC-7), 'service' and 'schedule'."
            );
        var beside = new Beside(incident, service, schedule, from, to, knownAt, seenBy);
        var most = NegotiatedEndpoint.IsDocument(NegotiatedEndpoint.FormOf(request)) ? QueryDocument.Most : Usual;
        var asked = new Asked(q ?? "", beside, after, limit ?? most);
        return await TimelineQueryEndpoint.Answer(request, asked, sight, session, database, clock, stop);
    }
}
