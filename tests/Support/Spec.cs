using JasperFx.Events;
using JasperFx.Events.Aggregation;
using Steady.Kernel;
using Xunit;

namespace Steady.Tests.Support;

/// <summary>
/// Rules read as given, when, then: <c>Given&lt;Incident&gt;(Declared).When(i => Acknowledging.Decide(i, …)).Then(…)</c>.
/// The state is folded by the evolver that Marten itself uses, so a test sees what the store would see.
/// </summary>
public static class Spec
{
    /// <summary>The stream so far.</summary>
    public static Given<T> Given<T>(params object[] events)
        where T : class => new(Fold<T>(events));

    /// <summary>A rule that starts a stream and so needs no state.</summary>
    public static When When(Decision decision) => new(decision);

    /// <summary>The state after these events; null when there are none.</summary>
    public static T? Fold<T>(params object[] events)
        where T : class
    {
        var evolver = EvolverOf<T>();
        var id = Guid.Parse("01990000-0000-7000-8000-000000000001");
        T? state = null;
        var version = 0L;
        foreach (var data in events)
        {
            var stored = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(data.GetType()), data)!;
            stored.StreamId = id;
            stored.Version = ++version;
            state = evolver.Evolve(state, id, stored);
        }

        return state;
    }

    // Marten's generator registers one evolver per state in the state's own assembly.
    private static IGeneratedSyncEvolver<T, Guid> EvolverOf<T>()
        where T : class
    {
        var registered = typeof(T)
            .Assembly.GetCustomAttributes(typeof(GeneratedEvolverAttribute), inherit: false)
            .Cast<GeneratedEvolverAttribute>()
            .FirstOrDefault(attribute => attribute.AggregateType == typeof(T) && attribute.ProjectionType is null);
        Assert.True(
            registered is not null,
            $"Marten's generator knows no state {typeof(T).Name} with Create and Apply."
        );
        return (IGeneratedSyncEvolver<T, Guid>)Activator.CreateInstance(registered.EvolverType, nonPublic: true)!;
    }
}

/// <summary>What has happened before the rule is asked.</summary>
public sealed class Given<T>(T? state)
    where T : class
{
    /// <summary>Asks the rule.</summary>
    public When When(Func<T, Decision> decide)
    {
        Assert.True(state is not null, $"Give the events that start a {typeof(T).Name}.");
        return new When(decide(state));
    }
}

/// <summary>What the rule answered.</summary>
public sealed class When(Decision decision)
{
    /// <summary>Exactly these events, in order.</summary>
    public void Then(params object[] events)
    {
        Assert.Null(decision.Refusal);
        // As JSON, because records compare their lists by reference.
        Assert.Equal(events.Select(Golden.Print), decision.Events.Select(Golden.Print));
    }

    /// <summary>There was nothing to do.</summary>
    public void ThenNothing() => Then();

    /// <summary>The rule said no, with this code and a sentence for people.</summary>
    public void ThenRefused(string code)
    {
        Assert.Empty(decision.Events);
        Assert.Equal(code, decision.Refusal?.Code);
        Assert.False(string.IsNullOrWhiteSpace(decision.Refusal?.Detail));
    }
}
