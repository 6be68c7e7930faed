using Steady.Budgets.Burn;

namespace Steady.Budgets.Counts;

/// <summary>
/// How ranges are read without reading anything twice: the edges of an indicator's ranges cut time into stretches, each
/// stretch is read once, and a range is the sum of its stretches. Pure.
/// </summary>
public sealed class CountPlan
{
    private readonly List<CountPiece> pieces = [];
    private readonly List<CountPiece> stretches = [];
    private readonly List<int> slis = [];
    private readonly List<Tally> read = [];
    private readonly (int First, int End)[] rangeOf;

    public CountPlan(
        IReadOnlyList<CountRange> ranges,
        Func<CountRange, int?> number,
        Func<DateTimeOffset, DateTimeOffset> edge
    )
    {
        rangeOf = new (int, int)[ranges.Count];
        var asked = ranges.Select(
            (range, i) => (Sli: number(range), Since: edge(range.Since), Until: edge(range.Until), i)
        );
        // An indicator without a number was never counted; its ranges stay empty.
        foreach (
            var one in asked.Where(ask => ask.Sli is not null && ask.Since < ask.Until).GroupBy(ask => ask.Sli!.Value)
        )
        {
            var edges = one.SelectMany(ask => (DateTimeOffset[])[ask.Since, ask.Until]).Distinct().Order().ToList();
            var first = slis.Count;
            for (var e = 1; e < edges.Count; e++)
                Stretch(
                    one.Key,
                    edges[e - 1],
                    edges[e],
                    one.Any(ask => ask.Since < edges[e] && ask.Until > edges[e - 1])
                );
            foreach (var ask in one)
                rangeOf[ask.i] = (first + edges.BinarySearch(ask.Since), first + edges.BinarySearch(ask.Until));
        }
    }

    /// <summary>What is to be read.</summary>
    public IReadOnlyList<CountPiece> Pieces => pieces;

    /// <summary>The same time uncut.</summary>
    public IReadOnlyList<CountPiece> Stretches => stretches;

    public int SliOf(int stretch) => slis[stretch];

    public void Add(int stretch, Tally tally) => read[stretch] += tally;

    /// <summary>The sum of each range, in the order they were asked for.</summary>
    public IReadOnlyList<Tally> Sums()
    {
        var until = new Tally[read.Count + 1];
        for (var i = 0; i < read.Count; i++)
            until[i + 1] = until[i] + read[i];
        return
        [
            .. rangeOf.Select(range => new Tally(
                until[range.End].Good - until[range.First].Good,
                until[range.End].Bad - until[range.First].Bad
            )),
        ];
    }

    private void Stretch(int sli, DateTimeOffset since, DateTimeOffset until, bool wanted)
    {
        slis.Add(sli);
        read.Add(default);
        if (!wanted)
            return;
        stretches.Add(new CountPiece(slis.Count - 1, CountLevel.Day, since, until));
        CountPiece.Cut(pieces, slis.Count - 1, since, until);
    }
}
