using System.Text.RegularExpressions;
using Steady.LocalHosting.Processes;
using Steady.Tests.EndToEnd.Hosting;
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

    [Fact]
    public async Task The_check_and_the_demo_play_the_story_on_a_platform_of_their_own()
    {
        using var place = new Place();
        var apart = Apart(place);
        var (code, output) = await Bash("./up --check", apart);
        Assert.True(code == 0, output);
        Assert.Contains("All 8 chapters happened", output, StringComparison.Ordinal);

        (code, output) = await Bash("./up --demo --fresh --detach && ./up --down", apart);
        Assert.True(code == 0, output);
        Assert.Contains("/incidents/", output, StringComparison.Ordinal);
    }

    // Beside the platform of the other tests: other ports, other data.
    private Dictionary<string, string> Apart(Place place) =>
        new()
        {
            ["STEADY_LOCAL"] = place.Directory("platform"),
            ["STEADY_PORT_BASE"] = $"{platform.Address("web").Port - 80 + 100}",
        };

    private Task<(int Code, string Output)> Bash(string command) =>
        Bash(
            command,
            new Dictionary<string, string>
            {
                ["STEADY_URL"] = platform.Address("web").ToString(),
                ["STEADY_TOKEN"] = platform.Token,
            }
        );

    private static Task<(int Code, string Output)> Bash(string command, Dictionary<string, string> environment) =>
        Tool.Run(
            new Launch("bash", "-c", command) { Directory = Repository.Root, Environment = environment },
            TestContext.Current.CancellationToken
        );

    private static IEnumerable<string> Lines() =>
        Blocks()
            .Matches(File.ReadAllText(Repository.File("README.md")))
            .SelectMany(block => block.Groups[1].Value.Trim().Split('\n'));

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
