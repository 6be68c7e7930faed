using System.Diagnostics;
using Steady.ChaosToolkit;
using Xunit;

namespace Steady.Tests.Unit.ChaosToolkit;

/// <summary>Files that were made to hurt are refused by name, at once.</summary>
public sealed class HostileTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public static TheoryData<string, string> Bombs { get; } =
        new()
        {
            { new string('[', 100_000), "E-TOO-DEEP" },
            { "{\"title\": " + string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), "E-TOO-DEEP" },
            { "title: " + new string('[', 100_000), "E-TOO-DEEP" },
            {
                string.Join("\n", Enumerable.Range(0, 500).Select(level => new string(' ', level) + "a:")),
                "E-TOO-DEEP"
            },
            { "{\"title\": \"" + new string('x', 2_000_000) + "\"}", "E-TOO-LARGE" },
            { "{\"tags\": [" + string.Join(',', Enumerable.Repeat("1", 200_000)) + "]}", "E-TOO-MANY" },
            {
                "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
                    + string.Concat(
                        "bcdefghi".Select(
                            (name, at) =>
                                $"{name}: &{name} [{string.Join(", ", Enumerable.Repeat($"*{"abcdefghi"[at]}", 10))}]\n"
                        )
                    ),
                "E-TOO-MANY"
            },
            { "a: &a\n  b: *a\n", "E-SYNTAX" },
            { "title: !!python/object/apply:os.system [id]\n", "E-SYNTAX" },
        };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_refused_by_name_and_soon(string text, string code)
    {
        var watch = Stopwatch.StartNew();
        var report = ChaosToolkitText.Read(text);
        Assert.Equal(code, Assert.Single(report.Findings, finding => finding.Refuses).Code);
        Assert.True(watch.Elapsed < Soon, $"took {watch.Elapsed}");
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a*)*b")]
    [InlineData("(a|a)*b")]
    [InlineData("(a|aa)+$")]
    [InlineData("([a-z]+)*=")]
    [InlineData(@"(\w+\s?)*$")]
    [InlineData("(.*)*x")]
    [InlineData("(.*a){3,}")]
    [InlineData("((a{0,20}){0,20}){0,20}")]
    [InlineData("(x+x+)+y")]
    [InlineData(@"(a)\1")]
    [InlineData("(?P<n>a)(?P=n)")]
    [InlineData("a{99999}")]
    [InlineData("(?=(a+)+b)a")]
    public void A_pattern_that_can_take_time_without_end_is_refused(string pattern)
    {
        var (read, code, problem) = Pattern.Read(pattern);
        Assert.Null(read);
        Assert.Equal("E-REGEX-UNSAFE", code);
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("[0-9]{2}", "you are number 87", true)]
    [InlineData("[0-9]{2}", "you are number 8", false)]
    [InlineData(@"(\d+\.)+\d+", "v1.22.333", true)]
    [InlineData(@"^(?:[a-z]+,)*[a-z]+$", "a,b,c", true)]
    [InlineData(@"(?P<code>5\d\d)", "HTTP 503", true)]
    [InlineData(@"\Aok\Z", "ok\n", false)]
    [InlineData("(?i)OK", "ok", true)]
    [InlineData("^(?!error).*fine", "all is fine", true)]
    [InlineData("x{,2}y", "xxy", true)]
    [InlineData("a{b}", "a{b}", true)]
    [InlineData("[]x]+", "]", true)]
    [InlineData("(error|warning|fatal): .*", "warning: x", true)]
    public void A_pattern_of_a_person_is_run(string pattern, string text, bool found) =>
        Assert.Equal(found, Pattern.Read(pattern).Pattern!.IsFoundIn(text));

    [Theory]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("[z-a]")]
    [InlineData("a{3,2}")]
    [InlineData(@"a\")]
    [InlineData(@"\q")]
    [InlineData("(?<x")]
    public void A_pattern_that_is_none_is_told_so(string pattern) =>
        Assert.Equal("E-REGEX", Pattern.Read(pattern).Code);
}
