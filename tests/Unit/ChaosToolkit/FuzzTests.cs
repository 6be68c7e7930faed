using System.Diagnostics;
using CsCheck;
using Steady.ChaosToolkit;
using Steady.OpenSlo;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.ChaosToolkit;

/// <summary>Whatever a text holds, there is a verdict, and soon. A failure prints the seed that shows it again.</summary>
public sealed class FuzzTests
{
    // Generous for a busy machine; a reader that loops or explodes is far beyond.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static readonly string[] Files =
    [
        .. Directory
            .GetFiles(Repository.File("tests", "Unit", "ChaosToolkit", "Data"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText),
    ];

    private static readonly string[] Pieces =
    [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "true",
        "-1",
        "1e999",
        "\"\"",
        "{}",
        "[]",
        "\\",
        "\\ud800",
        "\0",
        "&a ",
        "*a",
        "- ",
        "\n",
        "\t",
        "${",
        "${x}",
        "$..*[?(@.a=1)]",
        "((((",
        "(a+)+$",
        "[^",
        "\\",
        "http://[::",
        "'",
        "../",
        ";",
    ];

    private static readonly Gen<string> Broken = Gen.Select(
            Gen.Int[0, Files.Length - 1],
            Gen.Select(Gen.Double[0, 1], Gen.Int[0, 60], Gen.Int[0, Pieces.Length - 1]).Array[1, 6]
        )
        .Select((file, cuts) => cuts.Aggregate(Files[file], Cut));

    [Fact]
    public void Every_text_gets_a_verdict() =>
        Broken.Sample(
            text =>
            {
                var watch = Stopwatch.StartNew();
                foreach (var format in (Format[])[Format.Json, Format.Yaml, Format.Auto])
                    _ = ChaosToolkitText.Read(text, format).Accepted;
                Assert.True(watch.Elapsed < Soon, $"took {watch.Elapsed}");
            },
            iter: 300
        );

    [Fact]
    public void Every_text_is_a_pattern_a_path_or_refused_by_name() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["ab()[]{}|*+?\\^$.,-:=!<>PQ\"'@and or0123"], 0, 40])
            .Sample(
                text =>
                {
                    var (pattern, code, _) = Pattern.Read(text);
                    Assert.Equal(pattern is null, code.StartsWith("E-REGEX", StringComparison.Ordinal));
                    var tolerance = Experiments.WithTolerance(
                        $$"""{"type": "jsonpath", "path": {{System.Text.Json.JsonSerializer.Serialize("$" + text)}}}"""
                    );
                    _ = ChaosToolkitText.Read(tolerance);
                },
                iter: 2_000
            );

    private static string Cut(string text, (double Where, int Length, int Piece) cut)
    {
        var at = (int)(cut.Where * text.Length);
        var end = Math.Min(text.Length, at + cut.Length);
        return text[..at] + Pieces[cut.Piece] + text[end..];
    }
}
