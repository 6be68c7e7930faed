using JasperFx.Events;
using Marten;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Weasel.Core;

namespace Steady.Kernel;

/// <summary>Our Marten defaults, in one place.</summary>
public static class EventStore
{
    /// <summary>
    /// Adds the service's event store on the connection string of its name, with the publisher and one leader-elected
    /// daemon; also <see cref="Streams"/> and an <see cref="NpgsqlDataSource"/> for plain tables.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="name">Connection string and database schema, for example <c>incidents</c>.</param>
    /// <param name="announce">What stored events mean to others.</param>
    /// <param name="configure">Stored event names, projections and documents of the service.</param>
    public static void AddEventStore(
        this IHostApplicationBuilder builder,
        string name,
        Announce announce,
        Action<StoreOptions> configure
    )
    {
        var database =
            builder.Configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"The connection string '{name}' (PostgreSQL) is missing.");
        var nudge = new Nudge();
        builder.Services.AddSingleton<Streams>();
        builder.Services.AddSingleton(announce);
        builder.Services.TryAddSingleton<Privacy>();
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database));
        builder.Services.AddHealthChecks().AddCheck<OutboxLag>("outbox");
        var marten = builder
            .Services.AddMarten(options =>
            {
                options.Connection(database);
                options.DatabaseSchemaName = name;
                Defaults(options, nudge);
                configure(options);
            })
            .UseLightweightSessions()
            .ApplyAllDatabaseChangesOnStartup()
            .AddSubscriptionWithServices<Publisher>(ServiceLifetime.Singleton);
        Daemon.Add(marten, database, BitConverter.ToInt64(StableId.From("daemon", name).ToByteArray()));
    }

    private static void Defaults(StoreOptions options, Nudge nudge)
    {
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Events.UseExclusiveLockOnConcurrentAppends = true;
        options.Events.MetadataConfig.HeadersEnabled = true;
        options.Schema.For<Receipt>().Identity(receipt => receipt.Id);
        // A rolled-back append burns a sequence number, and everything behind it waits this long.
        options.Projections.StaleSequenceThreshold = TimeSpan.FromMilliseconds(500);
        options.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(250);
        options.Projections.FastPollingTime = TimeSpan.FromMilliseconds(100);
        options.Projections.Wakeup = nudge;
        options.Projections.ActivitySource = null;
        options.Listeners.Add(nudge);
    }
}

/// <summary>Degraded while events older than ten seconds have not been published.</summary>
internal sealed class OutboxLag(NpgsqlDataSource database, IDocumentStore store, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(10);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var schema = store.Options.Events.DatabaseSchemaName;
        await using var oldest = database.CreateCommand(
            $"""
            select min(timestamp) from {schema}.mt_events
            where seq_id > coalesce((select last_seq_id from {schema}.mt_event_progression where name like '{Publisher.Shard}:%' limit 1), 0)
            """
        );
        var waiting = await oldest.ExecuteScalarAsync(cancellationToken) as DateTime?;
        return waiting is { } since && clock.GetUtcNow() - since > Allowed
            ? HealthCheckResult.Degraded($"Events since {since:O} wait to be published.")
            : HealthCheckResult.Healthy();
    }
}

/// <summary>Degraded while a message waits in an error queue.</summary>
internal sealed class ErrorQueues(Topology topology) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var waiting = await topology.Errors(cancellationToken);
        return waiting.Values.Sum(Convert.ToInt64) is > 0 and var total
            ? HealthCheckResult.Degraded($"{total} messages wait in error queues.", data: waiting)
            : HealthCheckResult.Healthy(data: waiting);
    }
}
