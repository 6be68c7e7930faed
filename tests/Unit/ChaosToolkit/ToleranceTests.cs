using Steady.ChaosToolkit;
using Steady.OpenSlo;
using Xunit;

namespace Steady.Tests.Unit.ChaosToolkit;

/// <summary>Tolerances and the dialect of their paths, case by case as chaoslib has it.</summary>
public sealed class ToleranceTests
{
    [Theory]
    [InlineData("6", "6", true)]
    [InlineData("6", "7", false)]
    [InlineData("6", """{"status": 6}""", true)]
    [InlineData("6", """{"status": 7}""", false)]
    [InlineData("true", "true", true)]
    [InlineData("true", "false", false)]
    [InlineData("\"hello\"", "\"hello\"", true)]
    [InlineData("\"hello\"", "\"not hello\"", false)]
    [InlineData("[5, 6]", """{"status": 6}""", true)]
    [InlineData("[5, 7]", """{"status": 6}""", false)]
    [InlineData("[5, 7]", "6", true)]
    [InlineData("[5, 7]", "7", true)]
    [InlineData("[5, 7]", "7.5", false)]
    [InlineData("[5, 6, 9]", "9", true)]
    [InlineData("[5, 6, 9]", "7", false)]
    [InlineData("""["a", "c"]""", "\"b\"", true)]
    public void Scalars_and_lists(string tolerance, string output, bool met) => Met(tolerance, output, met);

    [Theory]
    [InlineData("[10, 800]", "\"580\"", true)]
    [InlineData("[10, 800]", "\"1230\"", false)]
    [InlineData("[10.5, 800.89]", "\"580.5\"", true)]
    [InlineData("[10.5, 800.89]", "800.89", true)]
    [InlineData("[10.5, 800.89]", "800.891", false)]
    [InlineData("[6, 8]", "\"bad\"", false)]
    [InlineData("[6, 8]", "null", false)]
    public void Ranges(string range, string body, bool met) =>
        Met(
            $$"""{"type": "range", "target": "body", "range": {{range}}}""",
            $$"""{"status": 200, "headers": {}, "body": {{body}}}""",
            met
        );

    [Theory]
    [InlineData("stdout", """{"status": 0, "stdout": "number 87", "stderr": ""}""", true)]
    [InlineData("stdout", """{"status": 0, "stdout": "number 8", "stderr": "number 87"}""", false)]
    [InlineData("stderr", """{"status": 0, "stdout": "", "stderr": "number 87"}""", true)]
    [InlineData("body", """{"status": 200, "body": "number 87"}""", true)]
    [InlineData("body", """{"status": 200, "body": {"number": 87}}""", false)]
    public void Patterns(string target, string output, bool met) =>
        Met($$"""{"type": "regex", "target": "{{target}}", "pattern": "[0-9]{2}"}""", output, met);

