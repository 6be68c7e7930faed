using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>One of two incidents that are compared.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Service">Its service.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Moments">What is known of its moments.</param>
/// <param name="Entries">Its timeline.</param>
public sealed record DiffSide(
    Guid Id,
    string Service,
    DateTimeOffset StartedAt,
    IReadOnlyDictionary<IncidentMoment, DateTimeOffset> Moments,
    IReadOnlyList<TimelineEntry> Entries
);

/// <summary>
/// Lays two incidents beside each other: their steps are aligned by what sort of thing they are and whose service, in their
/// order, so that what one had and the other had not stands out, and what came sooner or later. Pure.
/// </summary>
public static class Diffing
{
    public const int MostSteps = 600;
    private const double Alike = 0.5;

    // Less is not worth a word.
    private static readonly TimeSpan Notable = TimeSpan.FromSeconds(30);

    // What was told or decided in words differs always.
    private static readonly HashSet<string> LeftOut = ["chat", "correction", "retraction", "redaction"];

    private static readonly string[] Failures =
    [
        "did not help",
        "didn't help",
        "no effect",
        "without effect",
        "no improvement",
        "failed",
        "in vain",
    ];

    public static IncidentDiff Of(
        DiffSide left,
        DiffSide right,
        IncidentMoment align,
        IReadOnlyList<FollowUpView> followUps
    )
    {
        var (lefts, rights) = (Steps(left), Steps(right));
        var (from, to) = (Origin(left, align), Origin(right, align));
        var pairs = Aligned(lefts, left.Service, rights, right.Service)
            .Select(pair => Step(pair.Left, pair.Right, from, to))
            .ToList();
        var both = pairs.Where(one => one is { Left: not null, Right: not null }).ToList();
        var (added, missing) = (
            pairs.Where(one => one.Left is null).ToList(),
            pairs.Where(one => one.Right is null).ToList()
        );
        var faster = both.Where(one => one.FasterBySeconds >= Notable.TotalSeconds).ToList();
        var slower = both.Where(one => one.FasterBySeconds <= -Notable.TotalSeconds).ToList();
        // An incident does not repeat itself.
        var isSame = left.Id == right.Id;
        return new IncidentDiff(
            left.Id,
            right.Id,
            align,
            added.Count + missing.Count + faster.Count + slower.Count == 0,
            added,
            missing,
            faster,
            slower,
            both.Count - faster.Count - slower.Count,
            isSame ? [] : [.. People(left).Intersect(People(right)).Order(StringComparer.Ordinal)],
            isSame ? [] : [.. Failed(lefts, rights)],
            isSame ? [] : [.. Stopping(left, right, followUps)],
            left.Entries.Count <= MostSteps && right.Entries.Count <= MostSteps
        );
    }

    private static List<TimelineEntry> Steps(DiffSide side) =>
        [
            .. Ordering
                .Of([.. side.Entries.Where(one => one.Corrects is null && !LeftOut.Contains(Sorts.Of(one)))])
                .Select(one => one.Entry)
                .Take(MostSteps),
        ];

    private static DateTimeOffset Origin(DiffSide side, IncidentMoment align) =>
        side.Moments.TryGetValue(align, out var at) ? at : side.StartedAt;

    private static DiffStep Step(TimelineEntry? left, TimelineEntry? right, DateTimeOffset from, DateTimeOffset to)
    {
        long? before = left is null ? null : (long)(left.OccurredAt - from).TotalSeconds;
        long? after = right is null ? null : (long)(right.OccurredAt - to).TotalSeconds;
        return new DiffStep(Sorts.Of(left ?? right!), left, right, before, after, before - after);
    }

    // The longest way through both that matches like with like (Needleman and Wunsch): a match is worth more the more alike
    // it is, and leaving out costs nothing, so that nothing is matched that is not alike.
    private static List<(TimelineEntry? Left, TimelineEntry? Right)> Aligned(
        List<TimelineEntry> lefts,
        string leftService,
        List<TimelineEntry> rights,
        string rightService
    )
    {
        var matches = new Matches(lefts, leftService, rights, rightService);
        var best = new double[lefts.Count + 1, rights.Count + 1];
        for (var i = lefts.Count - 1; i >= 0; i--)
        {
            for (var j = rights.Count - 1; j >= 0; j--)
            {
                var match = matches.Of(i, j) is > 0 and var worth ? worth + best[i + 1, j + 1] : 0;
                best[i, j] = Math.Max(match, Math.Max(best[i + 1, j], best[i, j + 1]));
            }
        }

        return Way(lefts, rights, best, matches);
    }

