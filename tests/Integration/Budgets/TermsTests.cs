using System.Net;
using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Steady.Budgets.Burn;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Slices, calendar windows and composites, from a document and counts to what is said.</summary>
public sealed class TermsTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_objective_by_slices_is_judged_by_slices()
    {
        await Apply(
            "sliced",
            "Timeslices",
            "duration: 1d\n      isRolling: true",
            "timeSliceTarget: 0.9\n      timeSliceWindow: 1m"
        );
        // Ten minutes: in one half fails, in another exactly a tenth, which is good.
        for (var minute = 3; minute < 13; minute++)
            await budgets.Count(
                "sliced",
                TimeSpan.FromMinutes(minute),
                minute switch
                {
                    5 => 50,
                    6 => 90,
                    _ => 100,
                },
                minute switch
                {
                    5 => 50,
                    6 => 10,
                    _ => 0,
                }
            );

        var status = await budgets.Budget("sliced");
        Assert.Equal((CountUnit.Slices, 9L, 1L), (status.Unit, status.Good, status.Bad));
        Assert.Equal(0.9m, status.Windows!.Single().Indicator);
        Assert.Equal(BudgetState.Exhausted, status.State);
    }

    [Fact]
    public async Task A_calendar_window_is_closed_with_its_figures_when_it_ends()
    {
        var start = budgets.Now.UtcDateTime.Date.AddDays(-1);
        var objective = await Apply(
            "daily",
            "Occurrences",
            $"duration: 1d\n      isRolling: false\n      calendar: {{ startTime: \"{start:yyyy-MM-dd} 00:00:00\", timeZone: UTC }}",
            ""
        );
        await budgets.Count("daily", TimeSpan.FromSeconds(20), 9_999, 1);
        var before = await budgets.Budget("daily");
        var window = before.Windows!.Single();
        Assert.Equal((9_999L, 1L), (window.SoFar.Good, window.SoFar.Bad));
        Assert.True(window.Projected!.Good >= window.SoFar.Good);
        Assert.Equal(TimeSpan.FromDays(1), window.Ends - window.Since);

        budgets.Clock.Advance(TimeSpan.FromDays(1));
        WindowRolledOf? rolled = null;
        await Eventually.Holds(
            async () =>
            {
                budgets.Clock.Advance(TimeSpan.FromSeconds(1));
                await using var session = budgets.Service.Services.GetRequiredService<IDocumentStore>().QuerySession();
                rolled = (
                    await session.Events.FetchStreamAsync(Steady.Budgets.Burn.Budget.IdOf(objective), token: Stop)
                )
                    .Select(stored => stored.Data)
                    .OfType<Steady.Budgets.Burn.WindowRolled>()
                    .Where(e => e.Whole.Total > 0)
                    .Select(e => new WindowRolledOf(e.Window, e.From, e.Whole))
                    .FirstOrDefault();
                return rolled is not null;
            },
            "Closing the day"
        );
        Assert.Equal(new("1d", window.Since, new Tally(9_999, 1)), rolled);
    }

    [Fact]
    public async Task A_composite_has_the_history_of_its_parts_and_says_what_it_stands_on()
    {
        await budgets.Define("pay", target: "0.99");
        await budgets.Define("ship", target: "0.95");
        await budgets.Count("pay", TimeSpan.FromSeconds(20), 990, 10);
        await budgets.Count("ship", TimeSpan.FromSeconds(20), 95, 5);
        var buying = new DefineComposite(
            "People can buy",
            "shop",
            0.95m,
            "28d",
            new(
                CompositeKind.Serial,
                Parts: [new(CompositeKind.Objective, "pay"), new(CompositeKind.Objective, "ship")]
            )
        );
        var answer = await budgets.Ana.PutAsJsonAsync("/v1/composites/buying", buying, Json.Options, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var status = (await answer.Content.ReadFromJsonAsync<CompositeStatus>(Json.Options, Stop))!;
        Assert.Equal((0.9405m, 0.9405m, false), (status.Availability, status.Ceiling.Ceiling, status.Ceiling.Feasible));
        Assert.Equal(status.Availability, (await budgets.Get<CompositeStatus>("/v1/composites/buying")).Availability);
        var past = Uri.EscapeDataString($"{budgets.Now.AddMinutes(-5):O}");
        Assert.Null((await budgets.Get<CompositeStatus>($"/v1/composites/buying?at={past}")).Availability);

        var wrong = buying with { Graph = new(CompositeKind.Objective, "nobody") };
        var refused = await budgets.Ana.PutAsJsonAsync("/v1/composites/other", wrong, Json.Options, Stop);
        Assert.Equal("composite-invalid", await BudgetsService.CodeOf(refused));

        await budgets.Ana.PutAsJsonAsync(
            "/v1/objectives/pay/dependencies",
            new DeclareDependencies(["ship"]),
            Json.Options,
            Stop
        );
        var pay = await budgets.Budget("pay");
        Assert.Equal((0.95m, false), (pay.Ceiling!.Ceiling, pay.Ceiling.Feasible));
    }

    private async Task<Guid> Apply(string name, string method, string window, string objective)
    {
        var document = $"""
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: {name}
            spec:
              service: {name}
              indicatorRef: {name}-requests
              timeWindow:
                - WINDOW
              budgetingMethod: {method}
              objectives:
                - target: 0.99
                  OBJECTIVE
            """;
        var text = document
            .Replace("WINDOW", window, StringComparison.Ordinal)
            .Replace("OBJECTIVE", objective, StringComparison.Ordinal);
        var answer = await budgets.Ana.PostAsync("/v1/objectives", BudgetsService.Yaml(text), Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<ObjectiveView>(Json.Options, Stop))!.Id;
    }

    private sealed record WindowRolledOf(string Window, DateTimeOffset From, Tally Whole);
}
