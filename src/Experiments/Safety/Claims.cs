using Marten;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Safety;

/// <summary>
/// What a run has for itself: its edge, its services and whoever depends on them. Claims are inserted in the transaction
/// that starts the run and deleted in the one that ends it: of two runs whose claims meet, started at the same moment, the
/// database lets one through.
/// </summary>
/// <param name="Id">What: <c>edge:checkout-ledger</c>, or <c>staging:checkout</c> for a service in an environment.</param>
/// <param name="RunId">Whose it is.</param>
/// <param name="At">Since when.</param>
public sealed record Claim(string Id, Guid RunId, DateTimeOffset At);

/// <summary>What a run claims: pure.</summary>
public static class Claiming
{
    /// <summary>
    /// An edge is one place in the agent, whatever environment a design names; a service is one per environment. A share of
    /// a service's budgets is set aside by one run at a time, wherever it runs.
    /// </summary>
    public static IReadOnlyList<string> Of(ExperimentDesign design, IReadOnlyList<string> dependents) =>
        [
            $"edge:{design.BlastRadius.Edge}",
            // In one order for everybody, so that two runs never wait for each other.
            .. design
                .BlastRadius.Services.Union(dependents)
                .Select(service => $"{design.Environment}:{service}")
                .Order(StringComparer.Ordinal),
            .. design
                .BlastRadius.Services.Union(dependents)
                .Where(_ => design.Budget is not null)
                .Select(Reserved)
                .Order(StringComparer.Ordinal),
        ];

    private static string Reserved(string service) => $"budget:{service}";
}

/// <summary>Where claims meet the store; the run's own transaction does the work.</summary>
public static class ClaimEndpoint
{
    public static Action<IDocumentSession> Take(IReadOnlyList<string> claims, Guid run, DateTimeOffset now) =>
        session => session.Insert(claims.Select(claim => new Claim(claim, run, now)).ToArray());

    public static Action<IDocumentSession> Release(Guid run) =>
        session => session.DeleteWhere<Claim>(claim => claim.RunId == run);

    /// <summary>Those of the claims that some run has.</summary>
    public static async Task<IReadOnlyList<Claim>> Find(
        IDocumentStore store,
        IReadOnlyList<string> claims,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        return await session.LoadManyAsync<Claim>(stop, [.. claims]);
    }
}
