using System.CommandLine;
using Steady.Cli;
using Xunit;

namespace Steady.Tests.Unit.Cli;

public sealed class CommandTreeTests
{
    [Theory]
    [InlineData("incident", "declare")]
    [InlineData("token", "create")]
    public async Task A_group_without_a_command_shows_what_is_in_it(string group, string member)
    {
        var line = new CommandLine();
        Assert.Equal(Exit.Usage, await line.Run(group));
        Assert.Contains($" {group} [command]", line.Error, StringComparison.Ordinal);
        Assert.Contains(member, line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_option_and_argument_says_what_it_is()
    {
        var commands = ParsingTests.Walk(new CommandLine().Shell.Root).ToList();
        Assert.True(commands.Count > 25, "The walk sees the whole tree.");
        foreach (var command in commands)
        {
            Symbol[] symbols = [command, .. command.Options, .. command.Arguments];
            Assert.All(
                symbols,
                s =>
                    Assert.False(
                        string.IsNullOrWhiteSpace(s.Description),
                        $"{command.Name} {s.Name} has no description"
                    )
            );
        }
    }
}
