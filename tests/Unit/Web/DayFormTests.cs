using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class DayFormTests
{
    [Fact]
    public void A_form_is_a_plan_with_a_briefing_before_and_time_to_look_back_after()
    {
        var form = new Filled(
            "new",
            new Dictionary<string, string>
            {
                ["name"] = "december",
                ["title"] = " How slow? ",
                ["environment"] = "staging",
                ["day"] = "2026-12-01",
                ["from"] = "10:00",
                ["until"] = "12:00",
                ["zone"] = "Europe/Berlin",
                ["commander"] = "ana",
                ["operator"] = "bo, cleo",
                ["observer"] = "",
            }
        );

        var plan = DayForm.Document(form, ["slow-ledger", "no-ledger"]).Deserialize<GameDayPlan>(Json.Options)!;

        Assert.Equal(("december", "How slow?", "staging"), (plan.Name, plan.Title, plan.Environment));
        Assert.Equal(
            new GameDayWindow(new DateOnly(2026, 12, 1), new TimeOnly(10, 0), new TimeOnly(12, 0), "Europe/Berlin"),
            plan.Window
        );
        Assert.Equal([null, "slow-ledger", "no-ledger", null], plan.Agenda.Select(item => item.Experiment));
        Assert.Equal(
            [
                new RoleHolder("ana", GameDayRole.Commander),
                new RoleHolder("bo", GameDayRole.Operator),
                new RoleHolder("cleo", GameDayRole.Operator),
            ],
            plan.Roles
        );
    }

    [Fact]
    public void What_is_empty_is_left_out_so_that_the_service_asks_for_it()
    {
        var window = DayForm.Document(new Filled("new", new Dictionary<string, string>()), [])["window"]!.AsObject();

        Assert.Empty(window);
    }
}
