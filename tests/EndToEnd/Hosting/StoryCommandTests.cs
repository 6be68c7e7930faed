using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Hosting;

/// <summary>
/// The README's two commands that bring a platform of their own. They have the machine to themselves: the story measures
/// how slow a service may become.
/// </summary>
[Collection(nameof(Alone))]
public sealed class StoryCommandTests : IDisposable
{
    private readonly Place place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task The_check_plays_the_story()
    {
        var (code, output) = await Bash("./up --check");
        Assert.True(code == 0, output);
        Assert.Contains("All 10 chapters happened", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_leaves_the_story_to_look_at()
    {
        var (code, output) = await Bash("./up --demo --fresh --detach && ./up --down");
        Assert.True(code == 0, output);
        Assert.Contains("/incidents/", output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output)> Bash(string command) =>
        Tool.Run(
            new Launch("bash", "-c", command)
            {
                Directory = Repository.Root,
                Environment = new Dictionary<string, string>
                {
                    ["STEADY_LOCAL"] = place.Directory("platform"),
                    ["STEADY_PORT_BASE"] = $"{Platform.PortBase}",
                },
            },
            TestContext.Current.CancellationToken
        );
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
