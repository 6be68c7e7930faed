using System.Threading.Channels;
using JasperFx.Events.Daemon;
using JasperFx.Events.Daemon.HighWater;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;
using ProjectionCoordinator = Marten.Events.Daemon.Coordination.ProjectionCoordinator;

namespace Steady.Kernel;

/// <summary>
/// Runs projections and the publisher on one node: Marten's own coordinator, started only by the holder of one advisory
/// lock. Marten's HotCold mode cannot be used here: with a data source its lock fails, retries for ever, and no projection runs.
/// </summary>
internal sealed class Daemon(
    IProjectionCoordinator coordinator,
    string connectionString,
    long key,
    TimeProvider clock,
    ILogger<Daemon> log
) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    internal static void Add(
        MartenServiceCollectionExtensions.MartenConfigurationExpression marten,
        string database,
        long key
    )
    {
        marten.Services.ConfigureMarten(options => options.Projections.AsyncMode = DaemonMode.Solo);
        marten.Services.AddSingleton<IProjectionCoordinator, ProjectionCoordinator>();
        marten.Services.AddSingleton<JasperFx.Events.Daemon.IProjectionCoordinator>(services =>
            services.GetRequiredService<IProjectionCoordinator>()
        );
        marten.Services.AddHostedService(services =>
            ActivatorUtilities.CreateInstance<Daemon>(services, database, key)
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Lead(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                log.LogWarning(
                    "Projections stopped: the leader's lock is gone or not attainable ({Reason})",
                    e.Message
                );
            }

            await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Lead(CancellationToken stop)
    {
        // The server ends the session of a leader that is frozen, so that another one may take over.
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Timeout = 3,
            CommandTimeout = 3,
            Options = "-c idle_session_timeout=10s",
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(stop);
        await using var take = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection);
        take.Parameters.Add(new() { Value = key });
        while (!(bool)(await take.ExecuteScalarAsync(stop))!)
            await Task.Delay(Beat, clock, stop);

        try
        {
            await coordinator.StartAsync(stop);
            await using var ping = new NpgsqlCommand("select 1", connection);
            while (true)
            {
                await Task.Delay(Beat, clock, stop);
                await ping.ExecuteScalarAsync(stop);
            }
        }
        finally
        {
            await coordinator.StopAsync(CancellationToken.None);
        }
    }
}

/// <summary>Wakes the daemon after a local commit. A signal that comes while it is busy is kept.</summary>
internal sealed class Nudge : DocumentSessionListenerBase, IDaemonWakeup
{
    private readonly Channel<byte> signal = Channel.CreateBounded<byte>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        if (commit.GetStreams().Any())
            signal.Writer.TryWrite(0);
        return Task.CompletedTask;
    }

    public async Task WaitAsync(TimeSpan timeout, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(timeout);
        try
        {
            await signal.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested) { }
    }

    public void Dispose() { }
}
