using Marten;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Spending;

/// <summary>Everything that may have spent a budget in a stretch of time, and how it is told apart.</summary>
public sealed record KnownCauses(IReadOnlyList<Cause> Causes, TuneAttribution Terms);

/// <summary>Fetches what a ledger is made of.</summary>
public sealed class CauseReader(CountStretches counts)
{
    public static async Task<KnownCauses> Read(
        Budget budget,
        IQuerySession session,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken stop
    )
    {
        var service = budget.Service;
        var profile = await session.LoadAsync<ServiceProfile>(ServiceProfile.IdOf(service), stop);
        var terms = (profile ?? new ServiceProfile { Service = service }).Attribution;
        var covers = TimeSpan.FromMinutes(terms.DeployMinutes);
        var since = from - covers;
        var deploys = await session
            .Query<Deploy>()
            .Where(deploy => deploy.Affects.Contains(service) && deploy.At > since && deploy.At < to)
            .ToListAsync(stop);
        var claims = await session
            .Query<Claim>()
            .Where(claim => claim.Service == service && claim.From < to && claim.To > from)
            .ToListAsync(stop);
        var spent = await session
            .Query<SpentInterval>()
            .Where(one => one.BudgetId == budget.Id && one.From < to && one.To > from)
            .ToListAsync(stop);
        var teams = await Teams(deploys.Select(deploy => deploy.Service).Append(service), session, stop);
        var counting = new Func<string, bool>(environment => Patterns.Match(terms.Environments, environment));
        IEnumerable<Cause> told = spent.Select(one => new Cause(one.Kind, one.CauseId, one.Label, one.From, one.To));
        return new(
            [
                .. told.UnionBy(budget.Causes, cause => cause.Id)
                    .Select(cause => cause with { Team = teams.GetValueOrDefault(service) }),
                .. Deploys.Causes(deploys, covers, counting, teams.GetValueOrDefault),
                .. claims.Select(claim => claim.Cause()),
            ],
            terms
        );
    }

    /// <summary>The ledger of [from, to) without excluded periods, and the tallies inside and outside of them.</summary>
    public async Task<(IReadOnlyList<SpendLine> Lines, Tally Official, Tally Excluded)> Ledger(
        Budget budget,
        KnownCauses known,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken stop
    )
    {
        // What the background expects of a minute follows from its day.
        var begin = known.Terms.BackgroundRate == 0 ? from : new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero);
        var all = await counts.Buckets(budget.Sli, begin, to, stop);
        var excluded = new Tally();
        var official = new Tally();
        var counted = new List<CountBucket>(all.Count);
        foreach (var bucket in all)
        {
            var tally = new Tally(bucket.Good, bucket.Bad);
            var isExcluded = budget.Exclusions.Any(one => one.From <= bucket.Start && bucket.Start < one.To);
            if (!isExcluded)
                counted.Add(bucket);
            if (bucket.Start < from)
                continue;
            if (isExcluded)
                excluded += tally;
            else
                official += tally;
        }

        var lines = Spending.Ledger.Of(counted, known.Causes, known.Terms).Where(line => line.Start >= from);
        return ([.. lines], official, excluded);
    }

    private static async Task<Dictionary<string, string?>> Teams(
        IEnumerable<string> services,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var ids = services.Distinct().Select(ServiceProfile.IdOf).ToArray();
        var profiles = await session.LoadManyAsync<ServiceProfile>(stop, ids);
        return profiles.ToDictionary(profile => profile.Service, profile => profile.Team);
    }
}
