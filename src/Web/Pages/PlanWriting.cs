using System.Text.Json;
using System.Text.Json.Serialization;
using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.OpenSlo;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>The plan of a game day as the document that the service takes.</summary>
/// <param name="Name">The day that is changed; null when a new one is planned.</param>
/// <param name="Text">What stands in the field.</param>
/// <param name="Day">As it stands now; null for a new one.</param>
/// <param name="Version">The version that is changed.</param>
/// <param name="Seen">The plan of that version, to say what came in between.</param>
/// <param name="Designs">What could be run.</param>
/// <param name="Findings">What is wrong with it, and where.</param>
/// <param name="Changed">What somebody else has changed meanwhile.</param>
public sealed record PlanWriteModel(
    string? Name,
    string Text,
    GameDayView? Day,
    long Version,
    string Seen,
    IReadOnlyList<ExperimentView> Designs,
    bool MayDesign,
    string? Refusal = null,
    IReadOnlyList<Client.Finding>? Findings = null,
    IReadOnlyList<string>? Changed = null
)
{
    /// <summary>Once something was run the plan is history.</summary>
    public bool MayChange => MayDesign && Day is null or { Runs.Count: 0, State: not GameDayState.Concluded };

    public string Path => PlanWriting.Path(Name ?? PlanWriting.New);

    public string? Stands => Day is { } day && Changed is not null ? PlanWriting.Document(day.Plan) : null;
}

/// <summary>The page on which a plan is written as a document: its agenda with breaks, times and an order of its own.</summary>
public static class PlanWriting
{
    public const string New = "new";

    private const string At = "/gamedays/{name}/plan";
    private const string Sample = "slow-ledger-again.yaml";

    private static readonly JsonSerializerOptions Form = new(Json.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(At, Write);
        pages.MapPost(At, Plan);
    }

    public static string Path(string name) => $"/gamedays/{Uri.EscapeDataString(name)}/plan";

    /// <summary>A plan as people write it.</summary>
    public static string Document(GameDayPlan plan) => PlainDocument.Yaml(JsonSerializer.Serialize(plan, Form));

    public static string Taken(string name) =>
        $"There is a game day {name} already, and planning it anew would take its approval and votes. Choose another name, or change that one on its page.";

    /// <summary>
    /// Plans one of a name that is not taken: planning another's day anew would take its approval and votes. Pressed twice, or sent
    /// once more after no answer, it is planned once.
    /// </summary>
    internal static async Task<GameDayView> PlanNew(Apis apis, string text, string mediaType, CancellationToken stop)
    {
        try
        {
            return await apis.GameDays.PlanOn(0, text, mediaType, stop);
        }
        catch (ProblemException taken) when (taken.Status == StatusCodes.Status412PreconditionFailed)
        {
            if (
                Written.Name(text) is { } name
                && await Then.Known(apis.GameDays.Get(name, stop)) is { } day
                && Written.Says(text, day.Plan)
            )
                return day;
            throw;
        }
    }

    private static async Task<IResult> Write(string name, Apis apis, CancellationToken stop)
    {
        var day = name == New ? null : await apis.GameDays.Get(name, stop);
        var text = day is null ? Samples.Fresh(Sample) : Document(day.Plan);
        var seen = day is null ? "" : Seen(day.Plan);
        return Html.Of<PlanWritePage>(await Read(apis, day, text, day?.Version ?? 0, seen, stop));
    }

    private static async Task<IResult> Plan(string name, IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("plan", fields);
        if (Written.OtherName(name == New ? null : name, form.Document) is { } other)
            return await Refuse(
                apis,
                name,
                form,
                $"This page is about {name}, and the document says {other}. A game day keeps its name: plan {other} as a new one.",
                StatusCodes.Status400BadRequest,
                stop
            );
        try
        {
            var day =
                name == New
                    ? await PlanNew(apis, form.Document, "application/yaml", stop)
                    : await apis.GameDays.PlanOn(form.Number("version"), form.Document, stop: stop);
            return TypedResults.LocalRedirect($"/gamedays/{Uri.EscapeDataString(day.Plan.Name)}");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var sentence =
                name == New && problem.Status == StatusCodes.Status412PreconditionFailed
                    ? Taken(Written.Name(form.Document) ?? "of this name")
                    : Refusals.Written(problem);
            return await Refuse(apis, name, form, sentence, problem.Status, stop, problem.Findings);
        }
    }

    // Who was overtaken keeps what they wrote, reads what was changed, and goes on from there.
    private static async Task<IResult> Refuse(
        Apis apis,
        string name,
        Filled form,
        string sentence,
        int status,
        CancellationToken stop,
        IReadOnlyList<Client.Finding>? findings = null
    )
    {
        var day = name == New ? null : await apis.GameDays.Get(name, stop);
        var seen = form.Text("seen");
        var stale = day is not null && status == StatusCodes.Status412PreconditionFailed;
        var model = stale
            ? await Read(apis, day, form.Document, day!.Version, Seen(day.Plan), stop)
            : await Read(apis, day, form.Document, form.Number("version") ?? 0, seen, stop);
        return Html.Of<PlanWritePage>(
            model with
            {
                Refusal = sentence,
                Findings = findings,
                Changed = stale ? Meanwhile(seen, day!.Plan) : null,
            },
            status
        );
    }

    private static async Task<PlanWriteModel> Read(
        Apis apis,
        GameDayView? day,
        string text,
        long version,
        string seen,
        CancellationToken stop
    ) =>
        new(
            day?.Plan.Name,
            text,
            day,
            version,
            seen,
            (await Answer.Whole(after => apis.Experiments.List(500, after, stop))).Items,
            apis.May("experiments:design")
        );

    private static string Seen(GameDayPlan plan) => JsonSerializer.Serialize(plan, Json.Options);

    private static IReadOnlyList<string> Meanwhile(string seen, GameDayPlan now) =>
        Written.Read<GameDayPlan>(seen) is { } before ? PlanChanges.Between(before, now) : [];
}
