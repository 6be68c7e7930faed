using System.Globalization;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What is known beside the entries.</summary>
/// <param name="Needs">What each service needs, by the catalog.</param>
/// <param name="People">What people say led to what.</param>
/// <param name="Alerts">The alert that each incident was declared from.</param>
public sealed record Surroundings(
    IReadOnlyDictionary<string, IReadOnlySet<string>> Needs,
    IReadOnlyList<CausalEdge> People,
    IReadOnlyDictionary<Guid, Guid> Alerts
)
{
    public static Surroundings None { get; } =
        new(new Dictionary<string, IReadOnlySet<string>>(), [], new Dictionary<Guid, Guid>());

    /// <summary>Whether what happens to one service can be felt by the other.</summary>
    public string? Reaches(string changed, string felt) =>
        changed == felt ? $"on {changed}"
        : Needs.GetValueOrDefault(felt)?.Contains(changed) == true ? $"on {changed}, which {felt} needs"
        : null;
}

/// <summary>Which entries led to which, and how that is known. Pure.</summary>
public static class CausalEdges
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);
    private static readonly string[] Keys = ["dedup_key", "dedupKey", "fingerprint", "groupKey"];
    private static readonly string[] Changes = ["deploy", "config", "flag"];
    private static readonly string[] RunEnds = ["run-concluded", "run-halted", "revert-unconfirmed"];

    // A change is held to lead to the first signs after it, not to every one of a bad day.
    private const int MostOfChange = 20;

    public static IReadOnlyList<CausalEdge> Of(IReadOnlyList<TimelineEntry> entries, Surroundings known)
    {
        var story = entries
            .Where(one => one.Corrects is null)
            .OrderBy(one => one.OccurredAt)
            .ThenBy(one => one.Sequence)
            .ThenBy(one => one.Id)
            .ToList();
        var there = story.Select(one => one.Id).ToHashSet();
        return
        [
            .. Stated(story)
                .Concat(known.People)
                .Concat(Traces(story))
                .Concat(Correlated(story))
                .Concat(Subjects(story))
                .Concat(Declared(story, known))
                .Concat(ChangesThen(story, known))
                .Concat(Experiments(story))
                .Where(edge => edge.Cause != edge.Effect && there.Contains(edge.Cause) && there.Contains(edge.Effect))
                .DistinctBy(edge => (edge.Cause, edge.Effect, edge.Kind)),
        ];
    }

    public static decimal Strength(EntryConfidence confidence) =>
        confidence switch
        {
            EntryConfidence.High => 0.9m,
            EntryConfidence.Medium => 0.7m,
            _ => 0.4m,
        };

    private static IEnumerable<CausalEdge> Stated(IEnumerable<TimelineEntry> story) =>
        story.SelectMany(effect =>
            (effect.Causes ?? []).Select(cause => new CausalEdge(
                cause,
                effect.Id,
                CausalKind.Stated,
                effect.Confidence is { } sure ? Strength(sure) : 1,
                $"{Accounts.Of(effect)} names it as the cause."
            ))
        );

    // What began a trace is parent to the rest of it: spans are not kept here, so no more is known than that.
    private static IEnumerable<CausalEdge> Traces(IEnumerable<TimelineEntry> story) =>
        Groups(story, one => one.TraceId, CausalKind.Trace, 0.8m, id => $"Both are of trace {id}, which began there.");

    private static IEnumerable<CausalEdge> Correlated(IEnumerable<TimelineEntry> story) =>
        Groups(
            story,
            one => one.CorrelationId,
            CausalKind.Correlation,
            0.6m,
            id => $"Both are of one piece of work, {id}, which began there."
        );

    private static IEnumerable<CausalEdge> Groups(
        IEnumerable<TimelineEntry> story,
        Func<TimelineEntry, string?> key,
        CausalKind kind,
        decimal strength,
        Func<string, string> why
    ) =>
        story
            .Where(one => !string.IsNullOrEmpty(key(one)))
            .GroupBy(one => key(one)!)
            .SelectMany(group =>
                group.Skip(1).Select(one => new CausalEdge(group.First().Id, one.Id, kind, strength, why(group.Key)))
            );

    // Each step of what happened to one alert, run or decision follows from the step before.
    private static IEnumerable<CausalEdge> Subjects(IEnumerable<TimelineEntry> story) =>
        story
            .SelectMany(one => About(one).Select(about => (about, one)))
            .GroupBy(pair => pair.about, pair => pair.one)
            .SelectMany(group =>
                group.Zip(
                    group.Skip(1),
                    (before, after) =>
                        new CausalEdge(
                            before.Id,
                            after.Id,
                            CausalKind.Subject,
                            0.7m,
                            $"Both are about the same {Sorts.Of(group.First())}."
                        )
                )
            );

    private static IEnumerable<string> About(TimelineEntry entry)
    {
        // What belongs to an incident is about the incident; that alone is no reason.
        if (entry.SubjectId is { } subject && subject != entry.IncidentId)
            yield return subject.ToString("N", CultureInfo.InvariantCulture);
        foreach (var key in Keys)
        {
            if (entry.Labels?.GetValueOrDefault(key) is { Length: > 0 } value)
                yield return $"{entry.Source} {value}";
        }
    }

    private static IEnumerable<CausalEdge> Declared(IReadOnlyList<TimelineEntry> story, Surroundings known)
    {
        foreach (var (incident, alert) in known.Alerts)
        {
            var fired = story.FirstOrDefault(one => one.SubjectId == alert);
            var declared = story.FirstOrDefault(one => one.IncidentId == incident && one.Kind == "incident-declared");
            if (fired is not null && declared is not null)
                yield return new CausalEdge(
                    fired.Id,
                    declared.Id,
                    CausalKind.Declared,
                    1,
                    "The incident was declared because of this alert."
                );
        }
    }

    private static IEnumerable<CausalEdge> ChangesThen(IReadOnlyList<TimelineEntry> story, Surroundings known)
    {
        for (var i = 0; i < story.Count; i++)
        {
            var change = story[i];
            if (!Changes.Contains(Sorts.Of(change)))
                continue;
            var (found, words) = (0, (IReadOnlySet<string>?)null);
            for (var j = i + 1; j < story.Count && found < MostOfChange; j++)
            {
                var after = story[j];
                var time = after.OccurredAt - change.OccurredAt;
                if (time > Window)
                    break;
                if (Reason(change, after, known) is not { } where)
                    continue;
                var isSign = Sorts.IsSign(after);
                if (!isSign && !SameThing(words ??= Vocabulary.Of(change.Text), after))
                    continue;
                found++;
                yield return new CausalEdge(
                    change.Id,
                    after.Id,
                    CausalKind.Change,
                    Fading(time),
                    $"{(isSign ? "A sign" : "A further step of the change")} {Ago(time)} after it, {where}."
                );
            }
        }
    }

    private static string? Reason(TimelineEntry change, TimelineEntry after, Surroundings known)
    {
        if (!Sorts.IsSign(after) && !Changes.Contains(Sorts.Of(after)))
            return null;
        return change
            .Services.SelectMany(one => after.Services.Select(other => known.Reaches(one, other)))
            .FirstOrDefault(reason => reason is not null);
    }

    // A change is one thing from its merge to its roll-out when the steps speak of the same.
    private static bool SameThing(IReadOnlySet<string> words, TimelineEntry after) =>
        Vocabulary.Of(after.Text).Overlaps(words);

    private static decimal Fading(TimeSpan time) =>
        Math.Round(0.6m - 0.3m * (decimal)(time.TotalSeconds / Window.TotalSeconds), 2);

    private static string Ago(TimeSpan time) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(time.TotalMinutes >= 1 ? $"{time.TotalMinutes:0} min" : $"{time.TotalSeconds:0} s")}"
        );

    // A sign within the blast radius, from the fault's coming in until a little after the run.
    private static IEnumerable<CausalEdge> Experiments(IReadOnlyList<TimelineEntry> story)
    {
        var runs = story
            .Where(one => one.Source == "experiments" && one.SubjectId is not null)
            .GroupBy(one => one.SubjectId);
        foreach (var run in runs)
        {
            var over = run.FirstOrDefault(one => RunEnds.Contains(one.Kind))?.OccurredAt ?? DateTimeOffset.MaxValue;
            var until = DateTimeOffset.MaxValue - over > Grace ? over + Grace : over;
            var steps = run.Where(one => one.Kind is "run-started" or "fault-injected").ToList();
            if (steps.Count == 0)
                continue;
            foreach (var sign in story.Where(one => Sorts.IsSign(one) && one.Source != "experiments"))
            {
                var step = steps.LastOrDefault(one => one.OccurredAt <= sign.OccurredAt);
                if (step is null || sign.OccurredAt > until)
                    continue;
                if (sign.Services.FirstOrDefault(step.Services.Contains) is { } service)
                    yield return new CausalEdge(
                        step.Id,
                        sign.Id,
                        CausalKind.Experiment,
                        step.Kind == "fault-injected" ? 0.7m : 0.4m,
                        $"{service} is in the blast radius of the run, and the sign came during it."
                    );
            }
        }
    }
}
