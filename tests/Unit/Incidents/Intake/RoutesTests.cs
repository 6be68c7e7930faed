using Steady.Contracts.Incidents;
using Steady.Incidents.Intake;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>What becomes of an alert.</summary>
public sealed class RoutesTests
{
    [Theory]
    [InlineData("critical", Severity.Sev2)]
    [InlineData("page", Severity.Sev2)]
    [InlineData("warning", null)]
    [InlineData("info", null)]
    [InlineData("major", Severity.Sev3)]
    [InlineData("", Severity.Sev3)]
    public void A_Steady_begins_with_routes_that_wake_nobody_for_a_warning(string severity, Severity? declared)
    {
        var routes = Routes.Of(Routes.First.Routes, Routes.First.ServiceLabels);
        Assert.Equal(declared, routes.Of("prod", new Dictionary<string, string> { ["severity"] = severity }).Severity);
        Assert.Empty(Routes.Check(Routes.First));
    }

    [Fact]
    public void The_first_that_matches_decides_and_what_none_matches_is_recorded()
    {
        var routes = Routes.Of(
            [
                new(AlertAction.Record, Matchers: ["env=\"test\""]),
                new(AlertAction.Declare, Severity.Sev1, ["team=\"pay\"", "job!~\"batch.*\""], "payments"),
            ],
            ["service", "job"]
        );
        Assert.Equal(new Routed("payments", Severity.Sev1), Of("team=pay"));
        Assert.Equal(new Routed("batch-7", null), Of("team=pay", "job=batch-7"));
        Assert.Equal(new Routed("x", null), Of("team=pay", "env=test", "service=x", "job=y"));
        Assert.Equal(new Routed("prod", null), Of());

        Routed Of(params string[] labels) =>
            routes.Of("prod", labels.Select(one => one.Split('=')).ToDictionary(one => one[0], one => one[1]));
    }

    [Theory]
    [InlineData("a=\"b\"", "b", true)]
    [InlineData("a=\"b\"", "bb", false)]
    [InlineData(" a = b ", "b", true)]
    [InlineData("a!=\"b\"", "", true)]
    [InlineData("a=~\"b|c\"", "c", true)]
    [InlineData("a=~\"b|c\"", "cc", false)]
    [InlineData("a!~\"b.*\"", "bcd", false)]
    [InlineData("a=\"say \\\"x\\\"\\n\"", "say \"x\"\n", true)]
    [InlineData("a=~\"\"", "", true)]
    public void A_matcher_means_what_it_means_to_Alertmanager(string matcher, string value, bool holds) =>
        Assert.Equal(holds, Matcher.Read(matcher).Matcher!.Holds(new Dictionary<string, string> { ["a"] = value }));

    [Theory]
    [InlineData("severity")]
    [InlineData("=\"x\"")]
    [InlineData("a=\"x")]
    [InlineData("a=~\"(\"")]
    [InlineData("a=~\"(?=x)\"")]
    public void What_is_no_matcher_is_refused_with_a_reason(string text)
    {
        var (matcher, problem) = Matcher.Read(text);
        Assert.Null(matcher);
        Assert.Contains(text, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_is_refused_at_the_field_that_is_wrong()
    {
        var wrong = new SetAlertRoutes(
            [new(AlertAction.Declare), new(AlertAction.Record, Severity.Sev2, ["a=\"b\"", "c"])],
            ["service", " "],
            "Try"
        );
        Assert.Equal(
            ["routes[0].severity", "routes[1].severity", "routes[1].matchers[1]", "serviceLabels[1]"],
            Routes.Check(wrong).Select(one => one.Field)
        );
    }
}
