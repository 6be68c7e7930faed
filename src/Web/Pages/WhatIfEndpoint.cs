using System.Globalization;
using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>Other terms over what was counted, beside today's.</summary>
/// <param name="Asked">What is to be tried, as it stands in the fields.</param>
/// <param name="Answer">What would have been; null before somebody asks, and when it was refused.</param>
public sealed record WhatIfModel(BudgetStatus Budget, Filled Asked, WhatIfAnswer? Answer, string? Refusal = null)
{
    public string Path => $"/budgets/{Uri.EscapeDataString(Budget.Objective)}";

    /// <summary>The command that asks the same.</summary>
    public string Command =>
        string.Join(
            ' ',
            [
                $"steady budget whatif {Budget.Objective}",
                .. WhatIfEndpoint.Share(Asked) is { } share
                    ? [$"--target {share.ToString(CultureInfo.InvariantCulture)}"]
                    : Array.Empty<string>(),
                .. Option("window", "--window"),
                .. Option("failures", "--min-failures"),
                .. Option("events", "--min-events"),
                .. Asked.Given("usual") is null ? Array.Empty<string>() : ["--usual-rules"],
            ]
        );

    // An address is passed on by others: nothing of it that a shell would understand gets into a command that people copy.
    private IEnumerable<string> Option(string field, string option) =>
        Asked.Given(field) is { } given && given.All(char.IsAsciiLetterOrDigit) ? [$"{option} {given}"] : [];
}

/// <summary>A question changes nothing, so it stands in the address and can be passed on.</summary>
public static class WhatIfEndpoint
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/budgets/{name}/whatif", Page);

    /// <summary>The target as a share: people write 99.95, the service 0.9995. Null where nothing was written.</summary>
    public static decimal? Share(Filled asked) =>
        decimal.TryParse(
            asked.Text("target").TrimEnd('%', ' '),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var percent
        )
            ? percent / 100
            : null;

    private static async Task<IResult> Page(string name, HttpRequest request, Apis apis, CancellationToken stop)
    {
        var asked = new Filled(
            "whatif",
            request.Query.ToDictionary(field => field.Key, field => field.Value.ToString())
        );
        var budget = await apis.Budgets.Budget(name, stop);
        if (asked.Fields.Count == 0)
            return Html.Of<WhatIfPage>(new WhatIfModel(budget, Today(budget), null));
        try
        {
            var answer = Wrong(asked) is null ? await apis.Budgets.WhatIf(name, Ask(asked), stop) : null;
            var status = answer is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
            return Html.Of<WhatIfPage>(new WhatIfModel(budget, asked, answer, Wrong(asked)), status);
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            return Html.Of<WhatIfPage>(
                new WhatIfModel(budget, asked, null, Refusals.Sentence(problem)),
                problem.Status
            );
        }
    }

    // The form begins with what holds today, so that one thing can be changed.
    private static Filled Today(BudgetStatus budget) =>
        new(
            "whatif",
            new Dictionary<string, string>
            {
                ["target"] = (budget.Target * 100).ToString("0.#######", CultureInfo.InvariantCulture),
            }
        );

    private static string? Wrong(Filled asked) =>
        asked.Given("target") is not null && Share(asked) is null
            ? "Target is no number. Write it in per cent, for example 99.95."
        : Wrong(asked, "failures") ? "Failures is no number. Say how many at least, or leave it empty."
        : Wrong(asked, "events") ? "Events is no number. Say how many at least, or leave it empty."
        : null;

    private static bool Wrong(Filled asked, string field) =>
        asked.Given(field) is not null && asked.Number(field) is not >= 0;

    private static AskWhatIf Ask(Filled asked) =>
        new(
            Share(asked),
            Windows: asked.Given("window") is { } length ? [new WindowTerms(length)] : null,
            UsualRules: asked.Given("usual") is not null,
            Guard: (asked.Number("failures"), asked.Number("events")) is var (failures, events)
            && (failures is not null || events is not null)
                ? new TrafficGuard(failures ?? 0, events ?? 0)
                : null
        );
}
