using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>What a message says, before it is known who brought it.</summary>
public sealed record Line(DateTimeOffset OccurredAt, IReadOnlyList<string> Services, Guid? SubjectId, string Text)
{
    /// <summary>The incident that the message names; most name none and are found by service and time.</summary>
    public Guid? IncidentId { get; init; }

    /// <summary>Who, when the message itself says so.</summary>
    public string? By { get; init; }

    /// <summary>The schedule it is about; it stands on that one's timeline.</summary>
    public string? Schedule { get; init; }

    /// <summary>The entry that it corrects.</summary>
    public Guid? Corrects { get; init; }

    /// <summary>What it says for programs: they never read the sentence.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The same with these labels, name and value in turn.</summary>
    public Line With(params ReadOnlySpan<string> labels)
    {
        var all = new Dictionary<string, string>();
        for (var i = 0; i + 1 < labels.Length; i += 2)
            all[labels[i]] = labels[i + 1];
        return this with { Labels = all };
    }
}

/// <summary>A message of another service becomes an entry.</summary>
public static class Recording
{
    /// <param name="message">The contract event.</param>
    /// <param name="actor">Who caused it, from the message's header.</param>
    /// <param name="traceParent">In which trace, from the message's header.</param>
    public static Decision Decide(object message, string? actor, string? traceParent)
    {
        if ((BudgetSentences.Of(message) ?? RunSentences.Of(message)) is not { } line)
            return [];
        var name = Bus.ExchangeOf(message.GetType()).Split('.');
        return
        [
            new EntryRecorded(
                Source: name[0],
                Kind: name[1],
                line.OccurredAt.ToUniversalTime(),
                line.Services,
                line.IncidentId,
                line.SubjectId,
                Actor: line.By ?? actor ?? name[0],
                TraceIdOf(traceParent),
                line.Text,
                MessageLabels.Of(message)
            ),
        ];
    }

    /// <summary>The trace id of a W3C trace context: <c>00-‹32 hex digits›-‹span›-‹flags›</c>.</summary>
    public static string? TraceIdOf(string? traceParent) =>
        traceParent?.Split('-') is [_, { Length: 32 } trace, ..] ? trace : null;
}
