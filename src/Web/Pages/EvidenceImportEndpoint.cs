using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <param name="Incident">Whose evidence it is; null where each entry names its incident or its services.</param>
/// <param name="Text">What was pasted or chosen and could not be stored.</param>
/// <param name="Stored">How many entries came, and how many of them were new; null while none was sent.</param>
public sealed record EvidenceImportModel(
    IncidentView? Incident,
    string Text,
    string? Refusal,
    IReadOnlyList<ImportMistake> Wrong,
    (int Sent, int Added)? Stored,
    bool MayWrite
)
{
    public string Timeline => Incident is { } of ? $"/incidents/INC-{of.Number}/timeline" : "/timeline";

    public string Path => $"{Timeline}/import";
}

/// <summary>Evidence that others have written down is taken in: pasted or chosen as a file, all of it or nothing.</summary>
public static class EvidenceImportEndpoint
{
    // What is larger than this is not sent back to be written on: whoever chose a file still has it.
    private const int MostShown = 200_000;

    // A form is a little more than what stands in it.
    private const int MostBytes = 17 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var at in (string[])["/timeline/import", "/incidents/{id}/timeline/import"])
        {
            pages.MapGet(at, Page);
            pages.MapPost(at, Import).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        }
    }

    private static async Task<IResult> Page(
        Apis apis,
        CancellationToken stop,
        string? id = null,
        int? sent = null,
        int? added = null
    )
    {
        var model = await Read(apis, id, stop);
        return Html.Of<EvidenceImportPage>(sent is { } all ? model with { Stored = (all, added ?? all) } : model);
    }

    private static async Task<EvidenceImportModel> Read(Apis apis, string? id, CancellationToken stop) =>
        new(id is null ? null : await apis.Incidents.Get(id, stop), "", null, [], null, apis.May("incidents:write"));

    private static async Task<IResult> Import(
        IFormCollection fields,
        Apis apis,
        CancellationToken stop,
        string? id = null
    )
    {
        var model = await Read(apis, id, stop);
        var (text, isFile) = await Given(fields, stop);
        var type = ImportMistakes.IsLines(text) ? "application/x-ndjson" : "application/json";
        try
        {
            var stored = await apis.Incidents.ImportEntries(id, text, type, stop);
            return TypedResults.LocalRedirect(
                string.Create(CultureInfo.InvariantCulture, $"{model.Path}?sent={stored.Ids.Count}&added={stored.New}")
            );
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var refused = model with
            {
                Text = isFile && text.Length > MostShown ? "" : text,
                Refusal = problem.Findings.Count > 0 ? problem.Detail : Refusals.Sentence(problem),
                Wrong = ImportMistakes.Of(text, problem.Findings),
            };
            return Html.Of<EvidenceImportPage>(refused, problem.Status);
        }
    }

    /// <summary>A file is meant where one was chosen.</summary>
    private static async Task<(string Text, bool IsFile)> Given(IFormCollection fields, CancellationToken stop)
    {
        if (fields.Files.GetFile("file") is not { Length: > 0 } file)
            return (FilledEndpoint.Of("import", fields).Document, false);
        using var reader = new StreamReader(file.OpenReadStream());
        return ((await reader.ReadToEndAsync(stop)).ReplaceLineEndings("\n"), true);
    }
}
