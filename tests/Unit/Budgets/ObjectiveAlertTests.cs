using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

/// <summary>Alert policies that stand beside their SLO.</summary>
public sealed partial class ObjectiveDraftTests
{
    private const string Policies = """

        ---
        apiVersion: openslo/v1
        kind: AlertPolicy
        metadata: { name: fast }
        spec:
          alertWhenBreaching: true
          conditions: [{ conditionRef: outage }]
          notificationTargets: [{ targetRef: pager }]
        ---
        apiVersion: openslo/v1
        kind: AlertCondition
        metadata: { name: outage }
        spec:
          severity: page
          condition: { kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m }
        """;

    [Fact]
    public void Alert_policies_of_the_same_text_become_burn_rules()
    {
        var named = Change("budgetingMethod:", "alertPolicies: [{ alertPolicyRef: fast }]\n  budgetingMethod:");
        Assert.Equal([new BurnRule(BurnSeverity.Page, "1h", "5m", 14.4m)], One(named + Policies).Terms.Rules);
        var twelfth = (named + Policies).Replace(", alertAfter: 5m", "", StringComparison.Ordinal);
        Assert.Equal([new BurnRule(BurnSeverity.Page, "1h", "5m", 14.4m)], One(twelfth).Terms.Rules);
        Assert.Null(One(named).Terms.Rules);
    }

    [Fact]
    public void An_alert_that_no_burn_rate_can_be_is_refused()
    {
        var named =
            Change("budgetingMethod:", "alertPolicies: [{ alertPolicyRef: fast }]\n  budgetingMethod:") + Policies;
        var findings = Read(
            named
                .Replace("severity: page", "severity: loud", StringComparison.Ordinal)
                .Replace("op: gt", "op: lte", StringComparison.Ordinal)
                .Replace("threshold: 14.4", "threshold: 0", StringComparison.Ordinal)
        ).Findings;
        Assert.Equal(
            ["severity_unknown", "alert_not_computed", "alert_not_computed"],
            findings.Select(finding => finding.Rule)
        );
        Assert.All(
            findings,
            finding =>
                Assert.StartsWith(
                    "objects[0].spec.alertPolicies[0].spec.conditions[0].spec.",
                    finding.Path,
                    StringComparison.Ordinal
                )
        );
    }
}
