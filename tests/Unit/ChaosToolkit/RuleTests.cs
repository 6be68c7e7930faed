using Steady.ChaosToolkit;
using Xunit;

namespace Steady.Tests.Unit.ChaosToolkit;

/// <summary>One case for each thing that is refused or worth a word; an experiment without any of them is accepted in silence.</summary>
public sealed class RuleTests
{
    [Fact]
    public void An_experiment_without_a_fault_is_accepted_without_a_word() => Found(Experiments.With());

    [Theory]
    [InlineData("""{"type": "process", "path": "vegeta", "arguments": "attack -rate=1 '-name=a b'"}""")]
    [InlineData("""{"type": "process", "path": "./tools/load", "arguments": ["a;b", 3, "$HOME"]}""")]
    [InlineData("""{"type": "process", "path": "/usr/bin/curl"}""")]
    [InlineData("""{"type": "python", "module": "os.path", "func": "exists", "arguments": {"path": "tests/a.py"}}""")]
    [InlineData(
        """{"type": "python", "module": "chaosprometheus.probes", "func": "query", "arguments": {"query": "up"}}"""
    )]
    [InlineData("""{"type": "python", "module": "chaostoxi.toxic.actions", "func": "create_toxic"}""")]
    [InlineData("""{"type": "http", "url": "http://10.0.0.7:8000/x", "timeout": [5, 2], "headers": {"A": "b"}}""")]
    [InlineData("""{"type": "http", "url": "http://localhost:8080/"}""")]
    public void What_can_be_done_here_is_accepted(string provider) => Found(Experiments.WithProvider(provider));

