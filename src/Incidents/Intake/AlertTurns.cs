using System.Security.Cryptography;
using System.Text;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>
/// Alerts of senders that name a trouble and not when it began: the first event about it opens an alert, further ones are about the
/// same until it is over, and the next opens another. Pure.
/// </summary>
public static class AlertTurns
{
    /// <summary>What is the same for every event about the same trouble.</summary>
    public static string FingerprintOf(string dedupKey) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dedupKey)).AsSpan(0, 16));

    /// <summary>What is to be stored; null when there is nothing to it.</summary>
    /// <param name="read">The event.</param>
    /// <param name="integration">Who sends.</param>
    /// <param name="dedupKey">What the trouble is known by.</param>
    /// <param name="last">The last alert about it; null when there was none.</param>
    /// <param name="turn">How many there were.</param>
    /// <param name="now">The moment.</param>
    public static Signal? Decide(
        PagerDutyEvent read,
        string integration,
        string dedupKey,
        Alert? last,
        int turn,
        DateTimeOffset now
    )
    {
        var at = read.At ?? now;
        // A sender's clock may be ahead; trouble does not begin tomorrow.
        at = at < now ? at : now;
        var open = last is { IsFiring: true };
        return read.Action switch
        {
            PagerDutyAction.Trigger when !open => new Signal(
                new AlertKey(integration, FingerprintOf(dedupKey), at, turn + 1),
                read.Labels,
                read.Annotations,
                read.Link,
                null
            ),
            PagerDutyAction.Resolve when open => new Signal(
                new AlertKey(integration, FingerprintOf(dedupKey), last!.Fired.StartsAt, turn),
                last.Fired.Labels,
                last.Fired.Annotations,
                last.Fired.Link,
                at
            ),
            // What is open already is said again; what is not open cannot be acknowledged or be over.
            _ => null,
        };
    }

    /// <summary>Acknowledged once; again, or when it is over, changes nothing.</summary>
    public static Decision Acknowledge(Alert alert, string by, DateTimeOffset at, DateTimeOffset now) =>
        alert is { IsFiring: true, AcknowledgedAt: null }
            ? [new AlertAcknowledged(alert.Service, alert.Fired.Title, by, at < now ? at : now, now)]
            : [];
}
