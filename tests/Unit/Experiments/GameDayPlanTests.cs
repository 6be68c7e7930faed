using Steady.Contracts.Experiments;
using Steady.Experiments.GameDays;
using Xunit;

namespace Steady.Tests.Unit.Experiments;

public sealed class GameDayPlanTests
{
    private const string Yaml = """
        name: december
        title: How slow may the ledger become?
        environment: staging
        window: { day: 2026-12-03, from: "14:00", until: "16:00", zone: Europe/Berlin }
        agenda:
          - { title: Briefing, minutes: 10 }
          - { title: A slow ledger, experiment: slow-ledger }
        roles:
          - { person: bo, role: commander }
          - { person: cleo, role: operator }
        """;

    [Fact]
    public void A_plan_reads_from_yaml()
    {
        var (plan, findings) = PlanDocument.Read(Yaml, yaml: true);
        Assert.Empty(findings);
        Assert.Equal(new TimeOnly(14, 0), plan!.Window.From);
        Assert.Equal(["bo", "cleo"], plan.Roles.Select(holder => holder.Person));
    }

    [Theory]
    [InlineData("person: bo, role: commander", "person: bo, role: observer", "roles")]
    [InlineData("person: cleo, role: operator", "person: cleo, role: scribe", "roles")]
    [InlineData("person: cleo, role: operator", "person: bo, role: commander", "roles")]
    [InlineData("person: cleo, role: operator", "person: cleo, role: king", "roles[1].role")]
    [InlineData("Europe/Berlin", "Middle/Earth", "window.zone")]
    [InlineData(", experiment: slow-ledger", "", "agenda")]
    [InlineData("title: Briefing", "title: Briefing, experiment: slow-ledger", "agenda[1].experiment")]
    [InlineData("name: december", "name: December!", "name")]
    [InlineData("environment: staging", "enviroment: staging", "enviroment")]
    [InlineData("2026-12-03, from: \"14:00\"", "2027-03-28, from: \"02:30\"", "window.from")]
    public void What_cannot_be_right_is_named_by_its_place(string right, string wrong, string place)
    {
        var (plan, findings) = PlanDocument.Read(Yaml.Replace(right, wrong, StringComparison.Ordinal), yaml: true);
        Assert.Null(plan);
        Assert.Contains(
            findings,
            finding => finding.Path.StartsWith(place, StringComparison.Ordinal) || finding.Path == "$"
        );
    }

    [Fact]
    public void The_agenda_names_experiments_of_its_environment()
    {
        var (plan, _) = PlanDocument.Read(Yaml, yaml: true);
        Assert.Empty(PlanRules.Against(plan!, _ => "staging"));
        Assert.Equal("agenda[1].experiment", PlanRules.Against(plan!, _ => null).Single().Path);
        Assert.Equal("agenda[1].experiment", PlanRules.Against(plan!, _ => "production").Single().Path);
    }

    [Theory]
    [InlineData("2026-12-03", "14:00", "16:00", "2026-12-03T13:00Z", "2026-12-03T15:00Z")]
    [InlineData("2026-07-03", "14:00", "16:00", "2026-07-03T12:00Z", "2026-07-03T14:00Z")]
    [InlineData("2026-12-03", "22:00", "02:00", "2026-12-03T21:00Z", "2026-12-04T01:00Z")]
    // 02:00 to 03:00 comes twice that night: the window is the longest that the words allow.
    [InlineData("2026-10-25", "02:15", "02:45", "2026-10-25T00:15Z", "2026-10-25T01:45Z")]
    public void A_window_is_on_the_wall_clock(string day, string from, string until, string opens, string closes)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var window = new GameDayWindow(
            DateOnly.Parse(day, culture),
            TimeOnly.Parse(from, culture),
            TimeOnly.Parse(until, culture),
            "Europe/Berlin"
        );
        Assert.Equal(
            (DateTimeOffset.Parse(opens, culture), DateTimeOffset.Parse(closes, culture)),
            WindowTimes.Of(window)
        );
    }
}
