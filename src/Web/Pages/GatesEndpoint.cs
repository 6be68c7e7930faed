using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What gates decide by, and what they said lately.</summary>
/// <param name="Services">The services whose gates can be asked after.</param>
/// <param name="Service">The one whose answers are shown; null for the newest of the first ones.</param>
/// <param name="After">Where the list of its answers begins; null for the newest.</param>
/// <param name="Next">Where older ones begin; null where there are none.</param>
/// <param name="Answered">What the gate has just said to who asked here.</param>
public sealed record GatesModel(
    Answer<Page<GatePolicyView>> Policies,
    IReadOnlyList<string> Services,
    string? Service,
    IReadOnlyList<GateDecision> Said,
    DateTimeOffset Now,
    bool MayWrite,
    bool MayAsk,
    string? After = null,
    string? Next = null,
    GateDecision? Answered = null,
    string? Refusal = null,
    Filled? Filled = null
)
{
    /// <summary>The page as it is looked at.</summary>
    public string Query => GatesEndpoint.Query(Service, After);
}

public static class GatesEndpoint
{
    // A gate is asked after by itself; more than these are chosen by name.
    public const int MostServices = 20;
    public const int MostAnswers = 15;
    private const int MostOfOne = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/gates", Page);
        pages.MapGet("/fragments/gates", Fragment);
        pages.MapPost("/gates/ask", Ask);
        // Who reloads the answer comes back to the page.
        pages.MapGet("/gates/ask", () => TypedResults.LocalRedirect("/gates"));
        DecisionEndpoint.Map(pages);
        PolicyEndpoint.Map(pages);
    }

    public static string Query(string? service, string? after) =>
        AddressQuery.Of(("service", service), ("after", service is null ? null : after));

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? service = null,
        string? after = null
    ) => Html.Of<GatesPage>(await Read(apis, clock, service, after, stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? service = null,
        string? after = null
    ) => Html.Of<GatesPanel>(await Read(apis, clock, service, after, stop));

    private static async Task<IResult> Ask(
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of("ask", fields);
        if (Wrong(form) is { } wrong)
            return await Show(null, wrong, StatusCodes.Status400BadRequest);
        try
        {
            var ask = new AskGate(
                form.One<GateAction>("action") ?? GateAction.Deploy,
                form.Text("ref"),
                form.Text("environment"),
                form.Share("spend"),
                form.Given("change")
            );
            var answer = await apis.Budgets.Ask(form.Text("service"), ask, stop: stop);
            return await Show(answer.Data, null, StatusCodes.Status200OK);
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            return await Show(null, Refusals.Sentence(problem), problem.Status);
        }

        async Task<IResult> Show(GateDecision? answer, string? refusal, int status)
        {
            var model = await Read(apis, clock, answer?.Service, null, stop);
            return Html.Of<GatesPage>(
                model with
                {
                    Answered = answer,
                    Refusal = refusal,
                    Filled = refusal is null ? null : form,
                },
                status
            );
        }
    }

    // What a browser's own check lets through.
    private static string? Wrong(Filled form) =>
        form.Given("service") is null ? "Name the service."
        : form.Given("spend") is not null && form.Share("spend") is null
            ? "What it may spend is no number. Write it in per cent, for example 5, or leave it empty."
        : null;

    private static async Task<GatesModel> Read(
        Apis apis,
        TimeProvider clock,
        string? service,
        string? after,
        CancellationToken stop
    )
    {
        var wanted = string.IsNullOrWhiteSpace(service) ? null : service.Trim();
        var policies = Answer.Of(Answer.Whole(next => apis.Gates.Policies(500, next, stop)));
        var budgets = await Answer.Of(Answer.Whole(next => apis.Budgets.Budgets(500, next, stop)));
        IReadOnlyList<string> services =
        [
            .. (budgets.Value?.Items ?? []).Select(one => one.Service).Distinct().Order(StringComparer.Ordinal),
        ];
        var (said, older) = wanted is null
            ? (await Newest(apis, services.Take(MostServices), stop), null)
            : await Of(apis, wanted, after, stop);
        return new GatesModel(
            await policies,
            services,
            wanted,
            said,
            clock.GetUtcNow(),
            apis.May("budgets:write"),
            apis.May("gate:ask"),
            wanted is null ? null : after,
            older
        );
    }

    private static async Task<IReadOnlyList<GateDecision>> Newest(
        Apis apis,
        IEnumerable<string> services,
        CancellationToken stop
    )
    {
        var said = await Task.WhenAll(
            services.Select(one => Answer.Of(apis.Budgets.Decisions(one, MostAnswers, stop: stop)))
        );
        return
        [
            .. said.SelectMany(one => one.Value?.Items ?? [])
                .OrderByDescending(decision => decision.At)
                .Take(MostAnswers),
        ];
    }

    private static async Task<(IReadOnlyList<GateDecision> Said, string? Older)> Of(
        Apis apis,
        string service,
        string? after,
        CancellationToken stop
    )
    {
        var said = await Answer.Of(apis.Budgets.Decisions(service, MostOfOne, after, stop));
        return (said.Value?.Items ?? [], said.Value?.Next);
    }
}
