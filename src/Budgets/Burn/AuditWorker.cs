using Marten;
using Npgsql;
using Steady.Budgets.Counts;
using Steady.Kernel;

namespace Steady.Budgets.Burn;

/// <summary>
/// Every hour counts the running sums again from the tables, and every ten minutes tells budgets what came late for hours
/// that had been sealed.
/// </summary>
public sealed class AuditWorker(
    IDocumentStore store,
    NpgsqlDataSource database,
    RunningCounts running,
    Streams streams,
    TimeProvider clock,
    ILogger<AuditWorker> log
) : BackgroundService
{
    private const int AuditEvery = 6;
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(10);

    // What is recorded now may become visible a little later.
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(1);
    private static readonly Actor Rule = new("rule:audit");

    /// <summary>One audit: what differed is put right, logged, and stands in the stream of each budget it concerns.</summary>
    public async Task Audit(CancellationToken stop)
    {
        var differed = await running.Audit(stop);
        if (differed.Count == 0)
            return;
        var now = clock.Moment();
        var budgets = await Budgets(stop);
        foreach (var one in differed)
        {
            log.LogError("A running sum differed from the tables and was put right: {Difference}", one);
            foreach (var budget in budgets.Where(budget => budget.Sli == one.Sli))
                await streams.Decide<Budget>(
                    budget.Id,
                    ExpectedVersion.Any,
                    Rule,
                    current => [new SumsDiffered(current.Of, one.Since, one.Until, one.Held, one.Counted, now)],
                    stop
                );
        }
    }

    /// <summary>Tells each budget once what came late for it.</summary>
    public async Task TellLate(CancellationToken stop)
    {
        var now = clock.Moment();
        var until = now - Settle;
        foreach (var budget in await Budgets(stop))
        {
            var since = budget.LateToldUntil > budget.OpenedAt ? budget.LateToldUntil : budget.OpenedAt;
            if (await Late(budget, since, until, stop) is not { } late)
                continue;
            await streams.Decide<Budget>(
                budget.Id,
                ExpectedVersion.Any,
                Rule,
                current => current.LateToldUntil >= until ? [] : [late with { Of = current.Of, At = now }],
                stop
            );
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            try
            {
                if (round % AuditEvery == 0)
                    await Audit(stoppingToken);
                await TellLate(stoppingToken);
            }
            catch (Exception e)
                when (e is NpgsqlException or Marten.Exceptions.MartenCommandException or TimeoutException)
            {
                log.LogWarning("Counts could not be audited this time ({Reason})", e.Message);
            }
        }
    }

    private async Task<IReadOnlyList<Budget>> Budgets(CancellationToken stop)
    {
        await using var session = store.QuerySession();
        return await session.Query<Budget>().ToListAsync(stop);
    }

    private async Task<LateDataApplied?> Late(
        Budget budget,
        DateTimeOffset since,
        DateTimeOffset until,
        CancellationToken stop
    )
    {
        await using var find = database.CreateCommand(
            """
            select min(c.minute), max(c.minute), sum(c.good)::bigint, sum(c.bad)::bigint
            from budgets.count_correction c join budgets.count_sli s on s.id = c.sli
            where s.name = $1 and c.sealed and c.recorded_at > $2 and c.recorded_at <= $3
            """
        );
        find.Parameters.Give(budget.Sli, since, until);
        await using var rows = await find.ExecuteReaderAsync(stop);
        await rows.ReadAsync(stop);
        return await rows.IsDBNullAsync(0, stop)
            ? null
            : new LateDataApplied(
                budget.Of,
                rows.GetDateTime(0),
                new DateTimeOffset(rows.GetDateTime(1)) + Horizons.Minute,
                new Tally(rows.GetInt64(2), rows.GetInt64(3)),
                until,
                until
            );
    }
}
