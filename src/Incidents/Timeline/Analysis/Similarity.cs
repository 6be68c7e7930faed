using System.Runtime.InteropServices;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What an incident is remembered by. Words are kept as numbers: what was taken out of the log stands nowhere else.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Words">What its entries speak of, once for each entry.</param>
/// <param name="Labels">Its labels, as <c>name=value</c>.</param>
/// <param name="Course">Its categories, in the order in which they were recorded.</param>
/// <param name="Services">The services that it touched.</param>
public sealed record Traits(
    Guid Incident,
    IReadOnlyList<int> Words,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Course,
    IReadOnlyList<string> Services
)
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>The number of a word, the same everywhere and for ever (FNV-1a).</summary>
    public static int NumberOf(string word)
    {
        var hash = Offset;
        foreach (var letter in word)
            hash = unchecked((hash ^ letter) * Prime);
        return unchecked((int)hash);
    }

    private (int Word, int Count)[]? counted;

    /// <summary>Each number once, in order, with how often it is there. Counted once.</summary>
    internal (int Word, int Count)[] Counted() => counted ??= Count();

    private (int Word, int Count)[] Count()
    {
        int[] sorted = [.. Words];
        Array.Sort(sorted);
        var once = new List<(int, int)>(sorted.Length);
        for (var i = 0; i < sorted.Length; )
        {
            var next = i;
            while (next < sorted.Length && sorted[next] == sorted[i])
                next++;
            once.Add((sorted[i], next - i));
            i = next;
        }

        return [.. once];
    }
}

/// <summary>How like an incident is to others, with what that is made of. Works without a network and without a model. Pure.</summary>
public sealed class Similarity
{
    private const int Shingle = 3;
    private const int MostReasons = 8;
    private const decimal Least = 0.05m;

    private static readonly (string Name, decimal Weight)[] Parts =
    [
        ("text", 0.5m),
        ("labels", 0.15m),
        ("course", 0.15m),
        ("services", 0.2m),
    ];

    private readonly Traits subject;
    private readonly (int Word, int Count)[] words;
    private readonly List<(Traits Traits, (int Word, int Count)[] Words)> others;
    private readonly Dictionary<int, double> rarity;
    private readonly HashSet<string> shingles;
    private readonly double length;

    /// <param name="subject">The one.</param>
    /// <param name="others">All others, among which a word is the more worth the rarer it is.</param>
    public Similarity(Traits subject, IEnumerable<Traits> others)
    {
        this.subject = subject;
        words = subject.Counted();
        this.others = [.. others.Select(one => (one, one.Counted()))];
        var tellers = new Dictionary<int, int>();
        foreach (var theirs in this.others.Select(one => one.Words).Append(words))
        foreach (var (word, _) in theirs)
            CollectionsMarshal.GetValueRefOrAddDefault(tellers, word, out _)++;
        rarity = tellers.ToDictionary(
            one => one.Key,
            one => Math.Log(1 + ((this.others.Count + 1) / (double)one.Value))
        );
        shingles = Shingles(subject.Course);
        length = Length(words);
    }

    /// <summary>The most alike first; what shares next to nothing is left out.</summary>
    /// <param name="count">At most so many.</param>
    /// <param name="nameOf">The word that a number stands for, as the subject writes it.</param>
    public IReadOnlyList<(Guid Incident, decimal Score, IReadOnlyList<LikenessPart> Parts)> Most(
        int count,
        Func<int, string> nameOf
    )
    {
        var found = new List<(Traits Traits, (int Word, int Count)[] Words, decimal Score)>();
        // The course is the dear part. Nobody is looked at who could not come among the first with the best of courses.
        foreach (var (one, most) in others.Select(one => (one, AtMost(one))).OrderByDescending(one => one.Item2))
        {
            if (most < Least || (found.Count >= count && found[count - 1].Score > most))
                break;
            var score = Score(Scores(one.Traits, one.Words));
            if (score < Least)
                continue;
            found.Add((one.Traits, one.Words, score));
            found =
            [
                .. found
                    .OrderByDescending(like => like.Score)
                    .ThenByDescending(like => like.Traits.Incident)
                    .Take(count),
            ];
        }

        return [.. found.Select(one => (one.Traits.Incident, one.Score, Explained(one.Traits, one.Words, nameOf)))];
    }

    private decimal AtMost((Traits Traits, (int Word, int Count)[] Words) other) =>
        Score([
            Cosine(other.Words),
            Overlap(subject.Labels, other.Traits.Labels),
            1,
            Overlap(subject.Services, other.Traits.Services),
        ]);

    private double[] Scores(Traits other, (int Word, int Count)[] theirs) =>
        [
            Cosine(theirs),
            Overlap(subject.Labels, other.Labels),
            Overlap(shingles, Shingles(other.Course)),
            Overlap(subject.Services, other.Services),
        ];

    private static decimal Score(double[] scores) =>
        Math.Round(Parts.Zip(scores).Sum(one => one.First.Weight * (decimal)one.Second), 3);

    private List<LikenessPart> Explained(Traits other, (int Word, int Count)[] theirs, Func<int, string> nameOf)
    {
        var shared = Shared(theirs)
            .OrderByDescending(one => one.Worth)
            .Select(one => nameOf(one.Word))
            .Distinct()
            .Take(MostReasons);
        IEnumerable<string>[] because =
        [
            shared,
            subject.Labels.Intersect(other.Labels),
            shingles.Intersect(Shingles(other.Course)),
            subject.Services.Intersect(other.Services),
        ];
        return
        [
            .. Parts
                .Zip(Scores(other, theirs), because)
                .Select(one => new LikenessPart(
                    one.First.Name,
                    Math.Round((decimal)one.Second, 3),
                    one.First.Weight,
                    [.. one.Third.Take(MostReasons)]
                )),
        ];
    }

    private double Cosine((int Word, int Count)[] theirs)
    {
        var product = Shared(theirs).Sum(one => one.Worth);
        return product == 0 ? 0 : Math.Min(1, product / (length * Length(theirs)));
    }

    // Both are in order: one walk through them finds what both have.
    private IEnumerable<(int Word, double Worth)> Shared((int Word, int Count)[] theirs)
    {
        for (int i = 0, j = 0; i < words.Length && j < theirs.Length; )
        {
            if (words[i].Word == theirs[j].Word)
                yield return (words[i].Word, Worth(words[i++]) * Worth(theirs[j++]));
            else if (words[i].Word < theirs[j].Word)
                i++;
            else
                j++;
        }
    }

    private double Length((int Word, int Count)[] counted)
    {
        var sum = 0.0;
        foreach (var one in counted)
        {
            var worth = Worth(one);
            sum += worth * worth;
        }

        return Math.Sqrt(sum);
    }

    // The rarer the more, and with less and less effect the more often.
    private double Worth((int Word, int Count) one) =>
        rarity[one.Word] * (one.Count == 1 ? 1 : 1 + Math.Log(one.Count));

    private static double Overlap(IReadOnlyCollection<string> one, IReadOnlyCollection<string> other)
    {
        if (one.Count == 0 || other.Count == 0)
            return 0;
        var shared = one.Count(other.Contains);
        return shared / (double)(one.Count + other.Count - shared);
    }

    private static HashSet<string> Shingles(IReadOnlyList<string> course) =>
        course.Count < Shingle
            ? [.. course]
            :
            [
                .. Enumerable
                    .Range(0, course.Count - Shingle + 1)
                    .Select(at => string.Join(" > ", course.Skip(at).Take(Shingle))),
            ];
}
