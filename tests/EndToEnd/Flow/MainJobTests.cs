using Steady.Story;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Flow;

[Collection(nameof(Platform))]
public sealed class MainJobTests(Platform platform)
{
    [Fact]
    public async Task The_main_job_happens_from_end_to_end()
    {
        using var places = new Places(
            platform.Address("web"),
            platform.Token,
            platform.Address("fault-agent"),
            platform.Address("checkout"),
            platform.Address("dashboard")
        );
        var chapters = new MainJob(places, TimeProvider.System).Chapters;
        Assert.Equal(0, await new Narrator(TimeProvider.System).Tell(chapters, TestContext.Current.CancellationToken));
    }
}

[CollectionDefinition(nameof(Platform), DisableParallelization = true)]
public sealed class PlatformCollection : ICollectionFixture<Platform>;
