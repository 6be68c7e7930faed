using Marten;
using Marten.Linq.MatchesSql;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Budgets.Objectives;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Spending;

/// <summary>Everything that may have spent a budget in a stretch of time, and how it is told apart.</summary>
public sealed record KnownCauses(IReadOnlyList<Cause> Causes, TuneAttribution Terms);

/// <summary>Fetches what a ledger is made of.</summary>
public sealed class CauseReader(CountStretches stretches, CountSums counts, BudgetReader reader)
{
    /// <summary>The causes of several budgets, in five statements for all of them.</summary>
    public static async Task<IReadOnlyList<KnownCauses>> Read(
        IReadOnlyList<Budget> budgets,
        IQuerySession session,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken stop
    )
    {
        var services = budgets.Select(budget => budget.Service).Distinct().ToArray();
        var ids = budgets.Select(budget => budget.Id).ToArray();
        var since = from.AddDays(-1);
        var deploys = await session
            .Query<Deploy>()
            .Where(deploy => deploy.MatchesSql("jsonb_exists_any(d.data -> 'affects', ?)", (object)services))
            .Where(deploy => deploy.At > since && deploy.At < to)
            .ToListAsync(stop);
        var claims = await session
            .Query<Claim>()
            .Where(claim => services.Contains(claim.Service) && claim.From < to && claim.To > from)
            .ToListAsync(stop);
        var spent = await session
            .Query<SpentInterval>()
            .Where(one => ids.Contains(one.BudgetId) && one.From < to && one.To > from)
            .ToListAsync(stop);
        var named = deploys.Select(deploy => deploy.Service).Concat(services).Distinct();
        var profiles = (
            await session.LoadManyAsync<ServiceProfile>(stop, [.. named.Select(ServiceProfile.IdOf)])
        ).ToDictionary(profile => profile.Service);
        var owners = await session.TeamsOf([.. named], stop);
        var objectives = (
            await session.LoadManyAsync<Objective>(stop, [.. budgets.Select(budget => budget.Of.ObjectiveId)])
        ).ToDictionary(objective => objective.Id, objective => objective.Latest());
        return
        [
            .. budgets.Select(budget =>
                Of(
                    budget,
                    objectives.GetValueOrDefault(budget.Of.ObjectiveId),
                    profiles,
                    owners,
                    deploys,
                    claims,
                    spent
                )
            ),
        ];
    }

    /// <summary>Who spent the budget of the first window, by cause; the parts add up to the failures of the reading.</summary>
    public async Task<IReadOnlyList<SpendShare>> Shares(
        Budget budget,
        KnownCauses known,
        IReadOnlyList<FailedBucket> failed,
        Reading reading,
        CancellationToken stop
    )
    {
        var (whole, mayFail) = (reading.Whole(budget.Terms), BurnRates.MayFail(budget.Target));
        if (known.Terms.BackgroundRate == 0)
            return Attribution.Shares(known.Causes, failed, whole, mayFail, known.Terms.Order);
        var period = reading.PeriodOf(budget.Terms.Windows[0]);
        var (lines, _, _) = await Ledger(budget, known, period.Since, period.Until, stop);
        var parts = SpendReports.Parts(lines, SpendBy.Cause, whole, mayFail);
        // What came in since the reading belongs to the next one.
        return Attribution.Fit(
            [
                .. parts.Select(part => new SpendShare(
                    part.Kind,
                    part.CauseId,
                    part.Label,
                    part.Bad,
                    part.ShareOfBudget
                )),
            ],
            whole,
            mayFail
        );
    }

    /// <summary>Failures that may have a cause, for the budget with all causes that are known.</summary>
    public Task<IReadOnlyList<FailedBucket>> Failed(
        Budget budget,
        KnownCauses known,
        DateTimeOffset now,
        CancellationToken stop
    ) =>
        known.Terms.BackgroundRate == 0
            ? reader.Failed(budget with { Causes = known.Causes }, now, stop)
            : Task.FromResult<IReadOnlyList<FailedBucket>>([]);

