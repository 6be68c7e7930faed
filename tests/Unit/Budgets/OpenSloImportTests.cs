using System.Text.Json;
using Steady.Budgets.Objectives;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class OpenSloImportTests
{
    private const string Good = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: checkout-availability
          displayName: Checkouts succeed
          labels: { team: [shop] }
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

    // What this version does not compute; a valid document may be refused there and nowhere else.
    private static readonly string[] NotComputed =
    [
        "spec.timeWindow[0].isRolling",
        "spec.timeWindow[0].calendar",
        "spec.timeWindow[0].duration",
        "spec.budgetingMethod",
        "spec.objectives[0].timeSliceTarget",
        "spec.objectives[0].timeSliceWindow",
    ];

    public static TheoryData<string> Documents =>
        [.. Index().Select(document => document.GetProperty("file").GetString()!)];

    [Fact]
    public void A_document_becomes_a_draft() =>
        Assert.Equal(
            new ObjectiveDraft(
                "checkout-availability",
                "Checkouts succeed",
                "checkout",
                "checkout-requests",
                0.999m,
                "30d"
            ),
            Import(Good).Draft
        );

    [Theory, MemberData(nameof(Documents))]
    public void Third_party_documents_get_the_answer_of_the_specification(string file)
    {
        var document = Index().Single(document => document.GetProperty("file").GetString() == file);
        var text = File.ReadAllText(Repository.File("tests", "Unit", "Budgets", "openslo", file));
        var import = OpenSloImport.Read(text, json: file.EndsWith(".json", StringComparison.Ordinal));
        var paths = import.Findings.Select(finding => finding.Path).ToList();
        if (document.GetProperty("expect").GetString() == "valid")
        {
            Assert.All(paths, path => Assert.Contains(path, NotComputed));
            return;
        }

        Assert.Null(import.Draft);
        foreach (var expected in document.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!))
            Assert.Contains(paths, path => path.StartsWith(AtItsList(expected), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("apiVersion: openslo/v1", "apiVersion: openslo.com/v2alpha", "apiVersion")]
    [InlineData("kind: SLO", "kind: SLI", "kind")]
    [InlineData("kind: SLO", "kind: SLO\ncolour: red", "colour")]
    [InlineData("name: checkout-availability", "name: Checkout Availability", "metadata.name")]
    [InlineData("name: checkout-availability", "name: 7", "metadata.name")]
    [InlineData("  name: checkout-availability", "  title: x", "metadata.name")]
    [InlineData("labels: { team: [shop] }", "labels: none", "metadata.labels")]
    [InlineData("service: checkout", "service: ~", "spec.service")]
    [InlineData("      name: checkout-requests", "      name: -x", "spec.indicator.metadata.name")]
    [InlineData("counter: true", "counter: maybe", "spec.indicator.spec.ratioMetric.counter")]
    [InlineData("total: {", "totals: {", "spec.indicator.spec.ratioMetric.total")]
    [InlineData("good: {", "raw: {", "spec.indicator.spec.ratioMetric.rawType")]
    [InlineData("  service: checkout", "  service: checkout\n  indicatorRef: x", "spec.indicator")]
    [InlineData("duration: 30d", "duration: 1M", "spec.timeWindow[0].duration")]
    [InlineData("duration: 30d", "duration: 23h", "spec.timeWindow[0].duration")]
    [InlineData("duration: 30d", "duration: 366d", "spec.timeWindow[0].duration")]
    [InlineData("duration: 30d", "duration: 0d", "spec.timeWindow[0].duration")]
    [InlineData("duration: 30d", "duration: 30", "spec.timeWindow[0].duration")]
    [InlineData("isRolling: true", "isRolling: false", "spec.timeWindow[0].isRolling")]
    [InlineData("isRolling: true", "isRolling: true\n      calendar: {}", "spec.timeWindow[0].calendar")]
    [InlineData("budgetingMethod: Occurrences", "budgetingMethod: Timeslices", "spec.budgetingMethod")]
    [InlineData("budgetingMethod: Occurrences", "budgetingMethod:", "spec.budgetingMethod")]
    [InlineData("target: 0.999", "target: 1", "spec.objectives[0].target")]
    [InlineData("target: 0.999", "target: 0", "spec.objectives[0].target")]
    [InlineData("target: 0.999", "target: 0.9999999999", "spec.objectives[0].target")]
    [InlineData("target: 0.999", "target: \"0.999\"", "spec.objectives[0].target")]
    [InlineData("target: 0.999", "target: 0.1", "spec.objectives[0].target")]
    [InlineData("target: 0.999", "targetPercent: 100", "spec.objectives[0].targetPercent")]
    [InlineData("target: 0.999", "target: 0.999\n      targetPercent: 99.9", "spec.objectives[0].target")]
    [InlineData("target: 0.999", "target: 0.999\n      op: gt", "spec.objectives[0].op")]
    [InlineData("target: 0.999", "target: 0.999\n      timeSliceWindow: 1m", "spec.objectives[0].timeSliceWindow")]
    [InlineData("target: 0.999", "target: 0.999\n    - target: 0.99", "spec.objectives")]
    [InlineData(
        "budgetingMethod: Occurrences",
        "budgetingMethod: Occurrences\n  alertPolicies: [page]",
        "spec.alertPolicies[0]"
    )]
    public void A_mistake_is_found_at_its_place(string right, string wrong, string path)
    {
        var import = Import(Good.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(import.Draft);
        var finding = import.Findings.First(finding => finding.Path == path);
        Assert.NotEqual("", finding.Message);
        Assert.NotEqual("", finding.Accepted);
    }

    [Theory]
    [InlineData("target: 0.999", "targetPercent: 99.95", 0.9995)]
    [InlineData("target: 0.999", "target: 9.99e-1", 0.999)]
    [InlineData("target: 0.999", "target: 0.999999999", 0.999999999)]
    [InlineData("target: 0.999", "target: 0.99900000000000", 0.999)]
    public void A_target_is_kept_as_the_decimal_that_was_written(string right, string wrong, decimal target) =>
        Assert.Equal(target, Import(Good.Replace(right, wrong, StringComparison.Ordinal)).Draft?.Target);

    [Fact]
    public void All_mistakes_are_told_at_once_with_their_lines()
    {
        var wrong = Good.Replace("SLO", "slo", StringComparison.Ordinal)
            .Replace("0.999", "2", StringComparison.Ordinal)
            .Replace("30d", "1Y", StringComparison.Ordinal);
        Assert.Equal(
            [("kind", 2), ("spec.timeWindow[0].duration", 19), ("spec.objectives[0].target", 24)],
            Import(wrong).Findings.Select(finding => (finding.Path, finding.Line ?? 0))
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("a: [")]
    [InlineData("a: &x 1\nb: *x")]
    [InlineData("kind: SLO\nkind: SLO")]
    [InlineData("kind: SLO\n---\nkind: SLO")]
    [InlineData("- kind: SLO")]
    public void What_is_no_single_document_is_refused_as_a_whole(string text)
    {
        var finding = Assert.Single(Import(text).Findings);
        Assert.Equal("", finding.Path);
    }

    [Fact]
    public void A_document_that_is_nested_too_deeply_is_refused()
    {
        Assert.Single(Import(new string('[', 50_000)).Findings);
        Assert.Single(OpenSloImport.Read(new string('[', 50_000), json: true).Findings);
    }

    [Fact]
    public void Json_is_read_as_json()
    {
        Assert.Single(OpenSloImport.Read(Good, json: true).Findings);
        Assert.Single(OpenSloImport.Read("""{"kind":"SLO","kind":"SLO"}""", json: true).Findings);
    }

    private static Import Import(string yaml) => OpenSloImport.Read(yaml, json: false);

    // More than one objective is refused at their list.
    private static string AtItsList(string path) =>
        path.StartsWith("spec.objectives[", StringComparison.Ordinal) ? "spec.objectives" : path;

    private static IEnumerable<JsonElement> Index() =>
        JsonDocument
            .Parse(File.ReadAllText(Repository.File("tests", "Unit", "Budgets", "openslo", "index.json")))
            .RootElement.GetProperty("documents")
            .EnumerateArray();
}
