using Marten;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Budgets.History;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Composites;

/// <summary>A composite at any moment of a stretch of time, from the counts of its parts. Pure.</summary>
public sealed class CompositeReplay
{
    private readonly DefineComposite terms;
    private readonly ObjectiveTerms own;
    private readonly IReadOnlyList<(Budget Part, Replay Replay)> parts = [];
    private readonly CompositeSlices? slices;

    /// <param name="terms">The composite.</param>
    /// <param name="counted">Its objectives over its window, each with its counts.</param>
    public CompositeReplay(DefineComposite terms, IReadOnlyList<(Budget Part, CountHistory Counts)> counted)
    {
        (this.terms, own) = (terms, CompositeReadings.TermsOf(terms));
        if (Periods.SliceOf(own) is { } length)
            slices = new(terms.Graph, counted.ToDictionary(one => one.Part.Name, one => Judged(one, length)));
        else
            parts = [.. counted.Select(one => (one.Part, new Replay(one.Part, one.Counts)))];
    }

    public CompositePoint At(DateTimeOffset at)
    {
        Rational? availability;
        Rational? burn;
        if (slices is not null)
        {
            var window = Periods.Of(own, at).First(period => period.Name == terms.Window);
            var tally = slices.Between(window.Since, window.Until);
            availability = BudgetMaths.Indicator(tally.Good, (Rational)tally.Good + tally.Bad);
            burn = CompositeStatuses.Burn(terms, tally);
        }
        else
        {
            var counts = parts.ToDictionary(
                one => one.Part.Name,
                one => new PartCounts(one.Part.Target, one.Replay.At(at).In(new WindowTerms(terms.Window)))
            );
            availability = CompositeStatuses.Availability(terms.Graph, counts);
            burn = CompositeStatuses.Burn(terms, counts);
        }

        return new(at, availability?.Rounded(9), (1 - burn)?.Rounded(6));
    }

    private static IReadOnlyList<(DateTimeOffset, bool)> Judged(
        (Budget Part, CountHistory Counts) one,
        TimeSpan length
    ) =>
        [
            .. one
                .Counts.Slices(length)
                .Where(slice =>
                    !one.Part.Exclusions.Any(left => left.From <= slice.Start && slice.Start < left.To)
                    && slice.Tally.Total > 0
                )
                .Select(slice => (slice.Start, Slicing.Of(slice.Tally, one.Part.Terms.Slice!.Target).Bad == 0)),
        ];
}

public static class CompositeHistoryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/composites/{name}/history", Read)
            .RequireScope("budgets:read")
            .Produces<CompositeHistory>()
            .WithTags("Composites")
            .WithSummary("Shows a composite over time (?from=, ?to=, ?step= in seconds), by its definition of today.");

    private static async Task<IResult> Read(
        string name,
        CountSeries counts,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        int? step = null
    )
    {
        var id = Composite.IdOf(name);
        if (await session.LoadAsync<Composite>(id, stop) is not { } composite)
            return Answers.Missing();
        var terms = composite.Terms;
        var window = Window.Parse(terms.Window).Length;
        var (range, wrong) = HistoryRange.Of(from, to, step, window, clock.Moment());
        if (range is null)
            return Answers.Problem(400, "history-range", wrong!);
        var counted = new List<(Budget, CountHistory)>();
        foreach (var part in await CompositeReader.Parts(composite, session, stop))
        {
            var over = CompositeReader.Over(part, terms, terms.Window);
            var since = range.From - window - TimeSpan.FromDays(1);
            counted.Add((over, await counts.Read(over.Sli, since, range.To, stop)));
        }

        var replay = new CompositeReplay(terms, counted);
        var stored = await session.Events.FetchStreamAsync(id, token: stop);
        var points = range.Points().ToList();
        return TypedResults.Ok(
            new CompositeHistory(
                composite.Name,
                terms.Target,
                terms.Window,
                points[0],
                points[^1],
                (int)range.Step.TotalSeconds,
                [.. points.Select(replay.At)],
                CompositeMarks.Of([.. stored.Select(one => one.Data)], points[0], points[^1])
            )
        );
    }
}
