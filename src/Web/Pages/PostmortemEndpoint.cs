using Microsoft.AspNetCore.Mvc;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>A postmortem as its page shows it.</summary>
/// <param name="Postmortem">Null while nobody has begun it.</param>
/// <param name="Writing">The section that is being written here; null for none.</param>
/// <param name="Refusal">Why what was asked for was not done.</param>
public sealed record PostmortemModel(
    IncidentView Incident,
    PostmortemView? Postmortem,
    Writing? Writing,
    string? Refusal,
    string Me,
    DateTimeOffset Now
)
{
    public string Incidents => $"/incidents/INC-{Incident.Number}";

    public string Path => $"{Incidents}/postmortem";
}

/// <summary>Everything that stood in a section of a postmortem, newest first.</summary>
public sealed record VersionsModel(IncidentView Incident, IReadOnlyList<SectionView> Versions, DateTimeOffset Now);

/// <summary>A text that is not stored yet.</summary>
/// <param name="Section">Which section it is for.</param>
/// <param name="Text">What stands in the field.</param>
/// <param name="Version">The section's version that it is based on.</param>
/// <param name="Preview">How it will look, as safe HTML; null before somebody asks.</param>
public sealed record Writing(PostmortemSection Section, string Text, int Version, string? Preview);

public static class PostmortemEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        const string At = "/incidents/{id}/postmortem";
        pages.MapGet(At, Page);
        pages.MapGet($"{At}/document", Document);
        pages.MapGet($"{At}/versions/{{section}}", Versions);
        pages.MapPost($"{At}/preview", Preview);
        pages.MapPost($"{At}/write", Write);
        pages.MapPost($"{At}/{{what}}", Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet($"{At}/{{what}}", (string id) => TypedResults.LocalRedirect(Path(id)));
    }

    private static async Task<IResult> Page(
        string id,
        Apis apis,
        HttpContext http,
        TimeProvider clock,
        CancellationToken stop,
        PostmortemSection? write = null
    )
    {
        var model = await Read(id, apis, http, clock, stop);
        var stands = model.Postmortem?.Sections.FirstOrDefault(one => one.Section == write);
        return Html.Of<PostmortemPage>(
            stands is null || model.Postmortem!.State == PostmortemState.Published
                ? model
                : model with
                {
                    Writing = new Writing(stands.Section, stands.Text, stands.Version, null),
                }
        );
    }

    private static async Task<IResult> Versions(
        string id,
        PostmortemSection section,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var incident = await apis.Incidents.Get(id, stop);
        var versions = await apis.Postmortems.Versions($"INC-{incident.Number}", $"{section}", stop);
        return Html.Of<VersionsPage>(new VersionsModel(incident, versions.Items, clock.GetUtcNow()));
    }

    // Kept as a file: shown here it would be a page of the console.
    private static async Task<IResult> Document(string id, string format, Apis apis, CancellationToken stop)
    {
        var (kind, ending) = format switch
        {
            "pdf" => ("application/pdf", "pdf"),
            "html" => ("text/html", "html"),
            _ => ("text/markdown", "md"),
        };
        var wanted = ending == "md" ? "markdown" : format;
        return TypedResults.File(await apis.Postmortems.Export(id, wanted, stop), kind, $"{id}.{ending}");
    }

    private static async Task<IResult> Preview(
        string id,
        [FromForm] PostmortemSection section,
        [FromForm] int version,
        [FromForm] string? text,
        Apis apis,
        HttpContext http,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var shown = await apis.Postmortems.Preview(text ?? "", stop);
        var model = await Read(id, apis, http, clock, stop);
        return Html.Of<PostmortemPage>(model with { Writing = new Writing(section, text ?? "", version, shown.Html) });
    }

    // What somebody wrote stays in the field when it cannot be stored; it is then based on what stands there now.
    private static async Task<IResult> Write(
        string id,
        [FromForm] PostmortemSection section,
        [FromForm] int version,
        [FromForm] string? text,
        Apis apis,
        HttpContext http,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        try
        {
            // Browsers end the lines of a field with two characters.
            var written = (text ?? "").ReplaceLineEndings("\n");
            await apis.Postmortems.Write(id, $"{section}", new WriteSection(written, version), stop);
            return TypedResults.LocalRedirect($"{Path(id)}#s-{section}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            var model = await Read(id, apis, http, clock, stop);
            var stands = model.Postmortem?.Sections.First(one => one.Section == section);
            return Html.Of<PostmortemPage>(
                model with
                {
                    Refusal = Refusals.Sentence(problem),
                    Writing = new Writing(section, text ?? "", stands?.Version ?? 0, stands?.Html),
                },
                problem.Status
            );
        }
    }

    private static async Task<IResult> Act(
        string id,
        string what,
        [FromForm] string? text,
        [FromForm] string? owner,
        [FromForm] string? due,
        [FromForm] long? version,
        Apis apis,
        HttpContext http,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        try
        {
            var doing = Do(apis.Postmortems, id, what, text, owner, due, version, stop);
            if (doing is null)
                return TypedResults.NotFound();
            await doing;
            return TypedResults.LocalRedirect(Path(id));
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            var model = await Read(id, apis, http, clock, stop);
            return Html.Of<PostmortemPage>(model with { Refusal = Refusals.Sentence(problem) }, problem.Status);
        }
    }

    // What is approved is what the person read, or nothing.
    private static Task? Do(
        PostmortemsClient all,
        string id,
        string what,
        string? text,
        string? owner,
        string? due,
        long? version,
        CancellationToken stop
    ) =>
        what switch
        {
            "start" => all.Start(id, stop),
            "submit" => all.Submit(id, stop),
            "send-back" => all.SendBack(id, new SendBackPostmortem(text ?? ""), stop),
            "review" => all.Review(id, new ReviewPostmortem(text), version, stop),
            "publish" => all.Publish(id, version, stop),
            "act" => all.Ask(
                id,
                new OpenActionItem(text ?? "", owner ?? "", DateOnly.TryParse(due, out var day) ? day : null),
                stop: stop
            ),
            _ => null,
        };

    private static async Task<PostmortemModel> Read(
        string id,
        Apis apis,
        HttpContext http,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var incident = await apis.Incidents.Get(id, stop);
        PostmortemView? postmortem = null;
        try
        {
            postmortem = await apis.Postmortems.Get($"INC-{incident.Number}", stop);
        }
        catch (ProblemException problem) when (problem.Status == 404) { }

        return new PostmortemModel(
            incident,
            postmortem,
            null,
            null,
            http.User.FindFirst("sub")!.Value,
            clock.GetUtcNow()
        );
    }

    private static string Path(string id) => $"/incidents/{Uri.EscapeDataString(id)}/postmortem";
}
