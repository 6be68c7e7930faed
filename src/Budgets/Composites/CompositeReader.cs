using Marten;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Composites;

/// <summary>Reads what the parts of a composite counted, over the composite's own window.</summary>
public sealed class CompositeReader(BudgetReader budgets)
{
    /// <summary>How it stands, without its burn rates.</summary>
    public Task<CompositeStatus> Read(
        Composite composite,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    ) => Read(composite, session, now, burns: false, stop);

    /// <summary>How it stands and how fast it burns.</summary>
    public Task<CompositeStatus> Whole(
        Composite composite,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    ) => Read(composite, session, now, burns: true, stop);

    /// <summary>What its alert is judged by.</summary>
    public async Task<CompositeReading> Judged(
        Composite composite,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var terms = composite.Terms;
        var own = await Parts(composite, session, stop);
        var pairs = CompositeReadings.PairsOf(terms, own.Select(part => Over(part, terms, terms.Window).Terms));
        var windows = CompositeReadings.WindowsOf(pairs);
        if (windows.Count == 0)
            return new(pairs, [], composite.TermsSince);
        var longest = windows[^1].Name;
        var parts = own.Select(part => Over(part, terms, longest)).ToList();
        if (terms.Method == BudgetingMethod.Timeslices)
        {
            var periods = Periods.Of(CompositeReadings.TermsOf(terms with { Window = longest }), now);
            var slices = await Slices(terms.Graph, parts, now, stop);
            var bySlices = windows
                .Select(window => (window.Name, Period: periods.First(period => period.Name == window.Name)))
                .Select(one =>
                    CompositeReadings.Of(one.Name, terms, slices.Between(one.Period.Since, one.Period.Until))
                );
            return new(pairs, [.. bySlices], composite.TermsSince);
        }

        var readings = await budgets.Read(parts, now, stop);
        var burned = windows.Select(window =>
            CompositeReadings.Of(
                window.Name,
                terms,
                parts
                    .Zip(readings)
                    .ToDictionary(
                        part => part.First.Name,
                        part => new PartCounts(part.First.Target, part.Second.In(window.Name))
                    )
            )
        );
        return new(pairs, [.. burned], composite.TermsSince);
    }

    /// <summary>The budgets of its objectives, each as it is kept.</summary>
    public static Task<IReadOnlyList<Budget>> Parts(
        Composite composite,
        IQuerySession session,
        CancellationToken stop
    ) =>
        session.LoadManyAsync<Budget>(
            stop,
            [
                .. CompositeCheck
                    .Objectives(composite.Terms.Graph)
                    .Select(name => Budget.IdOf(Objectives.Objective.IdOf(name))),
            ]
        );

    /// <summary>The objective over a window of the composite. By slices: a slice of an objective that has none is bad below its target.</summary>
    public static Budget Over(Budget budget, DefineComposite terms, string window)
    {
        var own = budget.Terms with { Windows = [new(window)], Rules = [] };
        return budget with
        {
            Window = window,
            Terms =
                terms.Method == BudgetingMethod.Timeslices
                    ? own with
                    {
                        Method = BudgetingMethod.Timeslices,
                        Slice = new(terms.SliceSeconds!.Value, own.Slice?.Target ?? own.Target, NoDataRule.Excluded),
                    }
                    : own,
        };
    }

    private async Task<CompositeStatus> Read(
        Composite composite,
        IQuerySession session,
        DateTimeOffset now,
        bool burns,
        CancellationToken stop
    )
    {
        var terms = composite.Terms;
        var parts = (await Parts(composite, session, stop)).Select(part => Over(part, terms, terms.Window)).ToList();
        var readings = await budgets.Read(parts, now, stop);
        var counts = new Dictionary<string, PartCounts>();
        foreach (var (budget, reading) in parts.Zip(readings))
        {
            var whole = reading.In(new WindowTerms(terms.Window));
            var slices = terms.Method == BudgetingMethod.Timeslices ? await budgets.Slices(budget, now, stop) : null;
            counts[budget.Name] = new(
                budget.Target,
                whole,
                slices is null
                    ? null
                    : (
                        slices.Where(one => one.Sums.Bad > 0).Select(one => one.Start).ToHashSet(),
                        slices.Select(one => one.Start).ToHashSet()
                    )
            );
        }

        var judged = burns ? await Judged(composite, session, now, stop) : null;
        return CompositeStatuses.Of(composite, counts, now, judged);
    }

    private async Task<CompositeSlices> Slices(
        CompositePart graph,
        IReadOnlyList<Budget> parts,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var slices = new Dictionary<string, IReadOnlyList<(DateTimeOffset, bool)>>();
        foreach (var part in parts)
            slices[part.Name] =
            [
                .. (await budgets.Slices(part, now, stop)).Select(one => (one.Start, one.Sums.Bad == 0)),
            ];
        return new(graph, slices);
    }
}
