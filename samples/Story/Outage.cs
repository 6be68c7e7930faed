using System.Net.Http.Json;
using System.Security.Cryptography;
using Steady.Contracts;
using Steady.Contracts.Faults;

namespace Steady.Story;

/// <summary>
/// A real outage: every connection of the edge checkout → ledger is reset, as long as this is kept and not a second longer
/// than the lease allows.
/// </summary>
public sealed class Outage : IAsyncDisposable
{
    private const int TtlSeconds = 10;
    private readonly HttpClient agent;
    private readonly Guid lease;
    private readonly CancellationTokenSource over = new();
    private Task renewing = Task.CompletedTask;

    private Outage(HttpClient agent, Guid lease) => (this.agent, this.lease) = (agent, lease);

    public static async Task<Outage> Begin(Places places, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var agent = places.FaultAgent;
        var outage = new Outage(agent, Guid.CreateVersion7(now));
        var fault = new FaultSpec("reset_peer", Attributes: new Dictionary<string, long> { ["timeout"] = 0 });
        var place = new PlaceLease(
            "checkout-ledger",
            Guid.CreateVersion7(now),
            1,
            fault,
            TtlSeconds,
            HardStopSeconds: 120
        );
        using var answer = await agent.PutAsJsonAsync(
            $"/leases/{outage.lease}",
            Signed(places.LeaseKey, outage.lease, place),
            Json.Options,
            stop
        );
        answer.EnsureSuccessStatusCode();
        outage.renewing = outage.Renew(clock);
        return outage;
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        using var answer = await agent.DeleteAsync(new Uri($"/leases/{lease}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private static PlaceLease Signed(string? encoded, Guid lease, PlaceLease place)
    {
        if (encoded is null)
            return place;
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(encoded), out _);
        return LeaseSignature.Sign(key, "fault-agent", lease, place);
    }

    private async Task Renew(TimeProvider clock)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(TtlSeconds / 3.0), clock);
        while (await beat.WaitForNextTickAsync(over.Token))
        {
            using var answer = await agent.PostAsJsonAsync(
                $"/leases/{lease}/renew",
                new RenewLease(1, TtlSeconds),
                Json.Options,
                over.Token
            );
            answer.EnsureSuccessStatusCode();
        }
    }
}
