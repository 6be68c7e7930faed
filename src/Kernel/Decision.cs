using System.Collections;
using System.Runtime.CompilerServices;

namespace Steady.Kernel;

/// <summary>
/// What a rule answers: the events that happened, none when there is nothing to do, or a <see cref="Kernel.Refusal"/>.
/// Written as <c>[new Happened(…)]</c>, <c>[]</c> or <c>new Refusal(…)</c>.
/// </summary>
[CollectionBuilder(typeof(Decision), nameof(Create))]
public sealed class Decision : IEnumerable<object>
{
    private Decision(IReadOnlyList<object> events, Refusal? refusal)
    {
        Events = events;
        Refusal = refusal;
    }

    /// <summary>The events, in order; empty when nothing is to be done or the answer is no.</summary>
    public IReadOnlyList<object> Events { get; }

    /// <summary>Why the answer is no; null when it is not.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Builds a decision from the events of a collection expression.</summary>
    /// <param name="events">The events.</param>
    public static Decision Create(ReadOnlySpan<object> events) => new(events.ToArray(), null);

    /// <summary>Makes a refusal a decision.</summary>
    /// <param name="refusal">Why the answer is no.</param>
    public static implicit operator Decision(Refusal refusal) => new([], refusal);

    /// <inheritdoc/>
    public IEnumerator<object> GetEnumerator() => Events.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A no. It is an answer, not a fault.</summary>
/// <param name="Code">Stable, lower-case words with hyphens, documented.</param>
/// <param name="Detail">For people: what was refused, why, and what would be accepted.</param>
public sealed record Refusal(string Code, string Detail);
