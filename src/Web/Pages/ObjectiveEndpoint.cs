using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Web.Components;
using Steady.Web.Components.Parts;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>An objective as it is written, OpenSLO, and what the service says of it.</summary>
/// <param name="Name">The objective that is changed; null when a new one is written.</param>
/// <param name="Text">What stands in the field.</param>
/// <param name="Lint">What the service says.</param>
/// <param name="Refusal">Why it was not taken.</param>
/// <param name="Marks">The lines of the text in which something is wrong.</param>
/// <param name="Version">What it was written on; null for a new one.</param>
/// <param name="Stands">How it stands by now, where somebody else was faster.</param>
/// <param name="Lenient">Whether what is no OpenSLO but can be meant in one way only is put right, and named.</param>
public sealed record ObjectiveModel(
    string? Name,
    string Text,
    Answer<LintAnswer> Lint,
    bool MayWrite,
    string? Refusal = null,
    IReadOnlyList<MarkedLine>? Marks = null,
    ObjectiveLife? Life = null,
    Filled? Filled = null,
    long? Version = null,
    string? Stands = null,
    bool Lenient = false
)
{
    public string Path => ObjectiveEndpoint.Path(Name ?? "new");

    /// <summary>What somebody typed into a field of a form that was refused; else what holds now.</summary>
    public string? Kept(string what, string field, string? now) => Filled?.What == what ? Filled.Given(field) : now;

    /// <summary>What keeps it from being an objective, with where and what would be.</summary>
    public IReadOnlyList<LintFinding> Wrong => Lint.Value is { } lint ? [.. lint.Findings, .. lint.Refusals ?? []] : [];
}

/// <summary>What there is of an objective besides its document.</summary>
/// <param name="View">As it is kept.</param>
/// <param name="Revisions">All it ever said, oldest first.</param>
/// <param name="Budget">How it stands; says what it stands on.</param>
/// <param name="Service">Whose its service is, and how what it spends is put down to causes.</param>
/// <param name="Source">Where its good and bad events are counted; nothing where they are only pushed.</param>
public sealed record ObjectiveLife(
    ObjectiveView View,
    Answer<IReadOnlyList<ObjectiveRevision>> Revisions,
    Answer<BudgetStatus> Budget,
    Answer<ServiceView> Service,
    Answer<SourceView> Source
);

/// <summary>The page on which an objective is written and changed. What is said of it comes from the service, while one types.</summary>
public static class ObjectiveEndpoint
{
    private const string Sample = "checkout-availability.yaml";
    private const string Strict = "strict";
    private const string Lenient = "lenient";

