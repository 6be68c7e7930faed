using System.ComponentModel.DataAnnotations;
using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>An incident as its page shows it: as it is, or as it was known at a moment.</summary>
/// <param name="At">The moment that is looked at; null for now.</param>
/// <param name="Known">How the incident stood then, as far as its timeline tells.</param>
/// <param name="Refused">What was asked for and not done; null when nothing was.</param>
/// <param name="Response">Who does what and what is to be done; null where the past is looked at.</param>
/// <param name="Paging">Who was paged, or why that is not known; null where the past is looked at.</param>
/// <param name="Timestamps">The eleven moments; null where the past is looked at, or they are not known.</param>
/// <param name="FollowUps">What its postmortem asks for.</param>
/// <param name="Me">Who looks.</param>
/// <param name="MayWrite">Whether the page offers to change something.</param>
/// <param name="IsRouted">Whether a policy is for its service that did not page for it yet.</param>
public sealed record IncidentModel(
    IncidentView Incident,
    IReadOnlyList<TimelineEntry> Entries,
    Rows Rows,
    IReadOnlyDictionary<Guid, RunView> Runs,
    DateTimeOffset Now,
    DateTimeOffset? At,
    bool Whole,
    KnownState Known,
    Refused? Refused,
    Uri? Dashboard,
    IncidentResponse? Response = null,
    Answer<EscalationView>? Paging = null,
    IncidentTimestamps? Timestamps = null,
    IReadOnlyList<FollowUpView>? FollowUps = null,
    string Me = "",
    bool MayWrite = true,
    IReadOnlyList<IncidentPersonView>? SeenBy = null,
    bool IsRouted = false
)
{
    public Filled? Filled => Refused?.Form;

    /// <summary>The newest line that is known; what came later, a form on this page has not seen.</summary>
    public DateTimeOffset? Seen =>
        Entries.Where(entry => entry.IncidentId == Incident.Id).Max(entry => (DateTimeOffset?)entry.RecordedAt);

    /// <summary>What changed while a form that comes too late was filled in.</summary>
    public IReadOnlyList<string> Changes =>
        Refused is { Status: StatusCodes.Status412PreconditionFailed } refused
            ? Meanwhile.Of(Incident, Entries, refused.Form.Moment("seen"), refused.Form.Text("mark"))
            : [];

    /// <summary>What somebody typed into a field of a form that was refused.</summary>
    public string? Kept(string what, string field) => Filled?.What == what ? Filled.Given(field) : null;

    /// <summary>An alert joined after the pain had ended: it may be mitigated and escalated once more.</summary>
    public bool HurtsAgain => KnownState.HurtsAgain(Incident, Entries);

    /// <summary>Who has said it already says nothing new.</summary>
    public bool HasTaken =>
        Entries.Any(e => e.IncidentId == Incident.Id && e.Kind == "incident-acknowledged" && e.Actor == Me);

    public Strip Strip => DrawStrip.Of(Incident, Entries, Runs, At ?? Now, Whole);

    public string Path => $"/incidents/INC-{Incident.Number}";

    public IEnumerable<TimelineEntry> Listed => Entries.Skip(Rows.First - 1).Take(Rows.Last - Rows.First + 1);

    public string Query => QueryFrom(Rows.First);

    /// <summary>The same view, its list beginning at another row.</summary>
    public string QueryFrom(int row) =>
        AddressQuery.Of(
            ("at", At is { } at ? Words.Iso(at) : null),
            ("whole", Whole ? "true" : null),
            ("from", row > 1 ? FormattableString.Invariant($"{row}") : null)
        );
}

/// <summary>A form that was not done, and why.</summary>
public sealed record Refused(string Sentence, int Status, Filled Form);

/// <summary>Incidents, newest first.</summary>
/// <param name="Status">In which status alone; <c>open</c> for all that are not over, null for all.</param>
/// <param name="Service">Of which service alone; null for all.</param>
public sealed record IncidentsModel(
    Page<IncidentView> Incidents,
    DateTimeOffset Now,
    string? Status,
    string? Service,
    bool MayWrite
)
{
    public string QueryWith(string? status, string? after) =>
        AddressQuery.Of(("status", status), ("service", Service), ("after", after));
}

public static class IncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/incidents", List);
        pages.MapGet("/fragments/incidents", ListFragment);
        pages.MapGet("/incidents/{id}", Page);
        pages.MapGet("/fragments/incidents/{id}", Fragment);
        pages.MapPost("/incidents/{id}/{what}", Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(
            "/incidents/{id}/{what}",
            (string id) => TypedResults.LocalRedirect($"/incidents/{Uri.EscapeDataString(id)}")
        );
    }

    private static async Task<IResult> List(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? status = null,
        string? service = null,
        string? after = null
    ) => Html.Of<IncidentsPage>(await ReadList(apis, clock, status, service, after, stop));

    private static async Task<IResult> ListFragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? status = null,
        string? service = null
    ) => Html.Of<IncidentsPanel>(await ReadList(apis, clock, status, service, null, stop));

    private static async Task<IncidentsModel> ReadList(
        Apis apis,
        TimeProvider clock,
        string? status,
        string? service,
        string? after,
        CancellationToken stop
    )
    {
        var wanted = string.IsNullOrWhiteSpace(service) ? null : service.Trim();
        status = status is "" ? null : status;
        var found = await apis.Incidents.List(status, wanted, limit: 50, after: after, stop: stop);
        return new IncidentsModel(found, clock.GetUtcNow(), status, wanted, apis.May("incidents:write"));
    }

    private static async Task<IResult> Page(
        string id,
        Apis apis,
        IncidentReader reader,
        CancellationToken stop,
        DateTimeOffset? at = null,
        bool whole = false,
        int from = 1,
        [Range(0, 253402300799999)] long? moment = null
    ) =>
        moment is { } chosen
            ? TypedResults.LocalRedirect(Moment(id, chosen, whole))
            : Html.Of<IncidentPage>(await reader.Read(apis, id, at, whole, from, null, stop));

    // What a browser without script sends; the address that people pass on says the moment in words.
    private static string Moment(string id, long milliseconds, bool whole) =>
        $"/incidents/{Uri.EscapeDataString(id)}?at={Words.Iso(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))}{(whole ? "&whole=true" : "")}";

    private static async Task<IResult> Fragment(
        string id,
        Apis apis,
        IncidentReader reader,
        CancellationToken stop,
        DateTimeOffset? at = null,
        bool whole = false,
        int from = 1
    ) => Html.Of<IncidentPanel>(await reader.Read(apis, id, at, whole, from, null, stop));

    // No field is named here: the forms of the page are many, and what was typed is shown again as it was.
    private static async Task<IResult> Act(
        string id,
        string what,
        IFormCollection fields,
        Apis apis,
        IncidentReader reader,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        try
        {
            if (IncidentActs.Do(apis, form, stop) is not { } doing)
                return TypedResults.NotFound();
            await doing;
            return TypedResults.LocalRedirect($"/incidents/{Uri.EscapeDataString(id)}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            var refused = new Refused(Refusals.Sentence(problem), problem.Status, form);
            var model = await reader.Read(apis, id, null, false, 1, refused, stop);
            return Html.Of<IncidentPage>(model, problem.Status);
        }
    }
}
