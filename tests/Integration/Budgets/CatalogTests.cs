using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>What the catalog of Incidents says of services is known to Budgets: two services, one broker.</summary>
public sealed class CatalogTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_objective_of_an_unknown_service_gets_a_hint_and_a_team_counts_what_it_owns()
    {
        // Who has no catalog is not told that nothing is in it.
        await budgets.Define("lonely");
        Assert.Null((await Objective("lonely")).Hints);
        await using var incidents = await Harness.Start(
            typeof(Steady.Incidents.IncidentsSchema).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:incidents"] = await Servers.NewDatabase("catalog"),
                ["ConnectionStrings:bus"] = budgets.Bus,
            }
        );
        var entry = new SetCatalogEntry(Owner: "shop-team");
        (
            await incidents.Admin.PutAsJsonAsync("/v1/catalog/component/owned", entry, Json.Options, Stop)
        ).EnsureSuccessStatusCode();
        var hinted = await Eventually.Answers(() => Objective("lonely"), one => one.Hints is not null);
        Assert.StartsWith(
            "The catalog knows no service 'lonely'",
            Assert.Single(hinted.Hints!),
            StringComparison.Ordinal
        );
        await budgets.Define("owned");
        var owned = await Objective("owned");
        Assert.Null(owned.Hints);
        Assert.Equal("shop-team", owned.Owner);
        Assert.Equal("shop-team", (await budgets.Get<ServiceView>("/v1/services/owned")).Team);

        // The team names no service of its own: what it owns, the catalog says.
        var staff = new StaffTeam(3, 40, "shop-dev", []);
        var staffed = await budgets.Ana.PutAsJsonAsync("/v1/toil/teams/shop-team", staff, Json.Options, Stop);
        Assert.True(staffed.IsSuccessStatusCode, await staffed.Content.ReadAsStringAsync(Stop));
        var start = Steady.Budgets.Toil.Recording.ToTheMinute(budgets.Now.AddHours(-1));
        await budgets.Publish(
            new IncidentResolved(
                Guid.CreateVersion7(start),
                "owned",
                "Nobody can pay",
                "A bad release",
                start,
                "ana",
                start.AddMinutes(30),
                [new("ana", start, start.AddMinutes(30))]
            ),
            Guid.CreateVersion7(budgets.Now)
        );
        var report = await Eventually.Answers(
            () => budgets.Get<ToilReport>("/v1/toil/teams/shop-team"),
            one => one.SpentMinutes > 0
        );
        Assert.Equal(30, report.SpentMinutes);

        (await incidents.Admin.DeleteAsync("/v1/catalog/component/owned", Stop)).EnsureSuccessStatusCode();
        await Eventually.Holds(
            async () => (await budgets.Get<ServiceView>("/v1/services/owned")).Team is null,
            "It is nobody's any more"
        );
    }

    private Task<ObjectiveView> Objective(string name) => budgets.Get<ObjectiveView>($"/v1/objectives/{name}");
}
