using System.Text.RegularExpressions;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>
/// The words of a sentence, reduced to what they mean among people who run services: a wiped directory is a removed one, a
/// secondary that falls behind is replication lag. Pure; without a network and without a model.
/// </summary>
public static partial class Vocabulary
{
    public const string Begin = "begin";
    public const string End = "end";
    public const string Well = "well";
    public const string Broken = "fail";

    private static readonly Dictionary<string, string> Meanings = Read(
        $"{Broken}: fail failure fault break broke broken error exception crash outage unavailable timeout 5xx 500 502 503 504 http500 down",
        "slow: slow slowness latency degrade degraded degradation sluggish",
        $"{Begin}: begin began begun start first initial onset launch",
        $"{End}: end stop finish done complete over cease",
        $"{Well}: fix repair resolve restore restoration recover recovery recovered online back normal healthy nominal again works working",
        "remove: remove removal delete deletion wipe wiped drop dropped erase purge truncate",
        "send: send sent direct route reroute shift redirect move divert steer",
        "lag: lag lagging behind delay sync resync replicate replication secondary standby",
        "database: database db postgres postgresql mysql",
        "wrong: wrong mistake mistaken mistakenly accident accidental accidentally incorrect erroneous",
        "rise: rise risen rose raise increase grow grew scale high spike surge climb double",
        "capacity: capacity instance server machine node host pod",
        "traffic: traffic request query load",
        "revert: rollback revert undo undone",
        "deploy: deploy deployment release rollout ship push",
        "config: config configuration setting",
        "page: page pager",
        "see: see saw seen notice detect find found observe spot",
        "suspect: suspect suspicion suspected assume blame",
        "customer: customer user client",
        "announce: announce announcement tell told post inform notify",
        "disable: disable disabled kill off deactivate",
        "enable: enable enabled activate",
        "write: write wrote written",
        "certificate: certificate cert tls ssl",
        "restart: restart reboot bounce",
        "disk: disk storage volume space",
        "memory: memory ram oom heap",
        "network: network link connectivity partition"
    );

    private static readonly HashSet<string> Empty =
    [
        .. (
            "a an the of on in at to for from by with and or is are was were be been it its this that these those as all some "
            + "any very one only about out up into than more most still can could has have had no not now then after before "
            + "during there their they we our i he she his her so too also just will would who which what when where via per"
        ).Split(' '),
    ];

    private static readonly string[] Endings = ["ing", "ed", "es", "s", "ly"];

    /// <summary>What a text speaks of.</summary>
    public static IReadOnlySet<string> Of(string text) =>
        Word()
            .Matches(Joined(text.ToLowerInvariant()))
            .Select(match => match.Value)
            .Where(word => word.Length > 1 && !Empty.Contains(word))
            .Select(Meaning)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether two texts speak of different stages of one thing, or of different amounts.</summary>
    public static bool Differ(IReadOnlySet<string> one, IReadOnlySet<string> other)
    {
        if (IsStage(one, Begin, End) && IsStage(other, End, Begin))
            return true;
        if (IsStage(one, End, Begin) && IsStage(other, Begin, End))
            return true;
        var (left, right) = (Amounts(one), Amounts(other));
        return left.Count > 0 && right.Count > 0 && !left.Overlaps(right);
    }

    private static bool IsStage(IReadOnlySet<string> words, string stage, string opposite) =>
        words.Contains(stage) && !words.Contains(opposite);

    private static HashSet<string> Amounts(IReadOnlySet<string> words) =>
        [.. words.Where(word => char.IsAsciiDigit(word[0]) && !char.IsAsciiDigit(word[^1]))];

    private static string Meaning(string word)
    {
        foreach (var form in Forms(word))
        {
            if (Meanings.TryGetValue(form, out var meaning))
                return meaning;
        }

        return Forms(word).Last();
    }

    // As it is written, without its ending, and with the vowel that the ending swallowed; the last is the stem.
    private static IEnumerable<string> Forms(string word)
    {
        yield return word;
        if (char.IsAsciiDigit(word[0]))
            yield break;
        foreach (var ending in Endings)
        {
            if (word.Length <= ending.Length + 2 || !word.EndsWith(ending, StringComparison.Ordinal))
                continue;
            var stem = word[..^ending.Length];
            yield return $"{stem}e";
            if (stem.Length > 3 && stem[^1] == stem[^2])
                yield return stem[..^1];
            yield return stem;
            yield break;
        }
    }

    // What is written in two words and means one thing.
    private static string Joined(string text) =>
        text.Replace("re-", "re", StringComparison.Ordinal)
            .Replace("roll back", "rollback", StringComparison.Ordinal)
            .Replace("rolled back", "rollback", StringComparison.Ordinal)
            .Replace("falls behind", "behind", StringComparison.Ordinal)
            .Replace("fell behind", "behind", StringComparison.Ordinal)
            .Replace("%", "percent", StringComparison.Ordinal)
            .Replace(" percent", "percent", StringComparison.Ordinal);

    private static Dictionary<string, string> Read(params string[] lines)
    {
        var meanings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var word in line[(colon + 2)..].Split(' '))
                meanings[word] = line[..colon];
        }

        return meanings;
    }

    [GeneratedRegex(@"[0-9]+(?:[.,][0-9]+)?[a-z]*|\p{L}+[0-9]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
