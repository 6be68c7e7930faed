using Steady.OpenSlo;
using Xunit;

namespace Steady.Tests.Unit.OpenSlo;

/// <summary>Further facts that the official SDK's own tests assert, in own words: kinds and versions that the suites leave thin.</summary>
public sealed class SdkRulesTests
{
    private const string V2Slo = """
        apiVersion: openslo.com/v2alpha
        kind: SLO
        metadata: { name: web, labels: { team: team-a }, annotations: { key: value } }
        spec:
          description: d
          serviceRef: web
          sli:
            metadata: { name: sli }
            spec:
              ratioMetric:
                counter: true
                good: { dataSourceRef: my-datadog, spec: { query: q } }
                total: { dataSourceRef: my-datadog, spec: { query: q } }
          timeWindow:
            - { duration: 1w, isRolling: true }
          budgetingMethod: Timeslices
          objectives:
            - { displayName: Good, target: 0.995, timeSliceTarget: 0.95, timeSliceWindow: 1m }
          alertPolicies:
            - { alertPolicyRef: policy-1 }
        """;

    private const string V1AlphaSlo = """
        apiVersion: openslo/v1alpha
        kind: SLO
        metadata: { name: web, displayName: Web }
        spec:
          description: d
          service: web
          timeWindows:
            - { unit: Week, count: 1, isRolling: true }
          budgetingMethod: Timeslices
          objectives:
            - displayName: Good
              target: 0.995
              timeSliceTarget: 0.95
              value: 1
              ratioMetrics:
                incremental: true
                good: { source: datadog, queryType: query, query: q }
                total: { source: datadog, queryType: query, query: q }
        """;

    private const string V2Condition = """
        apiVersion: openslo.com/v2alpha
        kind: AlertCondition
        metadata: { name: burn }
        spec:
          severity: page
          condition: { kind: burnrate, op: lte, threshold: 2, lookbackWindow: 1h, alertAfter: 5m }
        """;

    private const string V1Policy = """
        apiVersion: openslo/v1
        kind: AlertPolicy
        metadata: { name: low }
        spec:
          conditions:
            - kind: AlertCondition
              metadata: { name: burn }
              spec: { severity: page, condition: { kind: burnrate, op: gt, threshold: 2, lookbackWindow: 1h } }
          notificationTargets:
            - kind: AlertNotificationTarget
              metadata: { name: mail }
              spec: { target: email }
        """;

    public static TheoryData<string, string, string, string, string> Refused =>
        new()
        {
            { "v2", "serviceRef: web", "", "spec.serviceRef", "required" },
            { "v2", "duration: 1w", "duration: 1M", "spec.timeWindow[0].duration.unit", "one_of" },
            {
                "v2",
                "timeSliceWindow: 1m",
                "timeSliceWindow: ''",
                "spec.objectives[0].timeSliceWindow.unit",
                "required"
            },
            { "v2", "team: team-a", "team: nEt", "metadata.labels.team", "string_match_regexp" },
            { "v2", "team: team-a", "net_: a", "metadata.labels", "string_kubernetes_qualified_name" },
            { "v2", "key: value", "domain/: a", "metadata.annotations", "string_kubernetes_qualified_name" },
            {
                "v2",
                "good: { dataSourceRef: my-datadog,",
                "good: {",
                "spec.sli.spec.ratioMetric.good",
                "mutually_exclusive"
            },
            {
                "v2",
                "good: { dataSourceRef: my-datadog,",
                "good: { dataSourceRef: my datadog,",
                "spec.sli.spec.ratioMetric.good.dataSourceRef",
                "string_dns_label"
            },
            {
                "v2",
                "good: { dataSourceRef: my-datadog,",
                "good: { dataSourceSpec: { connectionDetails: {} },",
                "spec.sli.spec.ratioMetric.good.dataSourceSpec.type",
                "required"
            },
            {
                "v2",
                "good: { dataSourceRef: my-datadog,",
                "good: { dataSourceSpec: { type: x },",
                "spec.sli.spec.ratioMetric.good.dataSourceSpec.connectionDetails",
                "required"
            },
            { "v2", "target: 0.995,", "target: 0.995, op: gt,", "spec.objectives[0].op", "forbidden" },
            { "v2", "- { alertPolicyRef: policy-1 }", "- {}", "spec.alertPolicies[0]", "mutually_exclusive" },
            { "v2", "isRolling: true", "isRolling: false", "spec.timeWindow[0]", "calendar_missing" },
            { "v1alpha", "service: web", "", "spec.service", "required" },
            { "v1alpha", "count: 1,", "count: 0,", "spec.timeWindows[0].count", "greater_than" },
            { "v1alpha", "count: 1,", "", "spec.timeWindows[0].count", "greater_than" },
            { "v1alpha", "unit: Week", "unit: Fortnight", "spec.timeWindows[0].unit", "one_of" },
            { "v1alpha", "target: 0.995", "", "spec.objectives[0].target", "required" },
            { "v1alpha", "target: 0.995", "target: 1.0", "spec.objectives[0].target", "less_than" },
            { "v1alpha", "target: 0.995", "target: -0.1", "spec.objectives[0].target", "greater_than_or_equal_to" },
            { "v1alpha", "value: 1", "", "spec.objectives[0].value", "required" },
            {
                "v1alpha",
                "timeSliceTarget: 0.95",
                "timeSliceTarget: 1.1",
                "spec.objectives[0].timeSliceTarget",
                "less_than_or_equal_to"
            },
            { "v1alpha", "displayName: Good", "op: gt", "spec.objectives[0].op", "forbidden" },
            {
                "v1alpha",
                "good: { source: datadog, queryType: query, query: q }",
                "",
                "spec.objectives[0].ratioMetrics.good",
                "required"
            },
            {
                "v1alpha",
                "good: { source: datadog,",
                "good: { source: data dog,",
                "spec.objectives[0].ratioMetrics.good.source",
                "string_alpha"
            },
            {
                "v1alpha",
                "queryType: query, query: q }",
                "queryType: query, query: ' ' }",
                "spec.objectives[0].ratioMetrics.good.query",
                "string_not_empty"
            },
            {
                "v1alpha",
                "budgetingMethod: Timeslices",
                "budgetingMethod: RatioTimeslices",
                "spec.budgetingMethod",
                "one_of"
            },
            { "condition", ", alertAfter: 5m", "", "spec.condition.alertAfter", "required" },
            { "condition", "threshold: 2,", "", "spec.condition.threshold", "required" },
            {
                "condition",
                "lookbackWindow: 1h,",
                "lookbackWindow: 1M,",
                "spec.condition.lookbackWindow.unit",
                "one_of"
            },
            { "policy", "kind: AlertCondition", "kind: SLO", "spec.conditions[0].kind", "equal_to" },
            { "policy", "kind: AlertNotificationTarget", "kind: SLO", "spec.notificationTargets[0].kind", "equal_to" },
            { "policy", "spec: { target: email }", "spec: {}", "spec.notificationTargets[0].spec", "required" },
            {
                "policy",
                "metadata: { name: mail }",
                "metadata: {}",
                "spec.notificationTargets[0].metadata",
                "required"
            },
            {
                "policy",
                "metadata: { name: burn }",
                "metadata: { name: burn }\n      conditionRef: x",
                "spec.conditions[0]",
                "mutually_exclusive"
            },
        };

