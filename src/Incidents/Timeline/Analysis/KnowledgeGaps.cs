using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What was true, when it was known, and when others were told. Pure.</summary>
public static class KnowledgeGaps
{
    private const int Most = 500;
    private const double Alike = 0.3;

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
            .ToList();
        var weights = new Weights(standing.Select(one => Vocabulary.Of(one.Text)));
        var facts = Retold(standing)
            .Select(fact => Known(fact, told, weights))
            .OrderBy(fact => fact.TrueFrom)
            .ThenBy(fact => fact.Entry)
            .Take(Most)
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
        var group = facts.ToDictionary(one => one.Id, one => one.Id);
        foreach (var pair in SameFact.Find(facts))
        {
            var (from, to) = (group[pair.Other.Id], group[pair.One.Id]);
            foreach (var member in facts.Where(one => group[one.Id] == from))
                group[member.Id] = to;
        }

        return facts.GroupBy(one => group[one.Id]).Select(fact => fact.ToList());
    }

    private static KnownFact Known(
        IReadOnlyList<TimelineEntry> fact,
        IReadOnlyList<TimelineEntry> told,
        Weights weights
    )
    {
        var first = fact.OrderBy(one => one.RecordedAt).ThenBy(one => one.Sequence).ThenBy(one => one.Id).First();
        var known = fact.Min(one => one.RecordedAt);
        var telling = told.Where(one => Tells(one, fact, weights)).ToList();
        var customers = telling.FirstOrDefault(Seen.IsPublic);
        // What customers were told, colleagues were told as well.
        var colleagues = telling.FirstOrDefault();
        return new KnownFact(
            first.Id,
            Sorts.Of(first),
            first.Text,
            fact.Min(one => Interval.Of(one).From),
            known,
            fact.Min(one => one.WrittenAt),
            colleagues?.OccurredAt,
            customers?.OccurredAt,
            (customers ?? colleagues)?.Id,
            [.. fact.Where(one => one.Id != first.Id).Select(one => one.Id)]
        );
    }

    // It names the fact, or tells it in like words; of what hurts, the first word of all; of its end, that all is well.
    private static bool Tells(TimelineEntry telling, IReadOnlyList<TimelineEntry> fact, Weights weights)
    {
        if (telling.OccurredAt < fact.Min(one => Interval.Of(one).From))
            return false;
        var words = Vocabulary.Of(telling.Text);
        return fact.Any(one =>
            (
                one.Labels?.GetValueOrDefault(SameFact.Label) is { } name
                && telling.Labels?.GetValueOrDefault(SameFact.Label) == name
            )
            || telling.Causes?.Contains(one.Id) == true
            || Sorts.FamilyOf(one) == Sorts.Sign
            || (Sorts.FamilyOf(one) == Sorts.End || Sorts.Of(one) == "mitigate")
                && (words.Contains(Vocabulary.Well) || words.Contains(Vocabulary.End) || words.Contains("mitigate"))
            || SameFact.Likeness(new Told(0, telling, words), new Told(1, one, Vocabulary.Of(one.Text)), weights)
                >= Alike
        );
    }

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;
}
