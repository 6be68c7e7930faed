using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

// Events and state of a silence. These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins them.

public sealed record SilenceSet(
    IReadOnlyList<string> Matchers,
    DateTimeOffset From,
    DateTimeOffset Until,
    string Reason,
    string By,
    DateTimeOffset At
);

public sealed record SilenceEnded(string Reason, string By, DateTimeOffset At);

/// <summary>A silence.</summary>
public sealed record Silence
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required SilenceSet Set { get; init; }
    public string? EndedBy { get; init; }

    // For queries.
    public DateTimeOffset Until { get; init; }

    public static Silence Create(SilenceSet e) => new() { Set = e, Until = e.Until };

    public Silence Apply(SilenceEnded e) => this with { Until = e.At, EndedBy = e.By };

    public bool IsActive(DateTimeOffset now) => Set.From <= now && now < Until;

    public SilenceView View(DateTimeOffset now) =>
        new(
            Id,
            Version,
            now >= Until ? SilenceStatus.Over
                : now < Set.From ? SilenceStatus.Pending
                : SilenceStatus.Active,
            Set.Matchers,
            Set.From,
            Until,
            Set.Reason,
            Set.By,
            Set.At,
            EndedBy
        );
}

/// <summary>What may be a silence, and what it holds. Pure.</summary>
public static class Silencing
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>What is wrong with a silence, by field.</summary>
    public static IEnumerable<(string Field, string Message)> Check(SetSilence command, DateTimeOffset now)
    {
        for (var i = 0; i < command.Matchers.Count; i++)
        {
            if (Matcher.Read(command.Matchers[i]).Problem is { } problem)
                yield return ($"matchers[{i}]", problem);
        }

        // One that every alert meets is a pager that is switched off.
        var read = command.Matchers.Select(one => Matcher.Read(one).Matcher).ToList();
        if (read.All(one => one?.Holds(new Dictionary<string, string>()) is true))
            yield return (
                "matchers",
                "This would silence alerts without any label. Name a label that is there, such as service=\"checkout\"."
            );
        var from = command.From ?? now;
        if (command.Until <= from || command.Until <= now || command.Until - from > Longest)
            yield return ("until", $"A silence ends after it begins and after now, at most {Longest.Days} days later.");
    }

    public static SilenceSet Set(SetSilence command, string by, DateTimeOffset now)
    {
        var from = command.From?.ToUniversalTime() ?? now;
        return new SilenceSet(
            command.Matchers,
            from > now ? from : now,
            command.Until.ToUniversalTime(),
            command.Reason,
            by,
            now
        );
    }

    /// <summary>Ended once; again changes nothing.</summary>
    public static Decision End(Silence silence, string reason, string by, DateTimeOffset now) =>
        now >= silence.Until ? [] : [new SilenceEnded(reason, by, now)];

    /// <summary>The first silence that holds an alert back at a moment; null when none does.</summary>
    public static Guid? Of(
        IEnumerable<ReadySilence> silences,
        IReadOnlyDictionary<string, string> labels,
        DateTimeOffset now
    ) =>
        silences
            .FirstOrDefault(one => one.Silence.IsActive(now) && one.Matchers.All(matcher => matcher.Holds(labels)))
            ?.Silence.Id;
}

/// <summary>A silence whose patterns are read.</summary>
public sealed record ReadySilence(Silence Silence, IReadOnlyList<Matcher> Matchers)
{
    public static IReadOnlyList<ReadySilence> Of(IEnumerable<Silence> silences) =>
        [
            .. silences.Select(one => new ReadySilence(
                one,
                [.. one.Set.Matchers.Select(text => Matcher.Read(text).Matcher!)]
            )),
        ];
}
