using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What gates decide by, and what they said lately.</summary>
/// <param name="Services">The services whose gates can be asked after.</param>
/// <param name="Service">The one whose answers are shown; null for all of the first ones.</param>
/// <param name="Answered">What the gate has just said to who asked here.</param>
public sealed record GatesModel(
    Answer<Page<GatePolicyView>> Policies,
    IReadOnlyList<string> Services,
    string? Service,
    IReadOnlyList<GateDecision> Said,
    DateTimeOffset Now,
    bool MayWrite,
    bool MayAsk,
    GateDecision? Answered = null,
    string? Refusal = null,
    Filled? Filled = null
);

public static class GatesEndpoint
{
    // A gate is asked after by itself; more than these are chosen by name.
    public const int MostServices = 20;
    private const int MostAnswers = 15;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/gates", Page);
        pages.MapGet("/fragments/gates", Fragment);
        pages.MapPost("/gates/ask", Ask);
        // Who reloads the answer comes back to the page.
        pages.MapGet("/gates/ask", () => TypedResults.LocalRedirect("/gates"));
        PolicyEndpoint.Map(pages);
    }

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? service = null
    ) => Html.Of<GatesPage>(await Read(apis, clock, service, stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? service = null
    ) => Html.Of<GatesPanel>(await Read(apis, clock, service, stop));

    private static async Task<IResult> Ask(
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of("ask", fields);
        if (form.Given("service") is not { } service)
            return await Show(null, "Name the service.", StatusCodes.Status400BadRequest);
        try
        {
            var ask = new AskGate(
                form.One<GateAction>("action") ?? GateAction.Deploy,
                form.Text("ref"),
                form.Text("environment"),
                null,
                form.Given("change")
            );
            return await Show((await apis.Budgets.Ask(service, ask, stop: stop)).Data, null, StatusCodes.Status200OK);
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            return await Show(null, Refusals.Sentence(problem), problem.Status);
        }

        async Task<IResult> Show(GateDecision? answer, string? refusal, int status)
        {
            var model = await Read(apis, clock, answer?.Service, stop);
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

    private static async Task<GatesModel> Read(Apis apis, TimeProvider clock, string? service, CancellationToken stop)
    {
        var policies = Answer.Of(apis.Gates.Policies(100, stop: stop));
        var budgets = await Answer.Of(apis.Budgets.Budgets(limit: 500, stop: stop));
        IReadOnlyList<string> services =
        [
            .. (budgets.Value?.Items ?? []).Select(one => one.Service).Distinct().Order(StringComparer.Ordinal),
        ];
        var wanted = service is null ? services.Take(MostServices) : [service];
        var said = await Task.WhenAll(
            wanted.Select(one => Answer.Of(apis.Budgets.Decisions(one, MostAnswers, stop: stop)))
        );
        return new GatesModel(
            await policies,
            services,
            service,
            [
                .. said.SelectMany(one => one.Value?.Items ?? [])
                    .OrderByDescending(decision => decision.At)
                    .Take(MostAnswers),
            ],
            clock.GetUtcNow(),
            apis.May("budgets:write"),
            apis.May("gate:ask")
        );
    }
}
