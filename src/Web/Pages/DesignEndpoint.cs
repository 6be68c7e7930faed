using System.Text.Json;
using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Web.Components;
using Steady.Web.Components.Parts;

namespace Steady.Web.Pages;

/// <summary>An experiment as it is designed: what is typed, and what the service says of it.</summary>
/// <param name="Fields">What stands in the form.</param>
/// <param name="From">The experiment that the form began with; null for none.</param>
/// <param name="Stands">The draft that is changed here; null when a new one is made.</param>
/// <param name="Lint">What the service says; null before it is asked.</param>
/// <param name="Design">The design, as far as it can be drawn; null when it cannot.</param>
/// <param name="Refusal">Why it was not kept.</param>
/// <param name="Promotion">Its leave to run in the next environment; null while it has none.</param>
/// <param name="History">What its runs have shown; null where it cannot be run.</param>
/// <param name="Written">Whether it is written as a document, which has no fields to point at.</param>
/// <param name="Key">Of the run that may be begun here, so that pressing twice begins one.</param>
public sealed record DesignModel(
    IReadOnlyDictionary<string, string> Fields,
    string? From,
    ExperimentView? Stands,
    Answer<DesignLint> Lint,
    ExperimentDesign? Design,
    string? Refusal,
    bool MayDesign,
    bool MayOperate = false,
    PromotionView? Promotion = null,
    DateTimeOffset Now = default,
    Filled? Filled = null,
    Answer<IReadOnlyList<RunSummary>>? History = null,
    string? Key = null,
    bool Written = false
)
{
    public string Path => Stands is { } stands ? $"/experiments/{stands.Design.Name}" : "/experiments/new";

    public bool Frozen => Stands?.FrozenHash is not null;

    public string Value(string field) => Fields.GetValueOrDefault(field, "");

    public IEnumerable<DesignFinding> At(string field) =>
        Lint.Value?.Findings.Where(finding =>
            finding.Weight == FindingWeight.Error && DesignForm.Field(finding.Path) == field
        )
        ?? [];
}

public static class DesignEndpoint
{
    /// <summary>As many of its runs stand on the page of a design.</summary>
    public const int MostRuns = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/experiments", () => TypedResults.LocalRedirect("/gamedays"));
        pages.MapGet("/experiments/new", New);
        pages.MapGet("/experiments/{name}", Page);
        pages.MapPost("/fragments/experiments/check", Fragment);
        pages.MapPost("/experiments/{name}/check", Check);
        pages.MapPost("/experiments/{name}/save", Save);
        ExperimentActs.Map(pages);
        DesignFile.Map(pages);
        DesignWriting.Map(pages);
        // Who reloads the answer of a form comes back to the page.
        pages.MapGet(
            "/experiments/{name}/{what}",
            (string name) => TypedResults.LocalRedirect($"/experiments/{Uri.EscapeDataString(name)}")
        );
    }

    private static async Task<IResult> New(Apis apis, CancellationToken stop, string? from = null)
    {
        var again = from is null ? null : await apis.Experiments.Get(from, stop);
        var fields = again is null
            ? DesignForm.Empty
            : new Dictionary<string, string>(DesignForm.Of(again.Design)) { ["name"] = Next(again.Design.Name) };
        var model = await Read(apis, new Filled("new", fields), again, null, null, stop);
        // Nobody has done anything wrong by opening a form.
        return Html.Of<DesignPage>(again is null ? model with { Lint = new Answer<DesignLint>(null, null) } : model);
    }

    private static async Task<IResult> Page(string name, Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<DesignPage>(await Standing(apis, clock, name, null, stop));

    private static async Task<IResult> Fragment(IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("check", fields);
        return Html.Of<DesignPreview>(await Read(apis, form, await From(apis, form, stop), null, null, stop));
    }

    private static async Task<IResult> Check(string name, IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("check", fields);
        var stands = await Stands(apis, name, stop);
        return Html.Of<DesignPage>(await Read(apis, form, stands ?? await From(apis, form, stop), stands, null, stop));
    }

    private static async Task<IResult> Save(string name, IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("save", fields);
        var from = await From(apis, form, stop);
        try
        {
            var document = DesignForm.Document(form, from?.Design).ToJsonString();
            // A change is made on what was read; a name that is new here must not be somebody else's draft.
            var kept =
                form.Text("name") == name
                    ? await apis.Experiments.ApplyOn(form.Number("version"), document, "application/json", stop)
                    : await DesignWriting.DraftNew(apis, document, "application/json", stop);
            return TypedResults.LocalRedirect($"/experiments/{Uri.EscapeDataString(kept.Design.Name)}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var stands = await Stands(apis, name, stop);
            var sentence =
                problem.Status == StatusCodes.Status412PreconditionFailed && form.Text("name") != name
                    ? DesignWriting.Taken(form.Text("name"))
                    : Refusals.Sentence(problem);
            var model = await Read(apis, form, from, stands, sentence, stop);
            return Html.Of<DesignPage>(model, problem.Status);
        }
    }

    /// <summary>An experiment as it stands, with its leave for the next environment where it asks for one.</summary>
    internal static async Task<DesignModel> Standing(
        Apis apis,
        TimeProvider clock,
        string name,
        string? refusal,
        CancellationToken stop
    )
    {
        var stands = await apis.Experiments.Get(name, stop);
        var form = new Filled("edit", DesignForm.Of(stands.Design));
        var model = await Read(apis, form, stands, stands, refusal, stop);
        if (!model.Frozen)
            return model;
        var history = Answer.Of(apis.Experiments.RunHistory(name, MostRuns, stop));
        var now = clock.GetUtcNow();
        return model with
        {
            Promotion = stands.Design.Promotion is null
                ? null
                : (await Answer.Of(apis.Experiments.Promotion(name, stop))).Value,
            History = await history,
            MayOperate = apis.May("experiments:operate"),
            Now = now,
            Key = $"{Guid.CreateVersion7(now)}",
        };
    }

    private static async Task<DesignModel> Read(
        Apis apis,
        Filled form,
        ExperimentView? from,
        ExperimentView? stands,
        string? refusal,
        CancellationToken stop
    )
    {
        var document = DesignForm.Document(form, from?.Design);
        return new DesignModel(
            form.Fields,
            from?.Design.Name,
            stands,
            await Answer.Of(apis.Experiments.Lint(document.ToJsonString(), stop: stop)),
            Drawn(document),
            refusal,
            apis.May("experiments:design")
        );
    }

    // Half a design has a picture too; only what cannot be read as one has none.
    private static ExperimentDesign? Drawn(System.Text.Json.Nodes.JsonObject document)
    {
        try
        {
            return document.Deserialize<ExperimentDesign>(Json.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<ExperimentView?> From(Apis apis, Filled form, CancellationToken stop) =>
        form.Given("from") is { } from ? await Stands(apis, from, stop) : null;

    private static async Task<ExperimentView?> Stands(Apis apis, string name, CancellationToken stop)
    {
        if (name == "new")
            return null;
        try
        {
            return await apis.Experiments.Get(name, stop);
        }
        catch (ProblemException problem) when (problem.Status == 404)
        {
            return null;
        }
    }

    // slow-ledger, slow-ledger-2, slow-ledger-3.
    private static string Next(string name) =>
        name.Split('-') is [.. var words, var last] && words.Length > 0 && int.TryParse(last, out var number)
            ? $"{string.Join('-', words)}-{number + 1}"
            : $"{name}-2";
}
