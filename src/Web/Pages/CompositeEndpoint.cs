using System.ComponentModel.DataAnnotations;
using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>One composite: how it stands, what it is made of, how it went.</summary>
public sealed record CompositeModel(
    CompositeStatus Composite,
    Answer<CompositeHistory> History,
    DateTimeOffset Now,
    bool MayWrite,
    string? Refusal = null,
    Filled? Filled = null,
    DateTimeOffset? At = null
)
{
    /// <summary>Which stretch of its history is drawn.</summary>
    public HistorySpan Stretch { get; init; } = new();

    public string Path => CompositeEndpoint.Path(Composite.Name);
}

/// <summary>A composite as it is written.</summary>
/// <param name="Name">The composite that is changed; null when a new one is written.</param>
/// <param name="Text">What stands in the field.</param>
/// <param name="Version">What it was written on; null for a new one.</param>
/// <param name="Objectives">The objectives that can be parts.</param>
/// <param name="Given">The name that somebody gave a new one.</param>
/// <param name="Findings">What is wrong with it, and where.</param>
/// <param name="Stands">How it stands by now, where somebody else was faster.</param>
public sealed record CompositeWriteModel(
    string? Name,
    string Text,
    long? Version,
    IReadOnlyList<string> Objectives,
    bool MayWrite,
    string? Given = null,
    string? Refusal = null,
    IReadOnlyList<Client.Finding>? Findings = null,
    string? Stands = null
);

public static class CompositeEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/composites", () => TypedResults.LocalRedirect("/budgets"));
        pages.MapGet("/composites/{name}", Page);
        pages.MapGet("/fragments/composites/{name}", Fragment);
        pages.MapPost("/composites/{name}/retire", Retire);
        CompositeWriting.Map(pages);
    }

    public static string Path(string name) => $"/composites/{Uri.EscapeDataString(name)}";

    private static async Task<IResult> Page(
        string name,
        HttpRequest request,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? at = null,
        [Range(0, 253402300799999)] long? moment = null
    )
    {
        var stretch = HistorySpanEndpoint.Of(request.Query);
        return Then.Chosen($"{Path(name)}{stretch.Query}", moment)
            ?? Html.Of<CompositePage>(await Read(apis, clock, name, stop, at, stretch));
    }

    private static async Task<IResult> Fragment(
        string name,
        HttpRequest request,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    ) => Html.Of<CompositePanel>(await Read(apis, clock, name, stop, null, HistorySpanEndpoint.Of(request.Query)));

    private static Task<IResult> Retire(
        string name,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of("retire", fields);
        return Refusals.Act(() => apis.Budgets.RetireComposite(name, stop), "/budgets", Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await Read(apis, clock, name, stop);
            return Html.Of<CompositePage>(model with { Refusal = sentence, Filled = form }, status);
        }
    }

    // The figures are those of the moment; the line is drawn whole, and what came later faintly.
    private static async Task<CompositeModel> Read(
        Apis apis,
        TimeProvider clock,
        string name,
        CancellationToken stop,
        DateTimeOffset? at = null,
        HistorySpan? stretch = null
    )
    {
        var drawn = stretch ?? new HistorySpan();
        var composite = await apis.Budgets.Composite(name, at, stop);
        var history = await Answer.Of(apis.Budgets.CompositeHistory(name, drawn.From, drawn.To, stop));
        var mayWrite = at is null && apis.May("budgets:write");
        return new CompositeModel(composite, history, clock.GetUtcNow(), mayWrite, At: at) { Stretch = drawn };
    }

    /// <summary>Its history as a budget's is drawn: what is left, and its alerts.</summary>
    public static BudgetHistory Drawn(CompositeStatus composite, CompositeHistory history) =>
        new(
            composite.Id,
            composite.Name,
            composite.Service,
            history.Target,
            history.Window,
            history.From,
            history.To,
            history.StepSeconds,
            [.. history.Points.Select(point => new HistoryPoint(point.At, 0, 0, 0, point.Remaining, 0, 0, null))],
            history.Marks
        );
}