    [Theory]
    [InlineData("v2"), InlineData("v1alpha"), InlineData("condition"), InlineData("policy")]
    public void The_documents_that_are_changed_are_valid(string name) =>
        Assert.Equal([], OpenSloText.Read(Base(name)).Findings);

    [Theory, MemberData(nameof(Refused))]
    public void A_change_is_refused_at_its_place(string name, string right, string wrong, string path, string rule)
    {
        var text = Base(name);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, right);
        var report = OpenSloText.Read(text.Remove(at, right.Length).Insert(at, wrong));
        var finding = Assert.Single(report.Findings);
        Assert.Equal((path, rule), (finding.Path, finding.Rule));
        Assert.Equal(Verdict.Invalid, report.Verdict);
    }

    [Theory]
    [InlineData("0w", null)]
    [InlineData("10m", null)]
    [InlineData("1 w", null)]
    [InlineData("+3M", null)]
    [InlineData("-1m", "greater_than_or_equal_to")]
    [InlineData("1invalid", "one_of")]
    [InlineData("1.5h", "one_of")]
    [InlineData("''", "required")]
    [InlineData("invalid", "bad_duration")]
    [InlineData("7", "wrong_type")]
    [InlineData("'7'", "bad_duration")]
    [InlineData("99999999999999999999m", "bad_duration")]
    public void Durations_are_read_as_the_sdk_reads_them(string duration, string? rule)
    {
        const string window = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: web }
            spec:
              service: web
              indicatorRef: sli
              timeWindow: [{ isRolling: true, duration: DURATION }]
              budgetingMethod: Occurrences
              objectives: [{ target: 0.99 }]
            """;
        var report = OpenSloText.Read(window.Replace("DURATION", duration, StringComparison.Ordinal));
        Assert.Equal(rule, report.Findings.Select(finding => finding.Rule).SingleOrDefault());
    }

    [Theory]
    [InlineData("net", true)]
    [InlineData("net_this.that-this", true)]
    [InlineData("9net", true)]
    [InlineData("nEt", true)]
    [InlineData("net_", false)]
    [InlineData(".net", false)]
    [InlineData("openslo.com/service", false, true)]
    [InlineData("domain.this.org/service.foo", false, true)]
    [InlineData("openslo..this.com/service", false)]
    [InlineData("openslo_this.org/service", false)]
    [InlineData("-openslo.com/service", false)]
    [InlineData("openslo.com/", false)]
    public void Keys_are_those_of_the_sdk(string key, bool label, bool annotation = false)
    {
        foreach (var (place, fits) in new[] { ("labels", label), ("annotations", label || annotation) })
        {
            var text =
                $"apiVersion: openslo/v1\nkind: Service\nmetadata: {{ name: s, {place}: {{ \"{key}\": x }} }}\nspec: {{}}\n";
            Assert.Equal(fits ? Verdict.Valid : Verdict.Invalid, OpenSloText.Read(text).Verdict);
        }
    }

    [Theory]
    [InlineData("UTC", true)]
    [InlineData("America/New_York", true)]
    [InlineData("US/Eastern", true)]
    [InlineData("Etc/GMT+1", true)]
    [InlineData("Local", false)]
    [InlineData("", false)]
    [InlineData("europe/berlin", false)]
    [InlineData("W. Europe Standard Time", false)]
    [InlineData("../etc/passwd", false)]
    [InlineData("/Europe/Berlin", false)]
    public void Time_zones_are_those_of_iana(string name, bool known) => Assert.Equal(known, TimeZones.Knows(name));

    private static string Base(string name) =>
        name switch
        {
            "v2" => V2Slo,
            "v1alpha" => V1AlphaSlo,
            "condition" => V2Condition,
            _ => V1Policy,
        };
}
