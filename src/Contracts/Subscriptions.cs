using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;

namespace Steady.Contracts;

/// <summary>
/// Which durable queue wants which event. A broker confirms and drops what no queue wants, so every publisher declares
/// these queues before its first message and a message of a listed type that reaches none is an error.
/// </summary>
public static class Subscriptions
{
    /// <summary>Declares incidents from what other services report.</summary>
    public const string Response = "incidents.response";

    /// <summary>Gives alerts their incident; apart from the others, so that a storm of them holds up nothing else.</summary>
    public const string Intake = "incidents.intake";

    /// <summary>Copies what other services report into the timeline.</summary>
    public const string Timeline = "incidents.timeline";

    /// <summary>Says again what the catalog says, to whoever asks.</summary>
    public const string Catalog = "incidents.catalog";

    /// <summary>Puts spent budget down to incidents and runs.</summary>
    public const string Attribution = "budgets.attribution";

    /// <summary>Counts work on incidents as operations of a team.</summary>
    public const string Toil = "budgets.toil";

    /// <summary>Halts runs when something real is going on.</summary>
    public const string Safety = "experiments.safety";

    /// <summary>Knows what services need, for topologies.</summary>
    public const string Topologies = "experiments.catalog";

    /// <summary>Knows which services there are and whose they are, for objectives and toil.</summary>
    public const string Services = "budgets.catalog";

    /// <summary>Queue name → the events bound to it.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Type>> Queues { get; } =
        new Dictionary<string, IReadOnlyList<Type>>
        {
            [Response] =
            [
                typeof(BurnAlertOpened),
                typeof(BurnAlertEscalated),
                typeof(BurnAlertClosed),
                typeof(RevertUnconfirmed),
                typeof(ActionItemLinked),
            ],
            [Intake] = [typeof(AlertFired)],
            [Timeline] =
            [
                typeof(BurnAlertOpened),
                typeof(BurnAlertEscalated),
                typeof(BurnAlertClosed),
                typeof(BudgetExhausted),
                typeof(BudgetRestored),
                typeof(GateDecided),
                typeof(SpendAttributed),
                typeof(GateOverridden),
                typeof(AdjustmentApproved),
                typeof(AdjustmentRevoked),
                typeof(DeployRecorded),
                typeof(PolicyChanged),
                typeof(DataGapOpened),
                typeof(DataGapClosed),
                typeof(RunRefused),
                typeof(RunStarted),
                typeof(FaultInjected),
                typeof(FaultReverted),
                typeof(RungJudged),
                typeof(RunHalted),
                typeof(RunConcluded),
                typeof(RevertUnconfirmed),
            ],
            [Catalog] = [typeof(CatalogAsked)],
            [Attribution] =
            [
                typeof(IncidentResolved),
                typeof(RunHalted),
                typeof(RunConcluded),
                typeof(RevertUnconfirmed),
            ],
            [Toil] = [typeof(IncidentResolved)],
            [Safety] =
            [
                typeof(IncidentDeclared),
                typeof(IncidentReopened),
                typeof(IncidentSeverityChanged),
                typeof(BurnAlertOpened),
                typeof(BurnAlertEscalated),
            ],
            [Topologies] = [typeof(CatalogServiceSet), typeof(CatalogServiceRemoved)],
            [Services] = [typeof(CatalogServiceSet), typeof(CatalogServiceRemoved)],
        };
}
