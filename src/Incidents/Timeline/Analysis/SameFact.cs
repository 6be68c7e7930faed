using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>Two entries of different accounts that tell of one fact.</summary>
/// <param name="One">Recorded first.</param>
/// <param name="Other">The other.</param>
/// <param name="Likeness">0 to 1; 1 where both name the fact.</param>
/// <param name="Fact">Its name, where it has one.</param>
public sealed record Retelling(TimelineEntry One, TimelineEntry Other, double Likeness, string? Fact);

/// <summary>
/// Finds what two accounts both tell: what they name alike (label <c>fact</c>), what happens once in an incident, and
/// what is told in words that mean the same. Each entry is taken for at most one of each other account, the most alike
/// first. docs/decisions say how the measure was chosen. Pure.
/// </summary>
public static class SameFact
{
    public const string Label = "fact";
    public const double Threshold = 0.3;

    // A word that is in every other entry leads to nothing but work.
    private const int CommonAt = 100;
    private const int MostOfAccount = 2000;

    public static IReadOnlyList<Retelling> Find(IEnumerable<TimelineEntry> entries)
    {
        var all = entries
            .Where(Accounts.CanDisagree)
            .OrderBy(one => one.Sequence)
            .ThenBy(one => one.RecordedAt)
            .ThenBy(one => one.Id)
            .GroupBy(Accounts.Of)
            .SelectMany(account => account.Take(MostOfAccount))
            .Select((entry, index) => new Told(index, entry, Vocabulary.Of(entry.Text)))
            .ToList();
        if (all.Select(one => one.Account).Distinct().Skip(1).Any() == false)
            return [];
        var weights = new Weights(all.Select(one => one.Words));
        var pairs = Named(all)
            .Concat(Once.Of(all))
            .Concat(Alike(all, weights))
            .OrderByDescending(pair => pair.Likeness)
            .ThenBy(pair => pair.One.Index)
            .ThenBy(pair => pair.Other.Index);
        return [.. OneToOne(pairs)];
    }

    /// <summary>How alike two texts are, by the words of all that is looked at.</summary>
    internal static double Likeness(Told one, Told other, Weights weights)
    {
        if (Vocabulary.Differ(one.Words, other.Words))
            return 0;
        var shared = one.Words.Where(other.Words.Contains).Sum(weights.Of);
        var both = one.Words.Sum(weights.Of) + other.Words.Sum(weights.Of);
        return both == 0 || shared == 0
            ? 0
            : Math.Clamp(2 * shared / both + Sorts.Agreement(one.Entry, other.Entry), 0, 1);
    }

    private static IEnumerable<Candidate> Named(IReadOnlyList<Told> all) =>
        from fact in all.Where(one => one.Fact is not null).GroupBy(one => one.Fact!)
        from one in fact
        from other in fact
        where one.Index < other.Index && one.Account != other.Account
        select new Candidate(one, other, 1, fact.Key);

    private static IEnumerable<Candidate> Alike(IReadOnlyList<Told> all, Weights weights)
    {
        var seen = new HashSet<(int, int)>();
        var byWord = all.SelectMany(told => told.Words.Select(word => (word, told)))
            .GroupBy(one => one.word, one => one.told)
            .Where(group => group.Count() <= CommonAt);
        foreach (var group in byWord)
        {
            var tellers = group.ToList();
            for (var i = 0; i < tellers.Count; i++)
            {
                for (var j = i + 1; j < tellers.Count; j++)
                {
                    var (one, other) = (tellers[i], tellers[j]);
                    if (
                        one.Account == other.Account
                        || (one.Fact is not null && other.Fact is not null)
                        || !AreComparable(one.Entry, other.Entry)
                        || !seen.Add((one.Index, other.Index))
                    )
                        continue;
                    if (Likeness(one, other, weights) is var likeness and >= Threshold)
                        yield return new Candidate(one, other, likeness, null);
                }
            }
        }
    }

    // Two things that machines recorded are two things; and the alert that a machine recorded is not what it warned of.
    private static bool AreComparable(TimelineEntry one, TimelineEntry other) =>
        (Accounts.IsTold(one) && Accounts.IsTold(other))
        || ((Accounts.IsTold(one) || Accounts.IsTold(other)) && Sorts.Of(one) == Sorts.Of(other));

    private static IEnumerable<Retelling> OneToOne(IEnumerable<Candidate> pairs)
    {
        var taken = new HashSet<(int, string)>();
        foreach (var (one, other, likeness, fact) in pairs)
        {
            if (taken.Contains((one.Index, other.Account)) || taken.Contains((other.Index, one.Account)))
                continue;
            taken.Add((one.Index, other.Account));
            taken.Add((other.Index, one.Account));
            yield return new Retelling(one.Entry, other.Entry, likeness, fact);
        }
    }
}

/// <summary>An entry with what it speaks of.</summary>
internal sealed record Told(int Index, TimelineEntry Entry, IReadOnlySet<string> Words)
{
    public string Account { get; } = Accounts.Of(Entry);
    public string? Fact { get; } = Entry.Labels?.GetValueOrDefault(SameFact.Label);
}

internal sealed record Candidate(Told One, Told Other, double Likeness, string? Fact);

/// <summary>How much a word says: the rarer, the more.</summary>
internal sealed class Weights
{
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
    private readonly int count;

    public Weights(IEnumerable<IReadOnlySet<string>> all)
    {
        foreach (var words in all)
        {
            count++;
            foreach (var word in words)
                texts[word] = texts.GetValueOrDefault(word) + 1;
        }
    }

    public double Of(string word) => Math.Log(1 + count / (double)Math.Max(1, texts.GetValueOrDefault(word)));
}

/// <summary>What happens once in an incident, so that who tells of it tells of the same. Pure.</summary>
internal static class Once
{
    public static IEnumerable<Candidate> Of(IReadOnlyList<Told> all)
    {
        var accounts = all.GroupBy(one => one.Account).Select(account => account.ToList()).ToList();
        foreach (var (fact, find) in Facts)
        {
            var tellers = accounts.Select(find).OfType<Told>().OrderBy(one => one.Index).ToList();
            for (var i = 0; i < tellers.Count; i++)
            {
                for (var j = i + 1; j < tellers.Count; j++)
                {
                    if (Accounts.IsTold(tellers[i].Entry) || Accounts.IsTold(tellers[j].Entry))
                        yield return new Candidate(tellers[i], tellers[j], 0.9, fact);
                }
            }
        }
    }

    private static readonly (string Fact, Func<List<Told>, Told?> Find)[] Facts =
    [
        ("first noticed", account => First(account, "detect")),
        ("declared", account => First(account, "declare")),
        ("over", Over),
    ];

    private static Told? First(List<Told> account, string sort) =>
        account.Where(one => Sorts.Of(one.Entry) == sort).MinBy(one => one.Entry.OccurredAt);

    // By its own word for it; else when it was said that all is well again.
    private static Told? Over(List<Told> account) =>
        account.Where(one => Sorts.Of(one.Entry) == "resolve").MaxBy(one => one.Entry.OccurredAt)
        ?? account
            .Where(one => Sorts.Of(one.Entry) is "comms" or "status" && SaysAllIsWell(one.Entry))
            .MaxBy(one => one.Entry.OccurredAt);

    private static bool SaysAllIsWell(TimelineEntry entry) =>
        AllIsWell.Any(words => entry.Text.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] AllIsWell =
    [
        "back online",
        "back to normal",
        "all clear",
        "fully operational",
        "fully recovered",
        "fully restored",
        "is resolved",
        "has been resolved",
        "incident resolved",
        "back up",
    ];
}
