using System.Text.RegularExpressions;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Flow;

/// <summary>Every command of the README is run as it stands there, or its switch is asked for.</summary>
[Collection(nameof(Platform))]
public sealed partial class ReadmeTests(Platform platform)
{
    private static readonly string[] Whole = ["./up --demo", "./up --check", "./test"];

    public static TheoryData<string> Commands =>
        [.. Lines().Where(line => line.StartsWith("./steady ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_the_README_does_what_it_says(string command)
    {
        var (code, output) = await Bash(command);
        Assert.True(code == 0, $"{command} exited with {code}:\n{output}");
    }

    [Fact]
    public async Task Its_other_commands_start_the_platform_or_the_tests()
    {
        Assert.Equal(
            Whole,
            Lines()
                .Where(line =>
                    !line.StartsWith("./steady ", StringComparison.Ordinal)
                    && !line.StartsWith("export ", StringComparison.Ordinal)
                )
        );
        var (code, help) = await Bash("./up --help");
        Assert.Equal(0, code);
        Assert.Contains("--demo", help, StringComparison.Ordinal);
        Assert.Contains("--check", help, StringComparison.Ordinal);
        Assert.True(File.Exists(Repository.File("test")));
    }

    private Task<(int Code, string Output)> Bash(string command) =>
        Tool.Run(
            new Launch("bash", "-c", command)
            {
                Directory = Repository.Root,
                Environment = new Dictionary<string, string>
                {
                    ["STEADY_URL"] = platform.Address("web").ToString(),
                    ["STEADY_TOKEN"] = platform.Token,
                },
            },
            TestContext.Current.CancellationToken
        );

    private static IEnumerable<string> Lines() =>
        Blocks()
            .Matches(File.ReadAllText(Repository.File("README.md")))
            .SelectMany(block => block.Groups[1].Value.Trim().Split('\n'));

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
