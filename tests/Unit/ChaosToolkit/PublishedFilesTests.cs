using Steady.ChaosToolkit;
using Steady.OpenSlo;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.ChaosToolkit;

/// <summary>Experiments that others have published get the verdict that they must get.</summary>
public sealed class PublishedFilesTests
{
    [Theory]
    [InlineData(
        "01-http-status-list-tolerance",
        "W-PAIR-IS-MEMBERSHIP /steady-state-hypothesis/probes/0/tolerance",
        "W-NO-ROLLBACK /rollbacks",
        "E-PY-MODULE /method/0/provider/module"
    )]
    [InlineData(
        "02-env-default-jsonpath-count-rollback",
        "W-BACKGROUND-UNBOUNDED /method/0/background",
        "E-PY-MODULE /method/1/provider/module",
        "E-SHELL /method/2/provider/arguments",
        "E-PY-MODULE /method/3/provider/module",
        "E-PY-MODULE /rollbacks/0/provider/module"
    )]
    [InlineData(
        "03-safeguards-control-probe-tolerance",
        "E-PY-MODULE /controls/0/provider/arguments/probes/0/provider/module",
        "E-PY-MODULE /steady-state-hypothesis/probes/1/tolerance/provider/module",
        "W-BACKGROUND-UNBOUNDED /method/0/background",
        "E-PY-MODULE /method/1/provider/module",
        "E-SHELL /method/2/provider/arguments",
        "E-PY-MODULE /method/3/provider/module",
        "E-PY-MODULE /rollbacks/0/provider/module"
    )]
    [InlineData(
        "04-secrets-controls-jsonpath-filter",
        "E-ENV-MISSING /configuration/counter_service_url",
        "E-ENV-MISSING /configuration/prometheus_base_url",
        "E-ENV-MISSING /configuration/tracing_host",
        "E-ENV-MISSING /secrets/humio/token",
        "E-ENV-MISSING /secrets/humio/dataspace",
        "W-CONTROL-IGNORED /controls/0",
        "W-CONTROL-IGNORED /controls/1",
        "E-PY-MODULE /method/0/provider/module",
        "E-PY-MODULE /method/1/provider/module",
        "E-PY-MODULE /method/2/provider/module",
        "E-PY-MODULE /rollbacks/0/provider/module"
    )]
    [InlineData(
        "05-controls-mapping-timeout-pair",
        "E-ENV-MISSING /configuration/service_url",
        "E-CONTROLS-SHAPE /steady-state-hypothesis/controls",
        "E-PY-MODULE /steady-state-hypothesis/probes/0/provider/module",
        "E-PY-MODULE /steady-state-hypothesis/probes/1/provider/module",
        "W-NO-ROLLBACK /rollbacks",
        "E-PY-MODULE /method/0/provider/module",
        "E-PY-MODULE /method/2/provider/module"
    )]
    [InlineData(
        "06-deprecated-dict-arguments",
        "E-ENV-MISSING /configuration/webapp_service_url",
        "E-ENV-MISSING /configuration/prometheus_base_url",
        "E-PY-MODULE /steady-state-hypothesis/probes/0/provider/module",
        "E-PY-MODULE /steady-state-hypothesis/probes/1/provider/module",
        "W-NO-ROLLBACK /rollbacks",
        "W-DICT-ARGS /method/0/provider/arguments",
        "E-PY-MODULE /method/3/provider/module",
        "E-PY-MODULE /method/4/provider/module",
        "W-DICT-ARGS /method/6/provider/arguments"
    )]
    [InlineData("07-runtime-rollbacks-never", "E-NEVER-ROLLBACK /runtime/rollbacks/strategy")]
    [InlineData(
        "08-legacy-step-format",
        "E-LEGACY-FORMAT /method/0",
        "E-LEGACY-FORMAT /method/1",
        "E-LEGACY-FORMAT /method/2"
    )]
    [InlineData("09-journal-2018", "E-SHAPE ")]
    public void A_published_file_is_told_everything_that_refuses_it(string file, params string[] expected) =>
        Assert.Equal(expected, Found(ChaosToolkitText.Read(Text(file), Format.Json)));

    [Fact]
    public void A_file_without_the_refused_strategy_is_accepted()
    {
        var text = Text("07-runtime-rollbacks-never").Replace("\"never\"", "\"always\"", StringComparison.Ordinal);
        var report = ChaosToolkitText.Read(text);
        Assert.True(report.Accepted);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void Yaml_and_JSON_of_the_same_experiment_get_the_same_verdict()
    {
        var json = ChaosToolkitText.Read(Text("03-safeguards-control-probe-tolerance"), Format.Json);
        var yaml = ChaosToolkitText.Read(NodeText.ToYaml(json.Root!), Format.Yaml);
        Assert.Equal(Found(json), Found(yaml));
    }

    [Fact]
    public void Variables_that_are_given_are_not_missed()
    {
        var given = new Dictionary<string, string> { ["SUPERPOWER_URL"] = "http://powers.example:8000/" };
        var found = Found(ChaosToolkitText.Read(Text("05-controls-mapping-timeout-pair"), Format.Json, given));
        Assert.DoesNotContain(found, finding => finding.StartsWith("E-ENV-MISSING", StringComparison.Ordinal));
        Assert.Contains("E-CONTROLS-SHAPE /steady-state-hypothesis/controls", found);
    }

    private static string Text(string file) =>
        File.ReadAllText(Repository.File("tests", "Unit", "ChaosToolkit", "Data", $"{file}.json"));

    private static IEnumerable<string> Found(Steady.ChaosToolkit.Report report) =>
        report.Findings.Select(finding => $"{finding.Code} {finding.Where}");
}
