using System.Text.Json;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Cli;

/// <summary><c>steady objective lint</c> needs no platform: its answer and its exit code are all there is.</summary>
public sealed class LintTests
{
    [Theory]
    [InlineData("spec/examples/budgeting-method/occurences-slo.yaml", "valid", 0)]
    [InlineData("spec/readme-03.yaml", "invalid", 1)]
    [InlineData("spec/v2alpha-01.yaml", "decode-error", 1)]
    [InlineData("go-sdk/pkg/openslosdk/test_data/decode/sequence_of_objects.json", "valid", 0)]
    public async Task The_verdict_is_printed_as_json_and_is_the_exit_code(string file, string verdict, int exit)
    {
        var line = new CommandLine();
        Assert.Equal(exit, await line.Run("objective", "lint", "-f", Data(file), "--mode", "strict", "--json"));

        var answer = JsonDocument.Parse(line.Output).RootElement;
        Assert.Equal(verdict, answer.GetProperty("verdict").GetString());
        var findings = answer.GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal(exit == 0, findings.Count == 0);
        foreach (var finding in findings)
            Assert.All((string[])["path", "rule", "message"], name => Assert.True(finding.TryGetProperty(name, out _)));
        Assert.Equal("", line.Error);
    }

    [Fact]
    public async Task People_get_a_table()
    {
        var line = new CommandLine();
        Assert.Equal(1, await line.Run("objective", "lint", "-f", Data("spec/readme-03.yaml")));
        Assert.Contains("invalid", line.Output, StringComparison.Ordinal);
        Assert.Contains("metadata.name", line.Output, StringComparison.Ordinal);
        Assert.Contains("string_dns_label", line.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_mistake()
    {
        var line = new CommandLine();
        Assert.Equal(2, await line.Run("objective", "lint", "-f", "not-there.yaml", "--json"));
        Assert.Equal("", line.Output);
    }

    private static string Data(string file) => Repository.File("tests", "Unit", "OpenSlo", "Data", file);
}
