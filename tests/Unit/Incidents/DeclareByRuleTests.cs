using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;
using Stored = Steady.Incidents.Response.IncidentDeclared;

namespace Steady.Tests.Unit.Incidents;

public sealed class DeclareByRuleTests
{
    private const string Title = "checkout burns its error budget 14.4x too fast (1h/5m)";
    private static readonly Guid Other = Guid.Parse("01990000-0000-7000-8000-00000000000b");
    private static readonly BurnAlertOpened Page = new(
        Other,
        Other,
        "checkout-availability",
        "checkout",
        BurnSeverity.Page,
        "1h",
        "5m",
        14.4m,
        900,
        100,
        10,
        90,
        Now,
        Now.AddMinutes(-2)
    );

    [Fact]
    public void A_page_declares_an_incident_that_began_when_users_began_to_suffer() =>
        When(DeclaringFromAlert.Decide(Of(Page), null, 7, Now))
            .Then(
                new Stored(
                    7,
                    "checkout",
                    Severity.Sev2,
                    Title,
                    Other,
                    Now.AddMinutes(-2),
                    "rule:burn-alert",
                    Now,
                    DetectedAt: Now
                )
            );

    [Theory]
    [InlineData("14.4", Severity.Sev2)]
    [InlineData("20", Severity.Sev2)]
    [InlineData("6", Severity.Sev3)]
    public void How_fast_it_burns_says_how_bad_it_is(string factor, Severity severity)
    {
        var alert = Page with { Factor = decimal.Parse(factor, System.Globalization.CultureInfo.InvariantCulture) };
        var declared = Assert.IsType<Stored>(Assert.Single(DeclaringFromAlert.Decide(Of(alert), null, 7, Now)));
        Assert.Equal(severity, declared.Severity);
    }

    [Fact]
    public void An_alert_that_does_not_know_when_it_began_begins_an_incident_now()
    {
        var declared = DeclaringFromAlert.Decide(Of(Page with { FirstBadAt = null }), null, 7, Now.AddSeconds(3));
        Assert.Equal(Now, Assert.IsType<Stored>(Assert.Single(declared)).StartedAt);
    }

    [Fact]
    public void A_ticket_declares_nothing() =>
        Assert.Null(DeclaringFromAlert.CauseOf(Page with { Severity = BurnSeverity.Ticket }));

    [Fact]
    public void A_further_alert_joins_the_incident_that_is_open() =>
        Given<Incident>(Declared, Acknowledged)
            .When(Join(Page))
            .Then(new AlertAttached("checkout", Other, Title, "rule:burn-alert", Now));

    [Fact]
    public void The_same_alert_joins_once()
    {
        Given<Incident>(Declared).When(Join(Page with { AlertId = Alert })).ThenNothing();
        Given<Incident>(Declared, new AlertAttached("checkout", Other, Title, "rule:burn-alert", Noon))
            .When(Join(Page))
            .ThenNothing();
    }

    [Fact]
    public void An_alert_cannot_join_what_is_over() =>
        Given<Incident>(Declared, Resolved).When(Join(Page)).ThenRefused("incident-resolved");

    [Fact]
    public void A_fault_that_may_be_left_is_an_incident_on_the_first_service_of_its_blast_radius()
    {
        var report = new RevertUnconfirmed(
            Other,
            "slow",
            ["ledger"],
            "checkout->ledger",
            "No answer.",
            Noon,
            "bo",
            Now
        );
        var declared = new Stored(
            8,
            "ledger",
            Severity.Sev2,
            "A fault may still be in place on checkout->ledger",
            null,
            Noon,
            "rule:revert-unconfirmed",
            Now
        );
        When(DeclaringFromRevert.Decide(report, 8, Now)).Then(declared);
        When(DeclaringFromRevert.Decide(report with { Services = [] }, 8, Now))
            .Then(declared with { Service = "checkout->ledger" });
    }

    [Fact]
    public void The_same_alert_and_the_same_run_always_mean_the_same_incident()
    {
        Assert.Equal(DeclaringFromAlert.IncidentOf(Other), DeclaringFromAlert.IncidentOf(Other));
        Assert.NotEqual(DeclaringFromAlert.IncidentOf(Other), DeclaringFromAlert.IncidentOf(Alert));
        Assert.Equal(DeclaringFromRevert.IncidentOf(Other), DeclaringFromRevert.IncidentOf(Other));
    }

    private static Func<Incident, Decision> Join(BurnAlertOpened alert) =>
        incident => DeclaringFromAlert.Decide(Of(alert), incident, 0, Now);

    private static Cause Of(BurnAlertOpened alert) => DeclaringFromAlert.CauseOf(alert)!;
}
