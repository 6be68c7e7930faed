using JasperFx.Events;
using Steady.Experiments.Learning;
using Contract = Steady.Contracts.Experiments;

namespace Steady.Experiments.Exchange;

/// <summary>What stored events of findings mean to others.</summary>
public static class LearningAnnouncements
{
    public static object? Announce(IEvent stored) =>
        stored.Data switch
        {
            FindingRaised e => new Contract.FindingRaised(
                stored.StreamId,
                e.RunId,
                e.About.Experiment,
                e.About.Services,
                e.Kind,
                e.Coupling,
                e.About.Title,
                e.By,
                e.At
            ),
            ActionItemLinked e => new Contract.ActionItemLinked(
                stored.StreamId,
                e.Number,
                e.About.Title,
                e.About.Services,
                e.Text,
                e.Owner,
                e.DueOn,
                e.By,
                e.At
            ),
            FixVerified e => new Contract.FixVerified(
                stored.StreamId,
                e.About.Title,
                e.About.Services,
                e.Experiment,
                e.RunId,
                e.At
            ),
            _ => AnnouncePromotion(stored),
        };

    private static object? AnnouncePromotion(IEvent stored) =>
        stored.Data switch
        {
            ExperimentPromoted e => new Contract.ExperimentPromoted(
                e.Experiment,
                e.Environment,
                e.Target,
                e.Evidence,
                e.ValidUntil,
                e.By,
                e.At
            ),
            PromotionRevoked e => new Contract.PromotionRevoked(e.Experiment, e.Environment, e.Reason, e.By, e.At),
            _ => null,
        };
}