    // What is there already is changed on its own page, where one sees what it says.
    private const string Taken =
        "There is an objective of this name already. Give this one another name, or change that one on its page.";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/objectives", () => TypedResults.LocalRedirect("/budgets"));
        pages.MapGet("/objectives/new", New);
        pages.MapGet("/objectives/{name}", Page);
        pages.MapPost("/fragments/objectives/check", Fragment);
        pages.MapPost("/objectives/{name}/check", Check);
        pages.MapPost("/objectives/{name}/save", Save);
        ObjectiveActs.Map(pages);
        // Who reloads the answer of a form comes back to the page.
        pages.MapGet("/objectives/{name}/{what}", (string name) => TypedResults.LocalRedirect(Path(name)));
    }

    private static async Task<IResult> New(Apis apis, CancellationToken stop) =>
        Html.Of<ObjectivePage>(await Read(apis, null, Samples.Read(Sample), stop));

    private static async Task<IResult> Page(string name, Apis apis, CancellationToken stop) =>
        Html.Of<ObjectivePage>(await ReadKept(apis, name, stop));

    private static async Task<IResult> Fragment(IFormCollection fields, Apis apis, CancellationToken stop) =>
        Html.Of<ObjectivePreview>(await Read(apis, null, Text(fields), stop, Mode(fields)));

    private static async Task<IResult> Check(string name, IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var model = await Read(apis, Named(name), Text(fields), stop, Mode(fields));
        return Html.Of<ObjectivePage>(model with { Version = Seen(fields) });
    }

    private static async Task<IResult> Save(string name, IFormCollection fields, Apis apis, CancellationToken stop)
    {
        try
        {
            return TypedResults.LocalRedirect(await Apply(apis, Named(name), fields, stop));
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            return Html.Of<ObjectivePage>(await Refused(apis, Named(name), fields, problem, stop), problem.Status);
        }
    }

    /// <summary>Writes it on what was looked at, or anew; answers where it is seen.</summary>
    private static async Task<string> Apply(Apis apis, string? name, IFormCollection fields, CancellationToken stop)
    {
        if (name is not null)
            return BudgetPath((await apis.Budgets.Revise(name, Text(fields), Seen(fields), Mode(fields), stop)).Name);
        var applied = await apis.Budgets.ApplyNew(Text(fields), Mode(fields), stop);
        return applied.Items is [{ Objective.Name: var only }] ? BudgetPath(only) : "/budgets";
    }

    private static async Task<ObjectiveModel> Refused(
        Apis apis,
        string? name,
        IFormCollection fields,
        ProblemException problem,
        CancellationToken stop
    )
    {
        var text = Text(fields);
        var stale = problem.Status == StatusCodes.Status412PreconditionFailed;
        var model = await Read(apis, name, text, stop, Mode(fields));
        return model with
        {
            Version = stale ? model.Version : Seen(fields),
            Refusal = stale && name is null ? Taken : Refusals.Written(problem),
            Marks = MarkedLine.Of(text, [.. problem.Findings.Where(finding => finding.Line is not null)]),
            Stands = stale && name is not null ? await apis.Budgets.Export(name, stop: stop) : null,
        };
    }

    internal static async Task<ObjectiveModel> ReadKept(Apis apis, string name, CancellationToken stop) =>
        await Read(apis, name, await apis.Budgets.Export(name, stop: stop), stop);

    private static async Task<ObjectiveModel> Read(
        Apis apis,
        string? name,
        string text,
        CancellationToken stop,
        string mode = Strict
    )
    {
        var lint = Answer.Of(apis.Budgets.Lint(text, mode: mode, stop: stop));
        var life = name is null ? null : await ReadLife(apis, name, stop);
        return new ObjectiveModel(name, text, await lint, apis.May("budgets:write"), Life: life)
        {
            Version = life?.View.Version,
            Lenient = mode == Lenient,
        };
    }

    private static async Task<ObjectiveLife> ReadLife(Apis apis, string name, CancellationToken stop)
    {
        var revisions = Answer.Of(apis.Budgets.Revisions(name, stop));
        var budget = Answer.Of(apis.Budgets.Budget(name, stop));
        var view = await apis.Budgets.Objective(name, stop);
        var service = Answer.Of(apis.Gates.Service(view.Service, stop));
        var source = ReadSource(apis, view.Sli, stop);
        return new ObjectiveLife(view, await revisions, await budget, await service, await source);
    }

    // Where none was ever set there is nothing, and that is no trouble.
    private static async Task<Answer<SourceView>> ReadSource(Apis apis, string sli, CancellationToken stop)
    {
        try
        {
            return new Answer<SourceView>(await Then.Known(apis.Budgets.Source(sli, stop)), null);
        }
        catch (ProblemException problem)
        {
            return new Answer<SourceView>(null, Refusals.Sentence(problem));
        }
    }

    private static string Mode(IFormCollection fields) =>
        FilledEndpoint.Of("text", fields).Given("lenient") is null ? Strict : Lenient;

    private static long? Seen(IFormCollection fields) => FilledEndpoint.Of("text", fields).Number("version");

    private static string BudgetPath(string name) => $"/budgets/{Uri.EscapeDataString(name)}";

    private static string Text(IFormCollection fields) => FilledEndpoint.Of("text", fields).Document;

    private static string? Named(string name) => name == "new" ? null : name;

    public static string Path(string name) => $"/objectives/{Uri.EscapeDataString(name)}";
}
