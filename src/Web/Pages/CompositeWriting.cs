using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>The page on which a composite is written and changed, as the document that the service takes.</summary>
public static class CompositeWriting
{
    private const int MostNames = 500;

    private const string Beginning = """
        {
          "displayName": "People can buy",
          "service": "shop",
          "target": 0.998,
          "window": "28d",
          "graph": {
            "kind": "serial",
            "parts": [
              { "kind": "objective", "objective": "checkout-availability" },
              {
                "kind": "parallel",
                "parts": [
                  { "kind": "objective", "objective": "cards" },
                  { "kind": "objective", "objective": "invoices" }
                ]
              }
            ]
          }
        }
        """;

    // Names of people stay as they are written; the page encodes them.
    private static readonly JsonSerializerOptions Written = new(Json.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/composites/new", New);
        pages.MapGet("/composites/{name}/write", Write);
        pages.MapPost("/composites/{name}/save", Save);
        // Who reloads the answer of a form comes back to the page.
        pages.MapGet("/composites/new/save", () => TypedResults.LocalRedirect("/composites/new"));
        pages.MapGet(
            "/composites/{name}/{what}",
            (string name) => TypedResults.LocalRedirect(CompositeEndpoint.Path(name))
        );
    }

    private static async Task<IResult> New(Apis apis, CancellationToken stop) =>
        Html.Of<CompositeWritePage>(await Read(apis, null, Beginning, null, stop));

    private static async Task<IResult> Write(string name, Apis apis, CancellationToken stop)
    {
        var composite = await apis.Budgets.Composite(name, stop: stop);
        return Html.Of<CompositeWritePage>(await Read(apis, name, Document(composite), composite.Version, stop));
    }

    private static async Task<IResult> Save(string name, IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var form = FilledEndpoint.Of("save", fields);
        var (known, text) = (name == "new" ? null : name, form.Text("text"));
        var wanted = known ?? form.Given("name");
        if (wanted is null)
            return await Refuse("Give it a name.", StatusCodes.Status400BadRequest);
        try
        {
            await apis.Budgets.ApplyComposite(wanted, text, known is null ? 0 : form.Number("version"), stop);
            return TypedResults.LocalRedirect(CompositeEndpoint.Path(wanted));
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            // What is there already is changed on its own page, where one sees what it says.
            var sentence =
                known is null && problem.Status == StatusCodes.Status412PreconditionFailed
                    ? $"There is a composite {wanted} already. Choose another name, or change that one on its page."
                    : Refusals.Written(problem);
            return await Refuse(sentence, problem.Status, problem.Findings);
        }

        async Task<IResult> Refuse(string sentence, int status, IReadOnlyList<Client.Finding>? findings = null)
        {
            var now =
                known is not null && status == StatusCodes.Status412PreconditionFailed
                    ? await Then.Known(apis.Budgets.Composite(known, stop: stop))
                    : null;
            var model = await Read(apis, known, text, now?.Version ?? form.Number("version"), stop);
            return Html.Of<CompositeWritePage>(
                model with
                {
                    Given = form.Given("name"),
                    Refusal = sentence,
                    Findings = findings,
                    Stands = now is null ? null : Document(now),
                },
                status
            );
        }
    }

    private static async Task<CompositeWriteModel> Read(
        Apis apis,
        string? name,
        string text,
        long? version,
        CancellationToken stop
    )
    {
        var objectives = await Answer.Of(apis.Budgets.Objectives(MostNames, stop: stop));
        IReadOnlyList<string> names =
        [
            .. (objectives.Value?.Items ?? []).Where(one => one.RetiredAt is null).Select(one => one.Name),
        ];
        return new CompositeWriteModel(name, text, version, names, apis.May("budgets:write"));
    }

    // What would define it as it is.
    private static string Document(CompositeStatus composite) =>
        JsonSerializer.Serialize(
            new DefineComposite(
                composite.DisplayName,
                composite.Service,
                composite.Target,
                composite.Window,
                Part(composite.Graph),
                composite.Method,
                composite.SliceSeconds
            ),
            Written
        );

    private static CompositePart Part(CompositePartStatus part) =>
        new(part.Kind, part.Objective, part.Weight, part.Parts.Count == 0 ? null : [.. part.Parts.Select(Part)]);
}
