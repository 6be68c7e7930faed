using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class DesignFormTests
{
    private static readonly ExperimentDesign Design = Experiments.Designs.Design with
    {
        Abort = [new AbortCriterion(0.8m, 5), new AbortCriterion(0.125m, 30)],
        Alarms =
        [
            new Alarm(
                "login",
                AlarmKind.Blocking,
                new HttpProbe("http://127.0.0.1:8070/login", "GET", 1000, 200),
                new Tolerance(200, 500, 0.9m)
            ),
        ],
        Budget = new BudgetReserve(0.05m),
        Ladder = new Ladder([new Rung(FaultKind.Latency, 100), new Rung(FaultKind.Failure, 20)], 8, 2),
    };

    [Fact]
    public void A_design_comes_back_from_its_form_as_it_was_also_what_the_form_has_no_field_for()
    {
        var form = new Filled("save", DesignForm.Of(Design));
        var back = DesignForm.Document(form, Design).Deserialize<ExperimentDesign>(Json.Options);
        Assert.Equal(Text(Design), Text(back));
    }

    [Fact]
    public void What_is_no_number_is_left_for_the_service_to_refuse_at_its_place()
    {
        var fields = new Dictionary<string, string>(DesignForm.Of(Design))
        {
            ["hold"] = "soon",
            ["good"] = "most",
            ["rungs"] = "50, lots",
        };
        var document = DesignForm.Document(new Filled("save", fields), null);
        Assert.Equal(0, (int)document["ladder"]!["holdSeconds"]!);
        Assert.Equal(-1, (decimal)document["steadyState"]!["tolerance"]!["minimumGood"]!);
        Assert.Equal(0, (int)document["ladder"]!["rungs"]![1]!["magnitude"]!);
    }

    [Fact]
    public void Each_place_of_a_design_is_typed_into_a_field_of_the_form()
    {
        Assert.Equal("rungs", DesignForm.Field("ladder.rungs[3].magnitude"));
        Assert.Equal("for-1", DesignForm.Field("abort[1].forSeconds"));
        Assert.Equal("services", DesignForm.Field("blastRadius.services[0]"));
        Assert.Equal("never", DesignForm.Field("blastRadius.neverTouch"));
        Assert.Equal("owners", DesignForm.Field("owners"));
        Assert.Null(DesignForm.Field("alarms[0].probe.url"));
        Assert.Null(DesignForm.Field("$"));
    }

    [Fact]
    public void An_empty_line_ends_nothing()
    {
        var fields = new Dictionary<string, string>(DesignForm.Empty)
        {
            ["above-0"] = "",
            ["above-1"] = "",
            ["for-1"] = "",
        };
        Assert.Empty(DesignForm.Document(new Filled("save", fields), null)["abort"]!.AsArray());
    }

    private static string Text(ExperimentDesign? design) => JsonSerializer.Serialize(design, Json.Options);
}
