namespace Steady.Kernel;

/// <summary>What became of a write.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>Events were stored, or there was nothing to do (<see cref="Appended"/> = 0).</summary>
    /// <param name="Id">The stream.</param>
    /// <param name="Version">The stream's version now.</param>
    /// <param name="Appended">How many events were stored.</param>
    public sealed record Done(Guid Id, long Version, int Appended) : Outcome;

    /// <summary>The same request had been stored before; nothing was added.</summary>
    /// <param name="Id">The stream.</param>
    /// <param name="Version">The stream's version now.</param>
    public sealed record Repeated(Guid Id, long Version) : Outcome;

    /// <summary>The rule said no; nothing was stored.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(Refusal Reason) : Outcome;

    /// <summary>There is no such stream.</summary>
    public sealed record Missing : Outcome;

    /// <summary>The stream has moved on since the version the caller named.</summary>
    /// <param name="Version">The stream's version now.</param>
    public sealed record Stale(long Version) : Outcome;

    /// <summary>A stream of this id exists and was started by another request.</summary>
    /// <param name="Id">The stream.</param>
    /// <param name="KeyReused">True when an <c>Idempotency-Key</c> was sent again with another body.</param>
    public sealed record Taken(Guid Id, bool KeyReused) : Outcome;
}
