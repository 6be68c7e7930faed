using System.Text.Json;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Cli;

/// <summary><c>steady experiment lint</c> needs no platform: its answer and its exit code are all there is.</summary>
public sealed class ExperimentLintTests
{
    [Theory]
    [InlineData("01-http-status-list-tolerance.json", "refused", 1)]
    [InlineData("08-legacy-step-format.json", "refused", 1)]
    [InlineData("accepted.yaml", "accepted", 0)]
    public async Task The_verdict_is_printed_as_json_and_is_the_exit_code(string file, string verdict, int exit)
    {
        var line = new CommandLine();
        Assert.Equal(exit, await line.Run("experiment", "lint", "-f", Data(file), "--json"));

        var answer = JsonDocument.Parse(line.Output).RootElement;
        Assert.Equal(["verdict", "findings"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal(verdict, answer.GetProperty("verdict").GetString());
        foreach (var finding in answer.GetProperty("findings").EnumerateArray())
            Assert.Equal(["code", "pointer", "message"], finding.EnumerateObject().Select(member => member.Name));
        Assert.Equal("", line.Error);
    }

    [Fact]
    public async Task Variables_are_given_by_option()
    {
        var line = new CommandLine();
        await line.Run("experiment", "lint", "-f", Data("06-deprecated-dict-arguments.json"), "--json");
        Assert.Contains("E-ENV-MISSING", line.Output, StringComparison.Ordinal);

        string[] given =
        [
            "--env",
            "WEBAPP_SERVICE_ADDR=http://shop.example",
            "--env",
            "PROMETHEUS_ADDR=http://p.example",
        ];
        var other = new CommandLine();
        await other.Run(["experiment", "lint", "-f", Data("06-deprecated-dict-arguments.json"), "--json", .. given]);
        Assert.DoesNotContain("E-ENV-MISSING", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_get_a_table()
    {
        var line = new CommandLine();
        Assert.Equal(1, await line.Run("experiment", "lint", "-f", Data("07-runtime-rollbacks-never.json")));
        Assert.Contains("refused", line.Output, StringComparison.Ordinal);
        Assert.Contains("E-NEVER-ROLLBACK", line.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not-there.json")]
    [InlineData(".")]
    public async Task A_file_that_cannot_be_read_is_a_mistake(string file)
    {
        var line = new CommandLine();
        Assert.Equal(2, await line.Run("experiment", "lint", "-f", file, "--json"));
        Assert.Equal("", line.Output);
    }

    private static string Data(string file) => Repository.File("tests", "Unit", "ChaosToolkit", "Data", file);
}
