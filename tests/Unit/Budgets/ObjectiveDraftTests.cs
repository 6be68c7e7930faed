using Steady.Budgets.Objectives;
using Steady.Contracts.Budgets;
using Steady.OpenSlo;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

/// <summary>What budgets are made of documents, and which valid documents no budget is made of.</summary>
public sealed partial class ObjectiveDraftTests
{
    private const string Good = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: checkout-availability
          displayName: Checkouts succeed
          labels: { team: [shop] }
          annotations: {}
        spec:
          description: 99.9 % of checkouts succeed
          service: checkout
          indicator:
            metadata:
              name: checkout-requests
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: { type: push, spec: { counter: good } } }
                total: { metricSource: { type: push, spec: { counter: total } } }
          timeWindow:
            - duration: 30d
              isRolling: true
          budgetingMethod: Occurrences
          objectives:
            - displayName: Good
              target: 0.999
        """;

    [Fact]
    public void A_document_becomes_a_draft()
    {
        var draft = One(Good);
        Assert.Equal(("checkout-availability", "Checkouts succeed"), (draft.Name, draft.DisplayName));
        Assert.Equal(("checkout", "checkout-requests"), (draft.Service, draft.Sli));
        Assert.Equal((0.999m, BudgetingMethod.Occurrences), (draft.Terms.Target, draft.Terms.Method));
        Assert.Equal([new WindowTerms("30d")], draft.Terms.Windows);
        Assert.Equal((null, null, new TrafficGuard()), (draft.Terms.Slice, draft.Terms.Rules, draft.Terms.Guard));
    }

    [Fact]
    public void What_is_kept_of_a_document_says_the_same_objective()
    {
        var texts = new[] { Good + Policies, Change("target: 0.999", "target: 0.999\n    - target: 0.9999") };
        foreach (var draft in texts.SelectMany(text => Read(text).Objectives))
        {
            var again = One(draft.Document);
            Assert.Equal(draft.Document, again.Document);
            Assert.Equal(Golden.Print(draft.Terms), Golden.Print(again.Terms));
            Assert.Equal((draft.Name, draft.DisplayName, draft.Sli), (again.Name, again.DisplayName, again.Sli));
        }
    }

    [Theory]
    [InlineData("target: 0.999", "targetPercent: 99.95", 0.9995)]
    [InlineData("target: 0.999", "target: 9.99e-1", 0.999)]
    [InlineData("target: 0.999", "target: 0.999999999", 0.999999999)]
    [InlineData("target: 0.999", "target: 0.99900000000000", 0.999)]
    public void A_target_is_kept_as_the_decimal_that_was_written(string right, string wrong, decimal target) =>
        Assert.Equal(target, One(Change(right, wrong)).Terms.Target);

    [Theory]
    [InlineData("Timeslices", "timeSliceTarget: 0.95\n      timeSliceWindow: 5m", 300, 0.95)]
    [InlineData("RatioTimeslices", "timeSliceWindow: 1h", 3600, null)]
    public void Slices_have_a_length_a_target_and_a_rule_for_no_data(
        string method,
        string slice,
        int seconds,
        double? target
    )
    {
        var text = Change("target: 0.999", $"target: 0.999\n      {slice}")
            .Replace("Occurrences", method, StringComparison.Ordinal);
        Assert.Equal(new TimeSlice(seconds, (decimal?)target, NoDataRule.Excluded), One(text).Terms.Slice);
        var bad = text.Replace("annotations: {}", "annotations: { steady.dev/no-data: bad }", StringComparison.Ordinal);
        Assert.Equal(NoDataRule.Bad, One(bad).Terms.Slice?.NoData);
    }

    [Fact]
    public void A_calendar_window_keeps_its_beginning_and_its_zone()
    {
        var calendar = "isRolling: false\n      calendar: { startTime: 2026-01-01 8:00:00, timeZone: Europe/Berlin }";
        var text = Change("isRolling: true", calendar).Replace("30d", "1Q", StringComparison.Ordinal);
        Assert.Equal(
            [new WindowTerms("1Q", new CalendarTerms("2026-01-01 08:00:00", "Europe/Berlin"))],
            One(text).Terms.Windows
        );
    }

    [Fact]
    public void Annotations_say_what_the_format_has_no_place_for()
    {
        const string annotations = """
            annotations:
                steady.dev/windows: 7d, 1M from 2026-01-01 00:00:00 Europe/Berlin
                steady.dev/min-failures: "5"
                steady.dev/min-events: "100"
                steady.dev/traffic-aware: "true"
                steady.dev/gap-minutes: "0"
                steady.dev/burn-rules: page 1h/5m 14.4; ticket 3d/6h 1
                steady.dev/environment: production
                steady.dev/team: shop
            """;
        var draft = One(Change("annotations: {}", annotations));
        Assert.Equal(["30d", "7d", "1M"], draft.Terms.Windows.Select(window => window.Duration));
        Assert.Equal("Europe/Berlin", draft.Terms.Windows[2].Calendar?.TimeZone);
        Assert.Equal((new TrafficGuard(5, 100, true), 0), (draft.Terms.Guard, draft.Terms.GapMinutes));
        Assert.Equal(
            [new BurnRule(BurnSeverity.Page, "1h", "5m", 14.4m), new BurnRule(BurnSeverity.Ticket, "3d", "6h", 1m)],
            draft.Terms.Rules
        );
        Assert.Equal(("production", "shop"), (draft.Environment, draft.Team));
    }

    [Fact]
    public void Several_objectives_of_a_document_are_objectives_of_their_own()
    {
        var named = Read(Change("target: 0.999", "target: 0.999\n    - displayName: Very good\n      target: 0.9999"));
        Assert.Equal(
            ["checkout-availability-good", "checkout-availability-very-good"],
            named.Objectives.Select(draft => draft.Name)
        );
        Assert.Equal("Checkouts succeed: Very good", named.Objectives[1].DisplayName);
        var counted = Read(Change("target: 0.999", "target: 0.999\n    - target: 0.9999"));
        Assert.Equal(
            ["checkout-availability-1", "checkout-availability-2"],
            counted.Objectives.Select(draft => draft.Name)
        );
        Assert.Equal([0.999m, 0.9999m], counted.Objectives.Select(draft => draft.Terms.Target));
    }

    [Fact]
    public void Each_objective_of_a_composite_has_its_own_indicator()
    {
        const string composite = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: journey }
            spec:
              service: shop
              timeWindow: [{ duration: 4w, isRolling: true }]
              budgetingMethod: Occurrences
              objectives:
                - { displayName: Search, target: 0.99, indicatorRef: search-requests, compositeWeight: 2 }
                - { displayName: Pay, target: 0.999, indicatorRef: pay-requests }
            """;
        Assert.Equal(
            [("journey-search", "search-requests"), ("journey-pay", "pay-requests")],
            Read(composite).Objectives.Select(draft => (draft.Name, draft.Sli))
        );
    }

    [Theory]
    [InlineData("duration: 30d", "duration: 1M", "spec.timeWindow[0].duration", "window_not_computed")]
    [InlineData("duration: 30d", "duration: 0d", "spec.timeWindow[0].duration", "window_not_computed")]
    [InlineData("duration: 30d", "duration: 367d", "spec.timeWindow[0].duration", "window_not_computed")]
    [InlineData("target: 0.999", "target: 0", "spec.objectives[0].target", "target_not_computed")]
    [InlineData("target: 0.999", "target: 0.9999999999", "spec.objectives[0].target", "target_not_computed")]
    [InlineData("service: checkout", "service: Checkout Service", "spec.service", "string_dns_label")]
    [InlineData(
        "annotations: {}",
        "annotations: { steady.dev/colour: red }",
        "metadata.annotations['steady.dev/colour']",
        "unknown_annotation"
    )]
    [InlineData(
        "annotations: {}",
        "annotations: { steady.dev/windows: 1M }",
        "metadata.annotations['steady.dev/windows']",
        "annotation_invalid"
    )]
    [InlineData(
        "annotations: {}",
        "annotations: { steady.dev/min-events: many }",
        "metadata.annotations['steady.dev/min-events']",
        "annotation_invalid"
    )]
    [InlineData(
        "annotations: {}",
        "annotations: { steady.dev/burn-rules: page 1h 14.4 }",
        "metadata.annotations['steady.dev/burn-rules']",
        "annotation_invalid"
    )]
    [InlineData(
        "  objectives:\n    - displayName: Good\n      target: 0.999",
        "  objectives: []",
        "spec.objectives",
        "required"
    )]
    public void A_valid_document_that_cannot_be_computed_is_refused_at_its_place(
        string right,
        string wrong,
        string path,
        string rule
    )
    {
        var drafts = Read(Change(right, wrong));
        Assert.Empty(drafts.Objectives);
        var finding = Assert.Single(drafts.Findings);
        Assert.Equal((path, rule), (finding.Path, finding.Rule));
        Assert.NotEqual("", finding.Accepted);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_with_their_lines()
    {
        var wrong = Change("30d", "1fortnight").Replace("target: 0.999", "target: 2", StringComparison.Ordinal);
        Assert.Equal(
            [("spec.timeWindow[0].duration.unit", 20), ("spec.objectives[0].target", 25)],
            Read(wrong).Findings.Select(finding => (finding.Path, finding.Line ?? 0))
        );
    }

    [Fact]
    public void Two_objectives_of_one_name_are_refused() =>
        Assert.Equal("name_twice", Assert.Single(Read($"{Good}\n---\n{Good}").Findings).Rule);

    [Fact]
    public void A_text_without_an_slo_defines_nothing() =>
        Assert.Equal(
            "no_slo",
            Assert
                .Single(Read("apiVersion: openslo/v1\nkind: Service\nmetadata: { name: s }\nspec: {}\n").Findings)
                .Rule
        );

    [Fact]
    public void A_lenient_reader_defines_what_it_put_right_and_says_so()
    {
        var old = Change("name: checkout-availability", "name: Checkout_Availability");
        Assert.NotEmpty(Read(old).Findings);
        var drafts = Drafts.Read(old, Mode.Lenient, Format.Yaml);
        Assert.Equal("checkout-availability", Assert.Single(drafts.Objectives).Name);
        Assert.Equal("name_normalised", Assert.Single(drafts.Repairs).Rule);
    }

    private static string Change(string right, string wrong)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        return Good.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static Drafts Read(string text) => Drafts.Read(text, Mode.Strict, Format.Auto);

    private static ObjectiveDraft One(string text)
    {
        var drafts = Read(text);
        Assert.Equal([], drafts.Findings);
        return Assert.Single(drafts.Objectives);
    }
}
