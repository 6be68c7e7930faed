using System.Globalization;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;

namespace Steady.Incidents.Timeline;

/// <summary>What a message of another service can be found by beside its sentence. Pure.</summary>
public static class MessageLabels
{
    /// <summary>Null for what says nothing more.</summary>
    public static IReadOnlyDictionary<string, string>? Of(object message) =>
        message switch
        {
            BurnAlertOpened e => Burning(e.Objective, e.Factor),
            BurnAlertEscalated e => Burning(e.Objective, e.Factor),
            BurnAlertClosed e => Budget(e.Objective),
            BudgetExhausted e => Budget(e.Objective),
            BudgetRestored e => Budget(e.Objective),
            SpendAttributed e => Budget(e.Objective),
            AdjustmentApproved e => Budget(e.Objective),
            AdjustmentRevoked e => Budget(e.Objective),
            DataGapOpened e => Budget(e.Objective),
            DataGapClosed e => Budget(e.Objective),
            DeployRecorded e => WentOut(e),
            _ => Experiment(message) is { } name ? new Dictionary<string, string> { ["experiment"] = name } : null,
        };

    private static string? Experiment(object message) =>
        message switch
        {
            RunRefused e => e.Experiment,
            RunStarted e => e.Experiment,
            FaultInjected e => e.Experiment,
            FaultReverted e => e.Experiment,
            RungJudged e => e.Experiment,
            RunHalted e => e.Experiment,
            RunConcluded e => e.Experiment,
            RevertUnconfirmed e => e.Experiment,
            _ => null,
        };

    private static Dictionary<string, string> Budget(string objective) => new() { ["budget"] = objective };

    private static Dictionary<string, string> Burning(string objective, decimal factor) =>
        new() { ["budget"] = objective, ["burn"] = factor.ToString("0.####", CultureInfo.InvariantCulture) };

    private static Dictionary<string, string> WentOut(DeployRecorded e)
    {
        var labels = new Dictionary<string, string> { ["ref"] = e.Ref, ["environment"] = e.Environment };
        if (e.Team is { } team)
            labels["team"] = team;
        return labels;
    }
}
