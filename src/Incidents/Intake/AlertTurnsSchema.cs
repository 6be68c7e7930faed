using Marten;

namespace Steady.Incidents.Intake;

/// <summary>Finds the last alert about a trouble.</summary>
public static class AlertTurnsSchema
{
    /// <summary>It, and how many there were. One that is being stored at this moment is met again when it is stored twice.</summary>
    public static async Task<(Alert? Last, int Turn)> Last(
        IDocumentStore store,
        string integration,
        string dedupKey,
        CancellationToken stop
    )
    {
        var fingerprint = AlertTurns.FingerprintOf(dedupKey);
        await using var session = store.QuerySession();
        var turn = await session
            .Query<Alert>()
            .CountAsync(alert => alert.Fingerprint == fingerprint && alert.Fired.Integration == integration, stop);
        return turn == 0
            ? (null, 0)
            : (await session.LoadAsync<Alert>(AlertKey.IdOf(integration, fingerprint, turn), stop), turn);
    }
}
