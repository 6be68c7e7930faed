using JasperFx.Events;
using Steady.Contracts.Experiments;
using Steady.Experiments.GameDays;
using Contract = Steady.Contracts.Experiments;
using Stored = Steady.Experiments.GameDays;

namespace Steady.Experiments.Exchange;

/// <summary>What stored events of game days mean to others.</summary>
public static class GameDayAnnouncements
{
    public static object? Announce(IEvent stored) =>
        stored.Data switch
        {
            Stored.GameDayPlanned e => Planned(stored.StreamId, e.Plan, e.By, e.At),
            GameDayReplanned e => Planned(stored.StreamId, e.Plan, e.By, e.At),
            Stored.GoNoGoVoted e => new Contract.GoNoGoVoted(stored.StreamId, e.About.Name, e.Go, e.Reason, e.By, e.At),
            Stored.AgendaRunCalled e => new Contract.AgendaRunCalled(
                stored.StreamId,
                e.About.Name,
                e.RunId,
                e.Experiment,
                e.By,
                e.At
            ),
            Stored.GameDayConcluded e => new Contract.GameDayConcluded(
                stored.StreamId,
                e.About.Name,
                e.About.Title,
                e.Summary,
                e.By,
                e.At
            ),
            _ => AnnounceApproval(stored) ?? AnnounceAnnouncement(stored) ?? LearningAnnouncements.Announce(stored),
        };

    private static ApprovalChanged? AnnounceApproval(IEvent stored)
    {
        return stored.Data switch
        {
            ApprovalRequested e => Changed(e.About, ApprovalState.Requested, null, e.By, e.At),
            ApprovalGranted e => Changed(e.About, ApprovalState.Granted, e.Reason, e.By, e.At),
            ApprovalRefused e => Changed(e.About, ApprovalState.Refused, e.Reason, e.By, e.At),
            ApprovalLapsed e => Changed(e.About, ApprovalState.Lapsed, null, "rule:gameday", e.At),
            _ => null,
        };

        ApprovalChanged Changed(Occasion about, ApprovalState state, string? reason, string by, DateTimeOffset at) =>
            new(stored.StreamId, about.Name, about.Environment, state, reason, by, at);
    }

    private static object? AnnounceAnnouncement(IEvent stored) =>
        stored.Data switch
        {
            Stored.AnnouncementSent e => new Contract.AnnouncementSent(
                stored.StreamId,
                e.About.Name,
                e.Number,
                e.Channel,
                e.Message,
                e.AcknowledgeBy,
                e.DueAt,
                e.By,
                e.At
            ),
            Stored.AnnouncementAcknowledged e => new Contract.AnnouncementAcknowledged(
                stored.StreamId,
                e.About.Name,
                e.Number,
                e.By,
                e.At
            ),
            Stored.AnnouncementEscalated e => new Contract.AnnouncementEscalated(
                stored.StreamId,
                e.About.Name,
                e.Number,
                e.Channel,
                e.Message,
                e.Waiting,
                e.To,
                e.At
            ),
            _ => null,
        };

    private static Contract.GameDayPlanned Planned(Guid id, GameDayPlan plan, string by, DateTimeOffset at)
    {
        var (opens, closes) = WindowTimes.Of(plan.Window);
        return new(
            id,
            plan.Name,
            plan.Title,
            plan.Environment,
            opens,
            closes,
            [.. plan.Agenda.Select(item => item.Experiment).OfType<string>()],
            plan.Roles,
            by,
            at
        );
    }
}
