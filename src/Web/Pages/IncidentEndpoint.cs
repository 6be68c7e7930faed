using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
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
/// <param name="Refusal">Why what was asked for was not done.</param>
/// <param name="Response">Who does what and what is to be done; null where the past is looked at.</param>
public sealed record IncidentModel(
    IncidentView Incident,
    IReadOnlyList<TimelineEntry> Entries,
    Rows Rows,
    IReadOnlyDictionary<Guid, RunView> Runs,
    DateTimeOffset Now,
    DateTimeOffset? At,
    bool Whole,
    KnownState Known,
    string? Refusal,
    Uri? Dashboard,
    IncidentResponse? Response = null
)
{
    public Strip Strip => DrawStrip.Of(Incident, Entries, Runs, At ?? Now, Whole);

    public string Path => $"/incidents/INC-{Incident.Number}";

    public IEnumerable<TimelineEntry> Listed => Entries.Skip(Rows.First - 1).Take(Rows.Last - Rows.First + 1);

    public string Query => QueryFrom(Rows.First);

    /// <summary>The same view, its list beginning at another row.</summary>
    public string QueryFrom(int row)
    {
        string?[] parts =
        [
            At is { } at ? $"at={Words.Iso(at)}" : null,
            Whole ? "whole=true" : null,
            row > 1 ? FormattableString.Invariant($"from={row}") : null,
        ];
        return parts.OfType<string>().ToList() is { Count: > 0 } given ? $"?{string.Join('&', given)}" : "";
    }
}

public sealed record IncidentsModel(Page<IncidentView> Incidents, DateTimeOffset Now, string? Status);

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
        string? after = null
    ) => Html.Of<IncidentsPage>(await ReadList(apis, clock, status, after, stop));

    private static async Task<IResult> ListFragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? status = null,
        string? after = null
    ) => Html.Of<IncidentsPanel>(await ReadList(apis, clock, status, after, stop));

    private static async Task<IncidentsModel> ReadList(
        Apis apis,
        TimeProvider clock,
        string? status,
        string? after,
        CancellationToken stop
    ) => new(await apis.Incidents.List(status, limit: 50, after: after, stop: stop), clock.GetUtcNow(), status);

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

    private static async Task<IResult> Act(
        string id,
        string what,
        [FromForm] Guid incident,
        [FromForm] long? version,
        [FromForm] Severity? severity,
        [FromForm] string? text,
        [FromForm] UpdateAudience? audience,
        [FromForm] int? task,
        Apis apis,
        IncidentReader reader,
        CancellationToken stop
    )
    {
        try
        {
            var doing =
                Do(apis.Incidents, what, incident, version, severity, text ?? "", stop)
                ?? Work(apis.Incidents, what, incident, text ?? "", audience, task, stop);
            if (doing is null)
                return TypedResults.NotFound();
            await doing;
            return TypedResults.LocalRedirect($"/incidents/{Uri.EscapeDataString(id)}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            var model = await reader.Read(apis, id, null, false, 1, Refusals.Sentence(problem), stop);
            return Html.Of<IncidentPage>(model, problem.Status);
        }
    }

    // A note is never too late; what changes the incident is done on what the person saw, or not at all.
    private static Task? Do(
        IncidentsClient incidents,
        string what,
        Guid id,
        long? version,
        Severity? severity,
        string text,
        CancellationToken stop
    ) =>
        what switch
        {
            "acknowledge" => incidents.Acknowledge(id, stop: stop),
            "severity" => incidents.ChangeSeverity(
                id,
                new ChangeSeverity(severity ?? Severity.Sev3, text),
                version,
                stop
            ),
            "note" => incidents.AddNote(id, new AddNote(text), stop: stop),
            "accept" => incidents.Accept(id, stop: stop),
            "decline" => incidents.Decline(id, new DeclineIncident(text), version, stop),
            "reopen" => incidents.Reopen(id, new ReopenIncident(text), version, stop),
            "close" => incidents.Close(id, version, stop),
            "mitigate" => incidents.Mitigate(id, new MitigateIncident(text), version, stop),
            "resolve" => incidents.Resolve(id, new ResolveIncident(text), version, stop),
            _ => null,
        };

    private static Task? Work(
        IncidentsClient incidents,
        string what,
        Guid id,
        string text,
        UpdateAudience? audience,
        int? task,
        CancellationToken stop
    ) =>
        what switch
        {
            "update" => incidents.PostUpdate(id, new PostUpdate(text, audience ?? UpdateAudience.Internal), stop),
            "task" => incidents.AddTask(id, new AddTask(text), stop),
            "task-done" when task is { } number => incidents.FinishTask(id, number, new FinishTask(), stop),
            _ => null,
        };
}
