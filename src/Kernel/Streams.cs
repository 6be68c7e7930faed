using System.Diagnostics;
using JasperFx;
using JasperFx.Events;
using Marten;

namespace Steady.Kernel;

/// <summary>A message that was taken in: kept in the same transaction as its effect, so that a message has one effect.</summary>
/// <param name="Id">Queue and message id.</param>
/// <param name="At">When it was taken in.</param>
public sealed record Receipt(string Id, DateTimeOffset At);

/// <summary>
/// The one way to write: load, decide, append, save. What must hold for every write (who, in which trace, once, retried
/// on a lost race) holds here.
/// </summary>
/// <param name="store">The service's event store.</param>
public sealed class Streams(IDocumentStore store)
{
    private const string RequestKey = "request-key";
    private const string RequestHash = "request-hash";
    private const int Races = 8;

    /// <summary>Decides on an existing stream. Without an expected version a lost race is decided again.</summary>
    /// <typeparam name="T">The stream's state.</typeparam>
    /// <param name="id">The stream.</param>
    /// <param name="expected">The version the caller has seen, or any.</param>
    /// <param name="by">Who.</param>
    /// <param name="decide">The rule. It may be called several times.</param>
    /// <param name="stop">Cancels.</param>
    /// <param name="receipt">The message that asks for it, when one does.</param>
    /// <param name="with">Further changes that belong into the same transaction; made only when events are stored.</param>
    public async Task<Outcome> Decide<T>(
        Guid id,
        ExpectedVersion expected,
        Actor by,
        Func<T, Decision> decide,
        CancellationToken stop,
        Receipt? receipt = null,
        Action<IDocumentSession>? with = null
    )
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var session = Open(by);
            var stream = id == Guid.Empty ? null : await session.Events.FetchForWriting<T>(id, stop);
            if (stream?.Aggregate is null)
                return new Outcome.Missing();
            var version = stream.CurrentVersion ?? 0;
            if (expected.Version is { } wanted && wanted != version)
                return new Outcome.Stale(version);

            var decision = decide(stream.Aggregate);
            if (decision.Refusal is { } refusal)
                return new Outcome.Refused(refusal);
            if (decision.Events.Count == 0 && receipt is null)
                return new Outcome.Done(id, version, 0);

            if (decision.Events.Count > 0)
            {
                stream.AppendMany(decision.Events);
                with?.Invoke(session);
            }

            if (receipt is not null)
                session.Insert(receipt);
            try
            {
                await session.SaveChangesAsync(stop);
                return new Outcome.Done(id, version + decision.Events.Count, decision.Events.Count);
            }
            catch (DocumentAlreadyExistsException)
            {
                return new Outcome.Repeated(id, version);
            }
            catch (ConcurrencyException) when (expected.Version is null && attempt < Races) { }
            catch (ConcurrencyException) when (expected.Version is not null)
            {
                return new Outcome.Stale((await session.Events.FetchStreamStateAsync(id, stop))!.Version);
            }
        }
    }

    /// <summary>Starts a stream. A repeated request finds the stream it started.</summary>
    /// <typeparam name="T">The stream's state.</typeparam>
    /// <param name="stream">Id, key and body of the request.</param>
    /// <param name="by">Who.</param>
    /// <param name="decision">What the rule answered.</param>
    /// <param name="stop">Cancels.</param>
    /// <param name="receipt">The message that asks for it, when one does.</param>
    /// <param name="with">Further changes that belong into the same transaction.</param>
    public async Task<Outcome> Start<T>(
        NewStream stream,
        Actor by,
        Decision decision,
        CancellationToken stop,
        Receipt? receipt = null,
        Action<IDocumentSession>? with = null
    )
        where T : class
    {
        if (decision.Refusal is { } refusal)
            return new Outcome.Refused(refusal);
        await using var session = Open(by);
        session.SetHeader(RequestHash, stream.BodyHash);
        if (stream.Key is not null)
            session.SetHeader(RequestKey, stream.Key);
        session.Events.StartStream<T>(stream.Id, decision.Events);
        if (receipt is not null)
            session.Insert(receipt);
        with?.Invoke(session);
        try
        {
            await session.SaveChangesAsync(stop);
            return new Outcome.Done(stream.Id, decision.Events.Count, decision.Events.Count);
        }
        catch (Exception e) when (IsTaken(e))
        {
            return await Existing(stream, stop);
        }
    }

    /// <summary>Decides on several streams as one: all of it is stored, or nothing. A lost race is decided again.</summary>
    /// <param name="by">Who; null where each event has its own headers.</param>
    /// <param name="decide">Loads and appends in the session it is given, each time a new one; answers what stands in the way.</param>
    /// <param name="stop">Cancels.</param>
    public async Task<IReadOnlyList<T>> Together<T>(
        Actor? by,
        Func<IDocumentSession, Task<IReadOnlyList<T>>> decide,
        CancellationToken stop
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var session = Open(by);
            var refused = await decide(session);
            try
            {
                if (refused.Count == 0)
                    await session.SaveChangesAsync(stop);
                return refused;
            }
            catch (ConcurrencyException) when (attempt < Races) { }
            catch (Exception e) when (IsTaken(e) && attempt < Races) { }
        }
    }

    private async Task<Outcome> Existing(NewStream stream, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var state = await session.Events.FetchStreamStateAsync(stream.Id, stop);
        if (state is null)
            return new Outcome.Taken(stream.Id, KeyReused: false);
        var first = (await session.Events.FetchStreamAsync(stream.Id, version: 1, token: stop))[0];
        if (first.GetHeader(RequestHash) as string == stream.BodyHash)
            return new Outcome.Repeated(stream.Id, state.Version);
        var sameKey = stream.Key is not null && first.GetHeader(RequestKey) as string == stream.Key;
        return new Outcome.Taken(stream.Id, KeyReused: sameKey);
    }

    private static bool IsTaken(Exception e) =>
        e is Marten.Exceptions.ExistingStreamIdCollisionException or DocumentAlreadyExistsException
        || (e is AggregateException several && several.InnerExceptions.All(IsTaken));

    private IDocumentSession Open(Actor? by)
    {
        var session = store.LightweightSession();
        if (by is null)
            return session;
        session.SetHeader(EventHeaders.Actor, by.Name);
        if (Activity.Current is { Id: { } traceparent })
            session.SetHeader(EventHeaders.TraceParent, traceparent);
        return session;
    }
}
