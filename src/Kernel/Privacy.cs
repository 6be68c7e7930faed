using System.Security.Claims;
using Marten;

namespace Steady.Kernel;

/// <summary>
/// What a service keeps from most people, in what it announces and in its live feed. As it stands here, nothing is private.
/// </summary>
public class Privacy
{
    private static readonly IReadOnlyDictionary<Guid, IReadOnlyCollection<string>> Nothing =
        new Dictionary<Guid, IReadOnlyCollection<string>>();

    /// <summary>The private streams, and who may know of each.</summary>
    /// <param name="session">Where they are kept.</param>
    /// <param name="stop">Cancels.</param>
    public virtual Task<IReadOnlyDictionary<Guid, IReadOnlyCollection<string>>> Load(
        IQuerySession session,
        CancellationToken stop
    ) => Task.FromResult(Nothing);

    /// <summary>The contract event as others may know it.</summary>
    /// <param name="message">The contract event.</param>
    public virtual object Veil(object message) => message;

    /// <summary>Whether somebody may know of a stream.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="people">Who may know of it.</param>
    public virtual bool Sees(ClaimsPrincipal viewer, IReadOnlyCollection<string> people) => false;

    /// <summary>Whether somebody passes on, to those who may know, that something happened: they hear it veiled, and for whom it is.</summary>
    /// <param name="viewer">Who.</param>
    public virtual bool Relays(ClaimsPrincipal viewer) => false;

    /// <summary>Keeps that somebody was told of private streams.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="streams">Of which.</param>
    /// <param name="stop">Cancels.</param>
    public virtual Task Read(ClaimsPrincipal viewer, IReadOnlyCollection<Guid> streams, CancellationToken stop) =>
        Task.CompletedTask;
}
