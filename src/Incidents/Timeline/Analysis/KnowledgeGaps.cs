using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What was true, when it was known, and when others were told. Pure.</summary>
public static class KnowledgeGaps
{
    private const int Most = 500;

    // What can be true of the service; who was paged or took which role is no news to customers.
    private static readonly HashSet<string> Facts =
    [
        "context",
        "symptom",
        "detect",
        "alert",
        "budget",
        "deploy",
        "flag",
        "experiment",
        "diagnose",
        "hypothesis",
        "action",
        "mitigate",
        "recover",
        "resolve",
    ];

    public static KnowledgeGap Of(
        Guid incident,
        IReadOnlyList<TimelineEntry> entries,
        DateTimeOffset? knownAt,
        bool whole
    )
    {
        var standing = entries.Where(one => one.Corrects is null).ToList();
        var told = standing
            .Where(one => Sorts.Of(one) == "comms" && one.Kind != "update-overdue")
            .OrderBy(one => one.RecordedAt)
            .ThenBy(one => one.OccurredAt)
            .Take(Most)
            .ToList();
        var words = standing.ToDictionary(one => one.Id, one => Vocabulary.Of(one.Text));
        var telling = new Telling(told, words);
        var facts = Retold(standing)
            .OrderBy(fact => fact.Min(one => Interval.Of(one).From))
            .ThenBy(fact => fact[0].Id)
            .Take(Most)
            .Select(fact => Known(fact, telling))
            .ToList();
        var heard = told.FirstOrDefault(Seen.IsPublic);
        return new KnowledgeGap(
            incident,
            knownAt,
            facts,
            facts.Count == 0 ? null : facts.Max(fact => Seconds(fact.KnownFrom - fact.TrueFrom)),
            heard is null || facts.Count == 0 ? null : Seconds(heard.OccurredAt - facts[0].TrueFrom),
            facts.Count(fact => fact.CustomersFrom is null),
            whole
        );
    }

    // What two accounts both tell is one fact.
    private static IEnumerable<IReadOnlyList<TimelineEntry>> Retold(IReadOnlyList<TimelineEntry> standing)
    {
        var facts = standing.Where(one => Facts.Contains(Sorts.Of(one))).ToList();
        var groups = facts.ToDictionary(one => one.Id, one => new List<TimelineEntry> { one });
        foreach (var pair in SameFact.Find(facts))
        {
            var (kept, joined) = (groups[pair.One.Id], groups[pair.Other.Id]);
            if (kept == joined)
                continue;
            kept.AddRange(joined);
            foreach (var member in joined)
                groups[member.Id] = kept;
        }

        return groups
            .Values.Distinct()
            .Select(fact =>
                fact.OrderBy(one => one.RecordedAt).ThenBy(one => one.Sequence).ThenBy(one => one.Id).ToList()
            );
    }

    private static KnownFact Known(IReadOnlyList<TimelineEntry> fact, Telling telling)
    {
        var from = fact.Min(one => Interval.Of(one).From);
        var told = telling.Of(fact, from).ToList();
        var customers = told.FirstOrDefault(Seen.IsPublic);
        // What customers were told, colleagues were told as well.
        var colleagues = told.FirstOrDefault();
        return new KnownFact(
            fact[0].Id,
            Sorts.Of(fact[0]),
            fact[0].Text,
            from,
            fact[0].RecordedAt,
            fact.Min(one => one.WrittenAt),
            colleagues?.OccurredAt,
            customers?.OccurredAt,
            (customers ?? colleagues)?.Id,
            [.. fact.Skip(1).Select(one => one.Id)]
        );
    }

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;
}

/// <summary>Which words to others tell which fact. Pure.</summary>
internal sealed class Telling(IReadOnlyList<TimelineEntry> told, IReadOnlyDictionary<Guid, IReadOnlySet<string>> words)
{
    private static readonly string[] Endings = [Vocabulary.Well, Vocabulary.End, "mitigate"];
    private readonly Weights weights = new(words.Values);

    /// <summary>In the order in which they were told.</summary>
    public IEnumerable<TimelineEntry> Of(IReadOnlyList<TimelineEntry> fact, DateTimeOffset from) =>
        told.Where(one => one.OccurredAt >= from && fact.Any(other => Tells(one, other)));

    // It names the fact, or tells it in like words; of what hurts, the first word of all; of its end, that all is well.
    private bool Tells(TimelineEntry one, TimelineEntry fact) =>
        IsNamed(one, fact)
        || one.Causes?.Contains(fact.Id) == true
        || Sorts.FamilyOf(fact) == Sorts.Sign
        || (IsEnd(fact) && words[one.Id].Overlaps(Endings))
        || SameFact.Likeness(new Told(0, one, words[one.Id]), new Told(1, fact, words[fact.Id]), weights)
            >= SameFact.Threshold;

    private static bool IsNamed(TimelineEntry one, TimelineEntry fact) =>
        fact.Labels?.GetValueOrDefault(SameFact.Label) is { } name
        && one.Labels?.GetValueOrDefault(SameFact.Label) == name;

    private static bool IsEnd(TimelineEntry fact) => Sorts.FamilyOf(fact) == Sorts.End || Sorts.Of(fact) == "mitigate";
}
