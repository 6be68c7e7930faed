using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Components.Parts;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>A timeline as a picture that can be zoomed, asked and taken back to any moment: of one incident, or of whatever a query finds.</summary>
public static class TimelineEndpoint
{
    private const string Free = "/timeline";
    private const string Own = "/incidents/{id}/timeline";

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var at in (string[])[Free, Own])
        {
            pages.MapGet(at, Page);
            pages.MapGet($"/fragments{at}", Fragment);
            pages.MapGet($"{at}/columns", Columns);
            pages.MapGet($"{at}/entries", Entries);
            pages.MapPost($"{at}/{{what}}", Act);
        }

        pages.MapGet("/fragments/incidents/{id}/state", State);
        pages.MapGet("/timeline/complete", Complete);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet($"{Own}/{{what}}", (string id) => TypedResults.LocalRedirect(Address(id).Path));
        pages.MapGet($"{Free}/{{what}}", () => TypedResults.LocalRedirect(Free));
    }

    private static TimelineAddress Address(
        string? id,
        string? q = null,
        DateTimeOffset? at = null,
        Guid? entry = null
    ) => new(id, q?.Trim() ?? "", at, entry);

    private static async Task<IResult> Page(
        Apis apis,
        TimelineReader reader,
        CancellationToken stop,
        string? id = null,
        string? q = null,
        DateTimeOffset? at = null,
        Guid? entry = null
    ) => Html.Of<TimelinePage>(await reader.Read(apis, Address(id, q, at, entry), null, stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimelineReader reader,
        CancellationToken stop,
        string? id = null,
        string? q = null,
        DateTimeOffset? at = null,
        Guid? entry = null
    ) => Html.Of<TimelinePanel>(await reader.Read(apis, Address(id, q, at, entry), null, stop));

    // Asked again every few seconds by each page that is open: mostly nothing is new.
    private static async Task<IResult> Columns(
        HttpContext http,
        Apis apis,
        TimelineReader reader,
        CancellationToken stop,
        string? id = null,
        string? q = null,
        DateTimeOffset? at = null
    )
    {
        var address = Address(id, q, at);
        var tag = await TimelineReader.Tag(apis, address, stop);
        if (tag is not null && http.Request.Headers.IfNoneMatch == tag)
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var columns = await reader.Columns(apis, address, tag, stop);
        http.Response.Headers.ETag = tag;
        return TypedResults.Json(columns, Json.Options);
    }

    // The picture knows the moments of its entries and not their ids: either is found by the other.
    private static async Task<IResult> Entries(
        Apis apis,
        CancellationToken stop,
        string? id = null,
        DateTimeOffset? at = null,
        Guid? entry = null,
        long on = 0,
        int during = 1
    ) =>
        TypedResults.Json(
            entry is { } known
                ? [await TimelineReader.Named(apis, Address(id, at: at), known, stop)]
                : await TimelineReader.Named(apis, Address(id, at: at), on, during, stop),
            Json.Options
        );

    // What the slider shows while it moves.
    private static async Task<IResult> State(string id, Apis apis, CancellationToken stop, DateTimeOffset? at = null) =>
        Html.Of<StatePanel>(await TimelineReader.State(apis, Address(id, at: at), stop) ?? throw Missing(id));

    private static ProblemException Missing(string id) =>
        new(404, "not-found", $"There is no incident {id}.", null, []);

    private static async Task<IResult> Complete(string q, Apis apis, CancellationToken stop, int? caret = null) =>
        TypedResults.Json(await apis.Incidents.Complete(q, caret, stop), Json.Options);

    // No field is named here: the forms of the page are many, and what was typed is shown again as it was.
    private static async Task<IResult> Act(
        string what,
        IFormCollection fields,
        Apis apis,
        TimelineReader reader,
        CancellationToken stop,
        string? id = null
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        var address = Address(id, form.Text("q"), entry: form.Id("entry"));
        try
        {
            if (TimelineActs.Do(apis, id, form, stop) is not { } doing)
                return TypedResults.NotFound();
            await doing;
            return TypedResults.LocalRedirect(address.Self);
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            var refused = new Refused(Refusals.Sentence(problem), problem.Status, form);
            return Html.Of<TimelinePage>(await reader.Read(apis, address, refused, stop), problem.Status);
        }
    }
}
