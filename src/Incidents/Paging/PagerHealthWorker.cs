using Marten;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

/// <summary>When the pager last got round.</summary>
public sealed class PagerPulse
{
    private long last;

    public void Beat(DateTimeOffset now) => Interlocked.Exchange(ref last, now.UtcTicks);

    public DateTimeOffset Last => new(Interlocked.Read(ref last), TimeSpan.Zero);
}

/// <summary>Degraded while the pager path itself is ill.</summary>
public sealed class PagerHealth(IDocumentStore store, NpgsqlDataSource database, PagerPulse pulse, TimeProvider clock)
    : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => await Ill(cancellationToken) is { } why ? HealthCheckResult.Degraded(why) : HealthCheckResult.Healthy();

    /// <summary>What is wrong with the pager; null when it works.</summary>
    public async Task<string?> Ill(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var session = store.QuerySession();
        var page = await session
            .Query<Page>()
            .Where(one => one.Status == PageStatus.Waiting && one.DueAt <= now)
            .OrderBy(one => one.DueAt)
            .FirstOrDefaultAsync(stop);
        var steps = await EscalationDueProjection.Due(database, now, 1, stop);
        return PagerDiagnosis.Of(pulse.Last, page?.DueAt, steps is [var oldest] ? oldest.DueAt : null, now);
    }
}

/// <summary>
/// The dead man's switch: tells somebody outside every minute that paging works, and nothing when it does not; what it finds is
/// on the timeline.
/// </summary>
public sealed class PagerHealthWorker(
    PagerHealth probe,
    WebhookSender webhooks,
    PagingSettings settings,
    Streams streams,
    TimeProvider clock,
    ILogger<PagerHealthWorker> log
) : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Actor By = new("rule:pager");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Minute, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var ill = await probe.Ill(stoppingToken);
                await Tell(ill, stoppingToken);
                if (ill is null && settings.Heartbeat is { } heartbeat)
                    await webhooks.Beat(heartbeat, stoppingToken);
            }
            catch (Exception e)
                when (e
                        is NpgsqlException
                            or Marten.Exceptions.MartenCommandException
                            or TimeoutException
                            or HttpRequestException
                )
            {
                log.LogCritical("The pager's heartbeat is not sent: {Reason}", e.Message);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogCritical("The pager's heartbeat is not sent: its receiver does not answer");
            }
        }
    }

    private async Task Tell(string? ill, CancellationToken stop)
    {
        if (ill is not null)
            log.LogCritical("The pager is ill: {Reason}", ill);
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<Pager>(
            Pager.Stream,
            ExpectedVersion.Any,
            By,
            pager => Pager.Decide(pager, ill, now),
            stop
        );
        if (outcome is Outcome.Missing && ill is not null)
            await streams.Start<Pager>(NewStream.Of(Pager.Stream), By, [new PagerFellIll(ill, now)], stop);
    }
}
