using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Experiments;

/// <summary>The page of the safety suite names a test for each of the thirteen promises, and the test is there.</summary>
public sealed partial class PromiseListTests
{
    [Fact]
    public void Every_promise_is_listed_with_the_test_that_shows_it()
    {
        var rows = Row()
            .Matches(File.ReadAllText(Repository.File("docs", "safety-suite.md")))
            .ToDictionary(
                row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture),
                row => row.Groups[2].Value
            );
        Assert.Equal(Enumerable.Range(1, 13), rows.Keys.Order());
        foreach (var (number, shown) in rows)
        {
            if (!shown.Contains("named test", StringComparison.Ordinal))
                continue;
            var named = Type.GetType($"Steady.Tests.Unit.Experiments.{Named().Match(shown).Groups[1].Value}")!
                .GetMethods()
                .Where(method => method.Name.StartsWith($"Invariant_{number}_", StringComparison.Ordinal));
            Assert.Contains(named, method => method.GetCustomAttribute<FactAttribute>() is not null);
        }
    }

    [GeneratedRegex(@"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Named();
}
