using Steady.Contracts.Incidents;
using Steady.Incidents.Intake;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;
using Heard = Steady.Incidents.Intake;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>Which alerts make one incident.</summary>
public sealed class GroupingTests
{
    private static readonly AlertGroupingRule ByRegion = new(["region"], Services: ["pay"]);
    private static readonly AlertGroupingRule Nightly = new(["job", "env"], ["team=\"batch\""], WindowMinutes: 120);

    [Fact]
    public void The_first_rule_that_is_for_an_alert_decides_and_without_one_its_service_does()
    {
        var grouping = Grouping.Of([ByRegion, Nightly]);
        Assert.Equal(new Lot("region=\"eu\"", null), grouping.Of("pay", Labels(("region", "eu"), ("team", "batch"))));
        Assert.Equal(new Lot("region=\"\"", null), grouping.Of("pay", Labels()));
        Assert.Equal(
            new Lot("env=\"\", job=\"sum\"", 120),
            grouping.Of("search", Labels(("job", "sum"), ("team", "batch")))
        );
        Assert.Equal(Lot.Service, grouping.Of("search", Labels(("region", "eu"))));
        Assert.Equal(Lot.Service, Grouping.Of([new AlertGroupingRule([])]).Of("pay", Labels(("region", "eu"))));
    }

    [Fact]
    public void A_rule_that_cannot_be_read_or_hides_those_behind_it_is_said_by_its_place()
    {
        var wrong = Grouping.Check([new([]), new([" "], ["team"]), ByRegion]).Select(one => one.Field);
        Assert.Equal(["rules[0]", "rules[1].matchers[0]", "rules[1].by[0]"], wrong);
        Assert.Empty(Grouping.Check([ByRegion, Nightly, new([])]));
    }

    // At 0 eu and us, at 5 min eu again; eu is over at 6 min, and comes back at 10.
    [Fact]
    public void What_rules_would_have_made_is_counted_as_they_came()
    {
        Heard.Alert[] came =
        [
            Of("Slow", "eu", 0, over: 6),
            Of("Slow", "us", 0),
            Of("Down", "eu", 5, over: 6),
            Of("Slow", "eu", 10),
        ];
        var made = Grouping.Of([ByRegion]).Play(came);
        Assert.Equal(
            [("region=\"eu\"", 2), ("region=\"us\"", 1), ("region=\"eu\"", 1)],
            made.Select(one => (one.GroupedBy!, one.Alerts))
        );
        Assert.Equal(["Down", "Slow"], made[0].Names);
        Assert.Single(Grouping.Of([]).Play(came));
        var window = Grouping.Of([new AlertGroupingRule([], WindowMinutes: 4)]).Play(came);
        Assert.Equal([2, 1, 1], window.Select(one => one.Alerts));
    }

    [Fact]
    public void Alerts_of_two_groups_are_two_pieces_of_news()
    {
        var (eu, us) = (Of("Slow", "eu", 0).Fired, Of("Slow", "us", 0).Fired);
        var told = Hearing.Told(
            [
                eu with
                {
                    GroupedBy = "region=\"eu\"",
                },
                us with
                {
                    GroupedBy = "region=\"us\"",
                },
                us with
                {
                    GroupedBy = "region=\"us\"",
                },
            ],
            new HashSet<(string, string)>()
        );
        Assert.Equal([true, true, false], told.Select(one => one.IsNews));
    }

    private static Heard.Alert Of(string name, string region, int minute, int? over = null) =>
        Heard.Alert.Create(
            new Heard.AlertFired(
                "prod",
                $"{name} {region} {minute}",
                name,
                "pay",
                Severity.Sev2,
                name,
                Labels(("region", region)),
                Labels(),
                null,
                Noon.AddMinutes(minute),
                over is { } end ? Noon.AddMinutes(end) : null,
                Noon.AddMinutes(minute)
            )
        );

    private static Dictionary<string, string> Labels(params (string Name, string Value)[] labels) =>
        labels.ToDictionary(one => one.Name, one => one.Value);
}