    [Theory]
    [InlineData("""{"type": "process", "path": "ls", "arguments": "-l | wc"}""", "E-SHELL arguments")]
    [InlineData("""{"type": "process", "path": "ls", "arguments": "a; rm -rf /"}""", "E-SHELL arguments")]
    [InlineData("""{"type": "process", "path": "ls", "arguments": "$(id)"}""", "E-SHELL arguments")]
    [InlineData("""{"type": "process", "path": "ls", "arguments": "\"`id`\""}""", "E-SHELL arguments")]
    [InlineData("""{"type": "process", "path": "ls", "arguments": "a\nid"}""", "E-SHELL arguments")]
    [InlineData("""{"type": "process", "path": "ls", "arguments": "'a"}""", "E-SHELL arguments")]
    [InlineData("""{"type": "process", "path": "ls; id"}""", "E-SHELL path")]
    [InlineData("""{"type": "process", "path": "bash", "arguments": ["-c", "id"]}""", "E-SHELL path")]
    [InlineData("""{"type": "process", "path": "/bin/sh"}""", "E-SHELL path")]
    [InlineData("""{"type": "process"}""", "E-PROCESS-PATH path")]
    [InlineData("""{"type": "process", "path": "../../bin/id"}""", "E-PROCESS-PATH path")]
    [InlineData("""{"type": "process", "path": "/usr/../tmp/x"}""", "E-PROCESS-PATH path")]
    [InlineData("""{"type": "process", "path": "/tmp/x"}""", "E-PROCESS-PATH path")]
    [InlineData("""{"type": "process", "path": "/proc/self/exe"}""", "E-PROCESS-PATH path")]
    [InlineData("""{"type": "process", "path": "a", "arguments": {"b": "", "c": "d"}}""", "W-DICT-ARGS arguments")]
    [InlineData("""{"type": "python", "module": "os", "func": "system"}""", "E-PY-MODULE module")]
    [InlineData(
        """{"type": "python", "module": "os.path", "func": "exists", "arguments": {"path": "../../etc/shadow"}}""",
        "E-PROCESS-PATH arguments/path"
    )]
    [InlineData("""{"type": "http"}""", "E-URL url")]
    [InlineData("""{"type": "http", "url": "/front"}""", "E-URL url")]
    [InlineData("""{"type": "http", "url": "http://${nobody}/"}""", "E-URL url")]
    [InlineData(
        """{"type": "http", "url": "http://a/", "expected_status": 200}""",
        "W-EXPECTED-STATUS-IGNORED expected_status"
    )]
    [InlineData(
        """{"type": "http", "url": "http://a/", "headers": {"Authorization": "Bearer x"}}""",
        "W-INLINE-SECRET headers/Authorization"
    )]
    [InlineData("""{"type": "http", "url": "http://ana:secret@a/"}""", "W-INLINE-SECRET url")]
    [InlineData("""{"type": "http", "url": "http://a/", "timeout": "soon"}""", "E-SHAPE timeout")]
    [InlineData("""{"type": "smtp"}""", "E-SHAPE type")]
    public void A_provider_is_told_what_is_wrong(string provider, string expected)
    {
        var (code, place) = (expected.Split(' ')[0], expected.Split(' ')[1]);
        Found(Experiments.WithProvider(provider), $"{code} /method/0/provider/{place}");
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://localhost:6379/_x")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xA9.0xFE.0xA9.0xFE/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://metadata.google.internal/computeMetadata/v1/")]
    [InlineData("http://METADATA.google.internal./")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://0.0.0.0:8000/")]
    [InlineData("http://localhost:8474/proxies")]
    [InlineData("http://127.0.0.1:8082/v1/runs")]
    [InlineData("http://127.1:8082/v1/runs")]
    [InlineData("http://[::1]:8083/")]
    [InlineData("http://api.localhost:8081/")]
    [InlineData("http://localhost:8080/api/experiments/v1/runs")]
    public void Addresses_of_the_machine_and_of_the_platform_are_out_of_bounds(string url) =>
        Found(
            Experiments.WithProvider($$"""{"type": "http", "url": "{{url}}"}"""),
            "E-TARGET-OUTSIDE-BLAST-RADIUS /method/0/provider/url"
        );

    [Theory]
    [InlineData("0.5", "E-TOL-FLOAT ")]
    [InlineData("null", "E-TOL-TYPE ")]
    [InlineData("""{"type": "boom"}""", "E-TOL-TYPE ")]
    [InlineData("[200, 204]", "W-PAIR-IS-MEMBERSHIP ")]
    [InlineData("""{"type": "range", "target": "body", "range": [1]}""", "E-TOL-TYPE /range")]
    [InlineData("""{"type": "range", "target": "body", "range": ["a", 6]}""", "E-TOL-TYPE /range")]
    [InlineData("""{"type": "range", "target": "body", "range": [7, 6]}""", "E-TOL-TYPE /range")]
    [InlineData("""{"type": "regex", "pattern": "ok"}""", "E-REGEX-NO-TARGET ")]
    [InlineData("""{"type": "regex", "target": "body"}""", "E-TOL-TYPE /pattern")]
    [InlineData("""{"type": "regex", "target": "body", "pattern": "[0-9"}""", "E-REGEX /pattern")]
    [InlineData("""{"type": "regex", "target": "body", "pattern": "^(a+)+$"}""", "E-REGEX-UNSAFE /pattern")]
    [InlineData("""{"type": "jsonpath", "path": ""}""", "E-JSONPATH /path")]
    [InlineData("""{"type": "jsonpath", "path": "foo[*].baz"}""", "E-JSONPATH /path")]
    [InlineData("""{"type": "jsonpath", "path": "$.a", "count": -1}""", "E-TOL-TYPE /count")]
    public void A_tolerance_is_told_what_is_wrong(string tolerance, string expected)
    {
        var (code, place) = (expected.Split(' ')[0], expected.Split(' ')[1]);
        Found(Experiments.WithTolerance(tolerance), $"{code} /steady-state-hypothesis/probes/0/tolerance{place}");
    }

    [Fact]
    public void A_path_that_cannot_be_read_is_told_the_column()
    {
        var report = ChaosToolkitText.Read(
            Experiments.WithTolerance("""{"type": "jsonpath", "path": "$.a[?(@.b == 1)]"}""")
        );
        Assert.Contains(
            "at column 11: equality is written with one '='",
            Assert.Single(report.Findings).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"ref": "front"}""")]
    [InlineData("""{"ref": "front", "type": "probe"}""")]
    [InlineData("""{"ref": "back"}""", "E-REF-MISSING /method/0/ref")]
    [InlineData("""{"ref": 7}""", "E-REF-MISSING /method/0/ref")]
    [InlineData(
        """{"type": "probe", "name": "p", "background": true, "provider": {"type": "http", "url": "http://a/"}}""",
        "W-BACKGROUND-UNBOUNDED /method/0/background"
    )]
    [InlineData(
        """{"type": "probe", "name": "p", "background": true, "provider": {"type": "http", "url": "http://a/", "timeout": 3}}"""
    )]
    [InlineData(
        """{"type": "probe", "name": "p", "pauses": {"after": "soon"}, "provider": {"type": "http", "url": "http://a/"}}""",
        "E-SHAPE /method/0/pauses/after"
    )]
    [InlineData(
        """{"title": "Old", "probes": {"steady": {"layer": "application", "type": "http"}}}""",
        "E-LEGACY-FORMAT /method/0"
    )]
    [InlineData("7", "E-SHAPE /method/0")]
    public void An_activity_is_told_what_is_wrong(string activity, params string[] expected) =>
        Found(Experiments.With(method: activity), expected);

    [Theory]
    [InlineData("\"configuration\": {\"u\": {\"type\": \"env\", \"key\": \"U\"}},", "E-ENV-MISSING /configuration/u")]
    [InlineData("\"configuration\": {\"u\": {\"type\": \"env\", \"key\": \"U\", \"default\": \"x\"}},")]
    [InlineData("\"configuration\": {\"u\": {\"type\": \"env\"}},", "E-SHAPE /configuration/u")]
    [InlineData(
        "\"secrets\": {\"k\": {\"token\": {\"type\": \"vault\", \"path\": \"a\"}}},",
        "E-VAULT /secrets/k/token"
    )]
    [InlineData("\"secrets\": {\"k\": {\"token\": \"abc\"}},", "W-INLINE-SECRET /secrets/k/token")]
    [InlineData("\"controls\": {\"tracing\": {}},", "E-CONTROLS-SHAPE /controls")]
    [InlineData("\"controls\": [{\"name\": \"x\"}],", "E-CONTROLS-SHAPE /controls/0")]
    [InlineData(
        "\"controls\": [{\"name\": \"x\", \"scope\": \"post\", \"provider\": {\"type\": \"python\", \"module\": \"m\"}}],",
        "E-CONTROLS-SHAPE /controls/0/scope",
        "W-CONTROL-IGNORED /controls/0"
    )]
    [InlineData(
        "\"runtime\": {\"rollbacks\": {\"strategy\": \"never\"}},",
        "E-NEVER-ROLLBACK /runtime/rollbacks/strategy"
    )]
    [InlineData("\"runtime\": {\"rollbacks\": {\"strategy\": \"later\"}},", "E-SHAPE /runtime/rollbacks/strategy")]
    [InlineData("\"runtime\": {\"hypothesis\": {\"strategy\": \"continuously\"}},")]
    [InlineData("\"tags\": [\"\"],", "E-SHAPE /tags/0")]
    public void What_stands_around_is_told_what_is_wrong(string more, params string[] expected) =>
        Found(Experiments.With(more: more), expected);

    [Theory]
    [InlineData(
        "{}",
        "E-NO-TITLE /title",
        "E-NO-DESCRIPTION /description",
        "W-NO-HYPOTHESIS /steady-state-hypothesis",
        "E-NO-METHOD /method"
    )]
    [InlineData("[]", "E-SHAPE ")]
    [InlineData("", "E-SYNTAX ")]
    [InlineData("{\"title\":", "E-SYNTAX ")]
    [InlineData("{\"title\": 1, \"title\": 2}", "E-DUPLICATE-KEY ")]
    [InlineData("a: 1\n---\nb: 2\n", "E-SYNTAX ")]
    public void A_text_that_is_no_experiment_is_told_so(string text, params string[] expected) => Found(text, expected);

    [Fact]
    public void Without_rollbacks_there_is_a_warning_and_nothing_else() =>
        Found(Experiments.With(rollbacks: "[]"), "W-NO-ROLLBACK /rollbacks");

    private static void Found(string text, params string[] expected)
    {
        var report = ChaosToolkitText.Read(text);
        Assert.Equal(expected, report.Findings.Select(finding => $"{finding.Code} {finding.Where}"));
        Assert.Equal(!expected.Any(code => code.StartsWith('E')), report.Accepted);
        Assert.All(
            report.Findings,
            finding => Assert.EndsWith(".", finding.Message.TrimEnd(')'), StringComparison.Ordinal)
        );
    }
}
