using System.Text.RegularExpressions;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Wire;

/// <summary>Whoever meets a problem code finds what it means and what to do in docs/errors.md.</summary>
public sealed partial class ProblemCodeTests
{
    [Fact]
    public void Every_problem_code_has_its_section()
    {
        var documented = Section()
            .Matches(File.ReadAllText(Repository.File("docs", "errors.md")))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        var missing = Sources()
            .SelectMany(file => Codes(File.ReadAllText(file)).Select(code => (file, code)))
            .Where(found => !documented.Contains(found.code))
            .Select(found => $"{found.code} ({Path.GetRelativePath(Repository.Root, found.file)})")
            .Distinct();
        Assert.True(!missing.Any(), $"Write a section '## code' in docs/errors.md for: {string.Join(", ", missing)}");
    }

    [Theory]
    [InlineData("""new Refusal("some-code", "Why.")""")]
    [InlineData("""Answers.Problem(400, "some-code", detail)""")]
    [InlineData("""Problem(new(404, "some-code", "Why."))""")]
    [InlineData("""Invalid("some-code", "Why.")""")]
    [InlineData("""private static Refusal Why(string field) =>\n  new("some-code", "Why.");""")]
    [InlineData("""404 => ("some-code", "Why.")""")]
    [InlineData("""extensions: new Dictionary<string, object?> { ["code"] = "some-code" }""")]
    public void A_code_is_found_however_it_is_written(string source) =>
        Assert.Equal(["some-code"], Codes(source.Replace("\\n", "\n", StringComparison.Ordinal)));

    private static IEnumerable<string> Sources() =>
        new[] { "src", "ServiceDefaults" }
            .Select(folder => Repository.File(folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));

    private static IEnumerable<string> Codes(string source) =>
        Code().Matches(source).Select(match => match.Groups["code"].Value);

    // The first words in quotes where an answer is made: a refusal, a problem, or a status turned into one.
    [GeneratedRegex(
        """(?:\b(?:Refusal|Problem|Invalid)\(\s*|\bRefusal \w+(?:\([^)]*\))? =>\s*new\(\s*|=>\s*\(\s*|\["code"\] = )(?:new\(\s*)?(?:[\w.]+,\s*)?"(?<code>[a-z]+(?:-[a-z0-9]+)*)"(?:\s*,| \})"""
    )]
    private static partial Regex Code();

    [GeneratedRegex(@"^## ([a-z0-9-]+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Section();
}
