using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Flow;

/// <summary>
/// Tests that share one platform, one after the other in no promised order: each works on services of its own, since what
/// another broke may have spent the shop's budget.
/// </summary>
[CollectionDefinition(nameof(Platform), DisableParallelization = true)]
public sealed class PlatformCollection : ICollectionFixture<Platform>;