    /// <summary>The ledger of [from, to) without excluded periods, and the tallies inside and outside of them.</summary>
    public async Task<(IReadOnlyList<SpendLine> Lines, Tally Official, Tally Excluded)> Ledger(
        Budget budget,
        KnownCauses known,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken stop
    )
    {
        var (excluded, official) = (new Tally(), new Tally());
        var counted = new List<CountBucket>();
        foreach (var bucket in await Buckets(budget, known, from, to, stop))
        {
            var isExcluded = budget.Exclusions.Any(one => one.From <= bucket.Start && bucket.Start < one.To);
            if (!isExcluded)
                counted.Add(bucket);
            if (bucket.Start < from)
                continue;
            if (isExcluded)
                excluded += new Tally(bucket.Good, bucket.Bad);
            else
                official += new Tally(bucket.Good, bucket.Bad);
        }

        var lines = Spending.Ledger.Of(counted, known.Causes, known.Terms).Where(line => line.Start >= from);
        return ([.. lines], official, excluded);
    }

    // In the unit of the objective's method: events, or slices on their grid.
    private async Task<IReadOnlyList<CountBucket>> Buckets(
        Budget budget,
        KnownCauses known,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken stop
    )
    {
        if (Periods.SliceOf(budget.Terms) is { } slice)
        {
            var whole = Slicing.Whole(budget.Terms.Method);
            var grid = new DateTimeOffset(from.UtcTicks - from.UtcTicks % slice.Ticks, TimeSpan.Zero);
            var seconds = (int)slice.TotalSeconds;
            return
            [
                .. (await counts.Slices(budget.Sli, grid, to, seconds, stop))
                    .Select(one => Slicing.Failed(one.Start, one.Tally, budget.Terms))
                    .Select(one => new CountBucket(one.Start, seconds, whole - one.Bad, one.Bad)),
            ];
        }

        // What the background expects of a minute follows from its day.
        var begin = known.Terms.BackgroundRate == 0 ? from : new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero);
        return await stretches.Buckets(budget.Sli, begin, to, stop);
    }

    private static KnownCauses Of(
        Budget budget,
        Revision? said,
        Dictionary<string, ServiceProfile> profiles,
        Dictionary<string, string?> owners,
        IReadOnlyList<Deploy> deploys,
        IReadOnlyList<Claim> claims,
        IReadOnlyList<SpentInterval> spent
    )
    {
        var service = budget.Service;
        var profile = profiles.GetValueOrDefault(service) ?? new ServiceProfile { Service = service };
        // What was said of the service comes before what its objective says, and that before whose the catalog says it is.
        var team = profile.Team ?? said?.Team ?? owners.GetValueOrDefault(service);
        // A rate of events says nothing about slices.
        var terms = Periods.SliceOf(budget.Terms) is null
            ? profile.Attribution
            : profile.Attribution with
            {
                BackgroundRate = 0,
            };
        var told = spent
            .Where(one => one.BudgetId == budget.Id)
            .Select(one => new Cause(one.Kind, one.CauseId, one.Label, one.From, one.To))
            .UnionBy(budget.Causes, cause => cause.Id);
        return new(
            [
                .. told.Select(cause => cause with { Team = team }),
                .. Deploys.Causes(
                    deploys.Where(deploy => deploy.Affects.Contains(service)),
                    TimeSpan.FromMinutes(terms.DeployMinutes),
                    place => Patterns.Match(said?.Environment ?? terms.Environments, place),
                    other =>
                        other == service
                            ? team
                            : profiles.GetValueOrDefault(other)?.Team ?? owners.GetValueOrDefault(other)
                ),
                .. claims.Where(claim => claim.Service == service).Select(claim => claim.Cause()),
            ],
            terms
        );
    }
}
