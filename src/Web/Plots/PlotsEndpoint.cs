using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Steady.Client;
using Steady.Web.Components.Parts;
using Steady.Web.Drawing;
using Steady.Web.Pages;
using Steady.Web.SignIn;

namespace Steady.Web.Plots;

/// <summary>How a plot is wanted.</summary>
/// <param name="Format"><c>svg</c> or <c>png</c>.</param>
/// <param name="Theme"><c>light</c> or <c>dark</c>.</param>
/// <param name="Scale">Pixels of a PNG for one unit of the drawing.</param>
public sealed record PlotWish(string Format, string? Theme = null, [Range(1, PlotWish.Largest)] int? Scale = null)
{
    public const int Largest = 3;

    public bool IsDark => Theme == "dark";
}

/// <summary>
/// Pictures of the console as files, for documents and chats: the burn-down of a budget, an incident as a picture, how far a run came. For
/// whoever is signed in, and for whoever has a token; what they may see is the services' decision.
/// </summary>
public static class PlotsEndpoint
{
    public static void MapPlots(this IEndpointRouteBuilder routes)
    {
        var plots = routes
            .MapGroup("/plots")
            .RequireAuthorization(policy =>
                policy
                    .AddAuthenticationSchemes(Session.Scheme, JwtBearerDefaults.AuthenticationScheme)
                    .RequireAuthenticatedUser()
            )
            .AddEndpointFilter(Refuse);
        // What a chat shows beside a link, where that is switched on.
        routes.MapGet("/previews/incidents/{id:guid}.png", Preview).AllowAnonymous();
        plots.MapGet("/budgets/{name}.{format:regex(^(svg|png)$)}", Budget);
        plots.MapGet("/incidents/{id}.{format:regex(^(svg|png)$)}", Incident);
        plots.MapGet("/runs/{id:guid}.{format:regex(^(svg|png)$)}", Run);
    }

    private static async Task<IResult> Budget(
        string name,
        [AsParameters] PlotWish wish,
        Apis apis,
        Plotting plotting,
        CancellationToken stop,
        DateTimeOffset? at = null
    )
    {
        var budget = await apis.Budgets.Budget(name, at, stop);
        var history = await apis.Budgets.History(budget.Objective, stop: stop);
        var caption = new Caption(
            budget.DisplayName,
            $"{Words.Target(budget.Target)} over {budget.Window} · {budget.Service}",
            at is { } then ? $"as it was known at {Captions.Minute(then)}" : $"as of {Captions.Minute(history.To)}"
        );
        var picture = DrawBurnDown.Of(history, at is null ? budget.Forecast : null, at);
        return File(
            await plotting.Draw<BurnDownPicture>(
                new Dictionary<string, object?> { [nameof(BurnDownPicture.Picture)] = picture },
                caption,
                wish.IsDark
            ),
            wish
        );
    }

    private static async Task<IResult> Incident(
        string id,
        [AsParameters] PlotWish wish,
        Apis apis,
        IncidentReader reader,
        Plotting plotting,
        CancellationToken stop,
        DateTimeOffset? at = null
    ) => File(await OfIncident(id, at, wish.IsDark, apis, reader, plotting, stop), wish);

    private static async Task<IResult> Preview(
        Guid id,
        LinkPreviews previews,
        IncidentReader reader,
        Plotting plotting,
        HttpRequest request,
        CancellationToken stop
    ) =>
        await previews.Of($"/incidents/{id}", request, stop) is null
            ? TypedResults.NotFound()
            : File(await OfIncident($"{id}", null, false, previews.Apis, reader, plotting, stop), new PlotWish("png"));

    private static async Task<Plot> OfIncident(
        string id,
        DateTimeOffset? at,
        bool isDark,
        Apis apis,
        IncidentReader reader,
        Plotting plotting,
        CancellationToken stop
    )
    {
        var (incident, strip, until) = await reader.Strip(apis, id, at, stop);
        var caption = new Caption(
            $"INC-{incident.Number} {incident.Title}",
            Captions.Of(incident, until),
            at is null ? $"as of {Captions.Minute(until)}" : $"as it was known at {Captions.Minute(until)}"
        );
        return await plotting.Draw<StripPicture>(
            new Dictionary<string, object?> { [nameof(StripPicture.Strip)] = strip },
            caption,
            isDark
        );
    }

    private static async Task<IResult> Run(
        Guid id,
        [AsParameters] PlotWish wish,
        Apis apis,
        Plotting plotting,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? at = null
    )
    {
        var run = await apis.Experiments.Run(id, at, stop);
        var design = (await Pages.Answer.Of(apis.Experiments.Get(run.ExperimentId.ToString(), stop))).Value?.Design;
        var caption = new Caption(
            run.Experiment,
            run.Finding ?? design?.Hypothesis ?? "",
            at is { } then
                ? $"as it was known at {Captions.Minute(then)}"
                : $"as of {Captions.Minute(clock.GetUtcNow())}"
        );
        return File(
            await plotting.Draw<Ladder>(
                new Dictionary<string, object?>
                {
                    [nameof(Ladder.Rungs)] = run.Rungs,
                    [nameof(Ladder.Count)] = run.RungCount,
                    [nameof(Ladder.Plan)] = design?.Ladder.Rungs,
                },
                caption,
                wish.IsDark
            ),
            wish
        );
    }

    private static IResult File(Plot plot, PlotWish wish) =>
        wish.Format == "svg"
            ? TypedResults.Bytes(plot.ToSvg(), "image/svg+xml")
            : TypedResults.Bytes(PlotPainter.Png(plot, wish.Scale ?? 2), "image/png");

    // A program that asks for a picture can do nothing with a page.
    private static async ValueTask<object?> Refuse(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.Arguments.OfType<PlotWish>().Single() is { Theme: not (null or "light" or "dark") } wish)
            return Problem(400, "malformed", $"'{wish.Theme}' is no theme. Give light or dark.");
        try
        {
            return await next(context);
        }
        catch (ProblemException problem)
        {
            return Problem(problem.Status == 0 ? 502 : problem.Status, problem.Code, Refusals.Sentence(problem));
        }
    }

    private static IResult Problem(int status, string code, string detail) =>
        TypedResults.Problem(
            detail,
            statusCode: status,
            extensions: new Dictionary<string, object?> { ["code"] = code }
        );
}
