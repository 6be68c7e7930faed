using Steady.Experiments.Design;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Gates;

namespace Steady.Experiments.Learning;

/// <summary>Closed for a run in production whose design was not shown to hold before.</summary>
public sealed class PromotionGate(PromotionWorker promotions) : IGate
{
    private const string Production = "production";

    public async Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop)
    {
        if (question.Design.Environment != Production)
            return [];
        var promotion = await promotions.Covering(DesignHash.Of(question.Design), stop);
        var (open, evidence) = Answer(promotion, question.At);
        return [new("promotion", question.Design.Name, open, evidence, question.At)];
    }

    public static (bool Open, string Evidence) Answer(Promotion? promotion, DateTimeOffset now) =>
        promotion switch
        {
            null => (false, "The design was not promoted. Show that it holds where less can be hurt, then promote it."),
            { RevokedAt: not null } => (false, $"Its promotion was revoked: {promotion.RevokedBecause}"),
            _ when !promotion.Holds(now) => (
                false,
                $"What was shown is too old since {promotion.ValidUntil:yyyy-MM-dd}. Show again that it holds, then promote it."
            ),
            _ => (
                true,
                $"'{promotion.Experiment}' held {promotion.Evidence.Held.Count} times, and its rollback was proven."
            ),
        };
}