    [Theory]
    [InlineData("$.foo.*[?(@.baz)]", "", """{"foo": [{"baz": 1}, {"baz": 2}]}""", true)]
    [InlineData("$.notsofoo.*[?(@.baz)].baz", "", """{"foo": [{"baz": 1}, {"baz": 2}]}""", false)]
    [InlineData("$.foo[?(@.baz)].baz", ", \"expect\": \"hello\"", """{"foo": {"baz": "hello"}}""", true)]
    [InlineData("$.foo[?(@.baz)].baz", ", \"expect\": [[\"a\", \"b\"]]", """{"foo": {"baz": ["a", "b"]}}""", true)]
    [InlineData(
        "$.foo[?(@.baz)].baz",
        ", \"expect\": [[[\"a\"], [\"b\"]]]",
        """{"foo": {"baz": [["a"], ["b"]]}}""",
        true
    )]
    [InlineData("$.foo[?(@.baz)].baz", ", \"expect\": []", """{"foo": {"jon": "boom"}}""", true)]
    [InlineData("$.foo[?(@.baz=\\\"hello\\\")]", ", \"count\": 1", """{"foo": {"baz": "hello"}}""", true)]
    [InlineData("$.foo[?(@.baz=\\\"bonjour\\\")]", ", \"count\": 1", """{"foo": {"baz": "hello"}}""", false)]
    [InlineData(
        "$.foo.*[?(@.baz)].baz",
        ", \"expect\": [\"a\", \"b\"]",
        """{"foo": [{"baz": "a"}, {"baz": "b"}]}""",
        true
    )]
    [InlineData(
        "$.foo.*[?(@.baz)].baz",
        ", \"expect\": [\"b\", \"a\"]",
        """{"foo": [{"baz": "a"}, {"baz": "b"}]}""",
        false
    )]
    [InlineData("$.foo.*[?(@.baz=2)]", ", \"count\": 1", """{"foo": [{"baz": 1}, {"baz": 2}]}""", true)]
    [InlineData("$.foo.*[?(@.baz)]", ", \"count\": 2", """{"foo": [{"baz": 1}, {"baz": 2}]}""", true)]
    [InlineData("$.foo.*[?(@.baz=4)]", ", \"count\": 2", """{"foo": [{"baz": 4}, {"baz": 4}]}""", true)]
    [InlineData("$.foo[*].baz", "", "\"{\\\"foo\\\": [{\\\"baz\\\": 1}, {\\\"baz\\\": 2}]}\"", true)]
    [InlineData("$.foo[*].baz", ", \"expect\": [7], \"count\": 1", """{"foo": [{"baz": 8}]}""", false)]
    [InlineData(
        "$.data.result.*[?(@.value[1]!=\\\"0\\\")]",
        ", \"count\": 0",
        """{"data": {"result": [{"value": [1, "0"]}, {"value": [2, "0"]}]}}""",
        true
    )]
    [InlineData(
        "$.data.result.*[?(@.value[1]!=\\\"0\\\")]",
        ", \"count\": 0",
        """{"data": {"result": [{"value": [1, "0"]}, {"value": [2, "3"]}]}}""",
        false
    )]
    public void Paths_of_the_research(string path, string more, string output, bool met) =>
        Met($$"""{"type": "jsonpath", "path": "{{path}}"{{more}}}""", output, met);

    [Theory]
    [InlineData("$..b", "[1, 2]")]
    [InlineData("$.a[0]", "[{\"b\": 1}]")]
    [InlineData("$.a[-1].b", "[2]")]
    [InlineData("$.a[0:1].b", "[1]")]
    [InlineData("$.a[::-1].b", "[]")]
    [InlineData("$[\"a\",\"c\"]", "[[{\"b\": 1}, {\"b\": 2}], \"x y\"]")]
    [InlineData("$.a.*[?(@.b > 1)].b", "[2]")]
    [InlineData("$.a.*[?(@.b >= 1 and not @.b = 2)].b", "[1]")]
    [InlineData("$.a.*[?(@.b = 1 or @.b = 2)].b", "[1, 2]")]
    [InlineData("$.a.*[?(@.b = 9 and @.b = 9 or @.b = 1)].b", "[]")]
    [InlineData("$.a.*[?(not @.x)].b", "[1, 2]")]
    [InlineData("$[?(@.c contains \"y\")].c", "[\"x y\"]")]
    [InlineData("$.a.*[?($.c = \"x y\")].b", "[1, 2]")]
    public void What_a_path_finds(string path, string expected) =>
        Met(
            $$"""{"type": "jsonpath", "path": {{System.Text.Json.JsonSerializer.Serialize(path)}}, "expect": {{expected}}}""",
            """{"a": [{"b": 1}, {"b": 2}], "c": "x y"}""",
            true
        );

    [Fact]
    public void A_path_that_asks_too_much_has_no_answer()
    {
        var rows = string.Join(',', Enumerable.Repeat("1", 2_000));
        var tolerance = Read("""{"type": "jsonpath", "path": "$.*[?($.* != $.*)]"}""");
        Assert.Null(tolerance.IsMet(Node($$"""[{{rows}}]""")));
    }

    private static void Met(string tolerance, string output, bool met) =>
        Assert.Equal(met, Read(tolerance).IsMet(Node(output)));

    private static Tolerance Read(string tolerance) =>
        ToleranceText.Read(tolerance, out var findings) ?? throw new InvalidOperationException($"{findings[0]}");

    private static Node Node(string json) => NodeText.Read(json, json: true).Documents[0];
}
