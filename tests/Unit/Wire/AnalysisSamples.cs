using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Analysis;

namespace Steady.Tests.Unit.Wire;

internal static partial class Samples
{
    private static object[] Analysis =>
        [
            new ContradictionRuled(
                One,
                "checkout",
                ContradictionKind.DifferentTimes,
                [One, Two],
                RulingVerdict.OneHolds,
                Two,
                "The log of the load balancer says so.",
                "ana",
                Later
            ),
            new CauseStated(Two, One, One, ["checkout"], EntryConfidence.High, "The same commit.", "ana", Later),
            new CauseWithdrawn(Two, One, One, ["checkout"], "It was rolled back before.", "ana", Later),
        ];
}