    private static List<(TimelineEntry?, TimelineEntry?)> Way(
        List<TimelineEntry> lefts,
        List<TimelineEntry> rights,
        double[,] best,
        Matches matches
    )
    {
        var pairs = new List<(TimelineEntry?, TimelineEntry?)>();
        var (i, j) = (0, 0);
        while (i < lefts.Count && j < rights.Count)
        {
            var match = matches.Of(i, j);
            if (match > 0 && match + best[i + 1, j + 1] >= best[i, j])
                pairs.Add((lefts[i++], rights[j++]));
            else if (best[i + 1, j] >= best[i, j + 1])
                pairs.Add((lefts[i++], null));
            else
                pairs.Add((null, rights[j++]));
        }

        pairs.AddRange(lefts.Skip(i).Select(one => ((TimelineEntry?)one, (TimelineEntry?)null)));
        pairs.AddRange(rights.Skip(j).Select(one => ((TimelineEntry?)null, (TimelineEntry?)one)));
        return pairs;
    }

    private static HashSet<string> People(DiffSide side) =>
        [
            .. side
                .Entries.Where(one => one.IncidentId == side.Id && one.Corrects is null)
                .Select(one => Accounts.IsTold(one) ? Accounts.PersonOf(one) ?? NoteWriter(one) : one.Actor)
                .OfType<string>()
                .Where(one => one.Length > 0 && !one.Contains(':', StringComparison.Ordinal)),
        ];

    private static string? NoteWriter(TimelineEntry entry) => entry.Kind == "note-added" ? entry.Actor : null;

    private static IEnumerable<RepeatedFailure> Failed(List<TimelineEntry> lefts, List<TimelineEntry> rights)
    {
        var others = rights.Where(HasFailed).Select(one => (Entry: one, Words: Vocabulary.Of(one.Text))).ToList();
        foreach (var one in lefts.Where(HasFailed))
        {
            var words = Vocabulary.Of(one.Text);
            var same = others.MaxBy(other => Matches.Overlap(words, other.Words));
            if (same.Entry is not null && Matches.Overlap(words, same.Words) >= Alike)
                yield return new RepeatedFailure(one, same.Entry);
        }
    }

    private static bool HasFailed(TimelineEntry entry) =>
        Sorts.Of(entry) is "action" or "mitigate" or "deploy" or "note"
        && (
            entry.Labels?.GetValueOrDefault("outcome") is "failed" or "no-effect"
            || Failures.Any(words => entry.Text.Contains(words, StringComparison.OrdinalIgnoreCase))
        );

    private static HashSet<string> Touched(DiffSide side) =>
        [.. side.Entries.SelectMany(one => one.Services).Append(side.Service)];

    // What was asked for between the two, on a service that both hit.
    private static IEnumerable<StoppingFollowUp> Stopping(
        DiffSide left,
        DiffSide right,
        IReadOnlyList<FollowUpView> followUps
    )
    {
        var (earlier, later) = left.StartedAt <= right.StartedAt ? (left, right) : (right, left);
        var hit = Touched(later);
        hit.IntersectWith(Touched(earlier));
        return followUps
            .Where(one => one.OpenedAt >= earlier.StartedAt && one.OpenedAt < later.StartedAt)
            .Where(one => one.Services.Any(hit.Contains))
            .OrderBy(one => one.OpenedAt)
            .Select(one => new StoppingFollowUp(
                one.Id,
                one.Text,
                one.Owner,
                one.DueOn,
                one.DoneAt,
                one.DoneAt <= later.StartedAt ? "done"
                    : one.DueOn < DateOnly.FromDateTime(later.StartedAt.UtcDateTime) ? "overdue"
                    : "open"
            ));
    }
}

/// <summary>How like the steps of two incidents are. Pure.</summary>
internal sealed class Matches(
    List<TimelineEntry> lefts,
    string leftService,
    List<TimelineEntry> rights,
    string rightService
)
{
    private readonly IReadOnlySet<string>[] leftWords = [.. lefts.Select(one => Vocabulary.Of(one.Text))];
    private readonly IReadOnlySet<string>[] rightWords = [.. rights.Select(one => Vocabulary.Of(one.Text))];
    private readonly string[] leftSorts = [.. lefts.Select(Sorts.Of)];
    private readonly string[] rightSorts = [.. rights.Select(Sorts.Of)];

    /// <summary>0 for what is not the same sort of thing on the same service; the more, the more alike.</summary>
    public double Of(int left, int right)
    {
        var (one, other) = (lefts[left], rights[right]);
        if (leftSorts[left] != rightSorts[right] || !SameService(one, other))
            return 0;
        return (one.Id == other.Id ? 2 : 1)
            + (one.Kind == other.Kind ? 0.5 : 0)
            + Overlap(leftWords[left], rightWords[right]);
    }

    /// <summary>What two texts share, 0 to 1.</summary>
    public static double Overlap(IReadOnlySet<string> one, IReadOnlySet<string> other) =>
        one.Count + other.Count == 0 ? 0 : 2.0 * one.Count(other.Contains) / (one.Count + other.Count);

    // Each incident's own service is the same service, whatever it is called.
    private bool SameService(TimelineEntry one, TimelineEntry other) =>
        (one.Services.Contains(leftService) && other.Services.Contains(rightService))
        || one.Services.Any(other.Services.Contains)
        || (one.Services.Count == 0 && other.Services.Count == 0);
}
