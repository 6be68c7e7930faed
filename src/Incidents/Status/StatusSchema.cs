using JasperFx.Events.Projections;
using Marten;

namespace Steady.Incidents.Status;

/// <summary>What this room keeps.</summary>
public static class StatusSchema
{
    public static void Add(StoreOptions options)
    {
        options.Projections.Add<StoriesProjection>(ProjectionLifecycle.Async);
        options.Schema.For<PublicStory>().Duplicate(story => story.IsTold);
    }
}
