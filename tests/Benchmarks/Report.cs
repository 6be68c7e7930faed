using System.Globalization;
using System.Text;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// Prints what was measured, and with <c>--save</c> keeps it under <c>results/&lt;date&gt;-&lt;machine&gt;/</c> with the exact
/// command and the machine's load.
/// </summary>
public sealed class Report(bool save)
{
    private readonly StringBuilder text = new();
    private string name = "";

    public void Begin(string benchmark)
    {
        name = benchmark;
        text.Clear();
        Line($"# {benchmark}");
        Line("");
        Line(
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, load {Load()}, .NET {Environment.Version}"
        );
        Line($"Command: `dotnet run --project tests/Benchmarks -- {benchmark} --save`");
        Line("");
    }

    public void Line(string line)
    {
        Console.WriteLine(line);
        text.AppendLine(line);
    }

    /// <summary>One row of figures, in milliseconds, from raw samples.</summary>
    public void Percentiles(string what, IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        double At(double p) => sorted[Math.Min(sorted.Length - 1, (int)(p * sorted.Length))];
        Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: n={sorted.Length} p50={At(.5):F1} ms p95={At(.95):F1} ms p99={At(.99):F1} ms max={sorted[^1]:F1} ms"
            )
        );
    }

    public async Task End()
    {
        if (!save)
            return;
        var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var folder = Path.Combine(
            Repository.Root,
            "tests",
            "Benchmarks",
            "results",
            $"{day}-{Environment.ProcessorCount}-cores"
        );
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.md"), text.ToString());
        if (SafetyFigures.Are(name))
            await SafetyFigures.Write();
    }

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
