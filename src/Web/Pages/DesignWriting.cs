using Steady.Client;
using Steady.Contracts.Experiments;
using Steady.Web.Components;
using Steady.Web.Components.Parts;

namespace Steady.Web.Pages;

/// <summary>A design as the document that the service takes, with all that the form has no field for.</summary>
/// <param name="Name">The experiment that is written; null for a new one.</param>
/// <param name="Text">What stands in the field.</param>
/// <param name="Version">The version that is changed.</param>
/// <param name="Preview">What it looks like, and what the service says of it.</param>
/// <param name="Now">How it stands by now, where somebody else was faster.</param>
public sealed record DesignWriteModel(
    string? Name,
    string Text,
    long Version,
    DesignModel Preview,
    string? Refusal = null,
    string? Now = null
)
{
    public bool MayChange => Preview is { MayDesign: true, Frozen: false };

    public string Path => DesignWriting.Path(Name ?? DesignWriting.New);
}

/// <summary>The page on which a design is written as a document: alarms, rollback, promotion and lease too.</summary>
public static class DesignWriting
{
    public const string New = "new";

    private const string At = "/experiments/{name}/document";
    private const string Sample = "slow-ledger.yaml";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(At, Write);
        pages.MapPost(At, Save);
        pages.MapPost("/fragments/experiments/document", Fragment);
    }

    public static string Path(string name) => $"/experiments/{Uri.EscapeDataString(name)}/document";

    public static string Taken(string name) =>
        $"There is an experiment {name} already. Choose another name, or change that one on its page.";

    /// <summary>Drafts one of a name that is not taken. Pressed twice, or sent once more after no answer, it is drafted once.</summary>
    internal static async Task<ExperimentView> DraftNew(
        Apis apis,
        string text,
        string mediaType,
        CancellationToken stop
    )
    {
        try
        {
            return await apis.Experiments.ApplyOn(0, text, mediaType, stop);
        }
        catch (ProblemException taken) when (taken.Status == StatusCodes.Status412PreconditionFailed)
        {
            if (
                Written.Name(text) is { } name
                && await Then.Known(apis.Experiments.Get(name, stop)) is { } kept
                && Written.Says(text, kept.Design)
            )
                return kept;
            throw;
        }
    }

    private static async Task<IResult> Write(string name, Apis apis, CancellationToken stop)
    {
        var stands = name == New ? null : await apis.Experiments.Get(name, stop);
        var text = stands is null ? Samples.Fresh(Sample) : await Document(apis, stands, stop);
        return Html.Of<DesignWritePage>(await Read(apis, stands, text, stands?.Version ?? 0, stop));
    }

    private static async Task<IResult> Fragment(IFormCollection fields, Apis apis, CancellationToken stop) =>
        Html.Of<DesignPreview>(await Previewed(apis, null, FilledEndpoint.Of("document", fields).Document, stop));

    private static async Task<IResult> Save(string name, IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("document", fields);
        if (Written.OtherName(name == New ? null : name, form.Document) is { } other)
            return await Refuse(
                apis,
                name,
                form,
                $"This page is about {name}, and the document says {other}. An experiment keeps its name: write {other} as a new one.",
                StatusCodes.Status400BadRequest,
                stop
            );
        try
        {
            var kept =
                name == New
                    ? await DraftNew(apis, form.Document, "application/yaml", stop)
                    : await apis.Experiments.ApplyOn(form.Number("version"), form.Document, stop: stop);
            return TypedResults.LocalRedirect($"/experiments/{Uri.EscapeDataString(kept.Design.Name)}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var sentence =
                name == New && problem.Status == StatusCodes.Status412PreconditionFailed
                    ? Taken(Written.Name(form.Document) ?? "of this name")
                    : Refusals.Written(problem);
            return await Refuse(apis, name, form, sentence, problem.Status, stop);
        }
    }

    private static async Task<IResult> Refuse(
        Apis apis,
        string name,
        Filled form,
        string sentence,
        int status,
        CancellationToken stop
    )
    {
        var stands = name == New ? null : await apis.Experiments.Get(name, stop);
        var stale = stands is not null && status == StatusCodes.Status412PreconditionFailed;
        var version = stale ? stands!.Version : form.Number("version") ?? 0;
        var now = stale ? await Document(apis, stands!, stop) : null;
        var model = await Read(apis, stands, form.Document, version, stop);
        return Html.Of<DesignWritePage>(model with { Refusal = sentence, Now = now }, status);
    }

    private static Task<string> Document(Apis apis, ExperimentView experiment, CancellationToken stop) =>
        apis.Experiments.Export($"{experiment.Id}", "steady", stop);

    private static async Task<DesignWriteModel> Read(
        Apis apis,
        ExperimentView? stands,
        string text,
        long version,
        CancellationToken stop
    ) => new(stands?.Design.Name, text, version, await Previewed(apis, stands, text, stop));

    private static async Task<DesignModel> Previewed(
        Apis apis,
        ExperimentView? stands,
        string text,
        CancellationToken stop
    ) =>
        new(
            DesignForm.Empty,
            null,
            stands,
            await Answer.Of(apis.Experiments.Lint(text, "application/yaml", stop)),
            // Half a design has a picture too; what is written with units is only said.
            Written.Read<ExperimentDesign>(text),
            null,
            apis.May("experiments:design"),
            Written: true
        );
}
