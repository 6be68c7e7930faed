using Marten;

namespace Steady.Experiments.Safety;

/// <summary>
/// An edge belongs to one run. The claim is inserted in the transaction that starts the run and deleted in the one that
/// ends it: of two runs that start at the same moment, the database lets one through.
/// </summary>
/// <param name="Id">The edge.</param>
/// <param name="RunId">Whose it is.</param>
/// <param name="At">Since when.</param>
public sealed record EdgeClaim(string Id, Guid RunId, DateTimeOffset At);

/// <summary>Where the claim meets the store; the run's own transaction does the work.</summary>
public static class ClaimEndpoint
{
    public static Action<IDocumentSession> Take(string edge, Guid run, DateTimeOffset now) =>
        session => session.Insert(new EdgeClaim(edge, run, now));

    public static Action<IDocumentSession> Release(string edge, Guid run) =>
        session => session.DeleteWhere<EdgeClaim>(claim => claim.Id == edge && claim.RunId == run);
}
