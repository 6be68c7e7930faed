using JasperFx.Events.Projections;
using Marten;

namespace Steady.Incidents.Learning;

/// <summary>What this room keeps.</summary>
public static class LearningSchema
{
    public static void Add(StoreOptions options)
    {
        options.Events.MapEventType<PostmortemStarted>("postmortem_started.v1");
        options.Events.MapEventType<SectionWritten>("section_written.v1");
        options.Events.MapEventType<PostmortemSubmitted>("postmortem_submitted.v1");
        options.Events.MapEventType<PostmortemSentBack>("postmortem_sent_back.v1");
        options.Events.MapEventType<PostmortemReviewed>("postmortem_reviewed.v1");
        options.Events.MapEventType<PostmortemPublished>("postmortem_published.v1");
        options.Events.MapEventType<KeyMomentTold>("key_moment_told.v1");
        options.Events.MapEventType<KeyMomentLeftOut>("key_moment_left_out.v1");
        options.Projections.Snapshot<ToldStory>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Postmortem>(SnapshotLifecycle.Inline);
    }
}
