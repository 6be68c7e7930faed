using Steady.Contracts.Budgets;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What Budgets says, for tests.</summary>
internal static class Messages
{
    public static BurnAlertOpened Alert(string service, DateTimeOffset at) =>
        new(
            Guid.CreateVersion7(at),
            Guid.CreateVersion7(at),
            $"{service}-availability",
            service,
            BurnSeverity.Page,
            "1h",
            "5m",
            14.4m,
            LongGood: 900,
            LongBad: 100,
            ShortGood: 10,
            ShortBad: 90,
            at
        );
}
