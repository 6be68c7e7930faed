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
                .. Asked.Share("target") is { } share
                    ? [$"--target {share.ToString(CultureInfo.InvariantCulture)}"]
                    : Array.Empty<string>(),
                .. Option("window", "--window"),
                .. Option("failures", "--min-failures"),
                .. Option("events", "--min-events"),
                .. Asked.Given("usual") is null ? Array.Empty<string>() : ["--usual-rules"],
                .. Moment("from"),
                .. Moment("to"),
                .. Asked.Given("more") is null ? Array.Empty<string>() : ["-f try.json"],
            ]
        );

    private IEnumerable<string> Moment(string field) =>
        Asked.Moment(field) is { } at ? [$"--{field} {Words.Iso(at)}"] : [];

    // An address is passed on by others: nothing of it that a shell would understand gets into a command that people copy.
    private IEnumerable<string> Option(string field, string option) =>
        Asked.Given(field) is { } given && given.All(char.IsAsciiLetterOrDigit) ? [$"{option} {given}"] : [];
}

/// <summary>A question changes nothing, so it stands in the address and can be passed on.</summary>
public static class WhatIfEndpoint
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/budgets/{name}/whatif", Page);

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
        asked.Given("target") is not null && asked.Share("target") is null
            ? "Target is no number. Write it in per cent, for example 99.95."
        : WrongMoment(asked, "from") || WrongMoment(asked, "to")
            ? "From and to are moments, in UTC. Leave them empty for the last 30 days."
        : More(asked).Wrong is { } wrong ? $"Other terms: {wrong}"
        : Wrong(asked, "failures") ? "Failures is no number. Say how many at least, or leave it empty."
        : Wrong(asked, "events") ? "Events is no number. Say how many at least, or leave it empty."
        : null;

    private static bool Wrong(Filled asked, string field) =>
        asked.Given(field) is not null && asked.Number(field) is not >= 0;

    private static bool WrongMoment(Filled asked, string field) =>
        asked.Given(field) is not null && asked.Moment(field) is null;

    // Terms that have no field of their own: the document that the API takes. What stands in a field comes first.
    private static (AskWhatIf? Document, string? Wrong) More(Filled asked) =>
        asked.Given("more") is null
            ? (new AskWhatIf(), null)
            : Written.Of<AskWhatIf>(asked.Text("more"), "Give method, slice, rules, windows or guard.");

    private static AskWhatIf Ask(Filled asked)
    {
        var more = More(asked).Document!;
        var (failures, events) = (asked.Number("failures"), asked.Number("events"));
        return more with
        {
            Target = asked.Share("target") ?? more.Target,
            Windows = asked.Given("window") is { } length ? [new WindowTerms(length)] : more.Windows,
            UsualRules = asked.Given("usual") is not null || more.UsualRules,
            Guard = failures is null && events is null ? more.Guard : new TrafficGuard(failures ?? 0, events ?? 0),
            From = asked.Moment("from") ?? more.From,
            To = asked.Moment("to") ?? more.To,
        };
    }
}
