using System.Text;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>The page docs/safety-figures.md: the newest kept run of each program of the safety suite, word for word.</summary>
internal static class SafetyFigures
{
    private static readonly string[] Programs = ["kill-points", "breach"];

    public static bool Are(string benchmark) => Programs.Contains(benchmark);

    public static async Task Write()
    {
        var results = Repository.File("tests", "Benchmarks", "results");
        var page = new StringBuilder(
            "# Safety figures\n\nWritten by the safety suite ([safety-suite.md](safety-suite.md)) when it was run with `--save`.\n"
        );
        foreach (var program in Programs)
        {
            var newest = Directory
                .GetFiles(results, $"{program}.md", SearchOption.AllDirectories)
                .OrderDescending(StringComparer.Ordinal)
                .FirstOrDefault();
            if (newest is not null)
                page.Append("\n#").AppendLine((await File.ReadAllTextAsync(newest)).TrimEnd());
        }

        await File.WriteAllTextAsync(Repository.File("docs", "safety-figures.md"), page.ToString());
    }
}
