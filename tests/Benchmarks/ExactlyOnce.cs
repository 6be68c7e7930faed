using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Steady.Budgets.Counts;
using Steady.Tests.Integration.Budgets;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>A million batches, shuffled, a third of them twice, a tenth of them days late, four writers: no sum is wrong.</summary>
public static class ExactlyOnce
{
    private const int Batches = 1_000_000;

    public static async Task Run(Report report)
    {
        var seed = Random.Shared.Next();
        await using var database = NpgsqlDataSource.Create(await Servers.NewDatabase("once"));
        var clock = TimeProvider.System;
        var policy = CountPolicy.From(new ConfigurationBuilder().Build());
        await new CountSchema(database, policy, clock).StartAsync(default);
        var slis = new CountSlis(database);
        var table = new CountTable(database, slis, new CountPartitions(database), policy, clock);
        var sums = new CountSums(database, slis, policy, clock);
        var began = clock.GetTimestamp();
        var wrong = await ShuffledBatches.Wrong(
            table,
            sums,
            clock.GetUtcNow().Down(Horizons.Slot),
            Batches,
            seed,
            default
        );
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Batches:N0} batches, each delivered once or twice, shuffled and late, 4 writers: {wrong} wrong sums (seed {seed}, {clock.GetElapsedTime(began).TotalMinutes:F1} min)"
            )
        );
        if (wrong > 0)
            throw new InvalidOperationException("Counts were lost or counted twice.");
    }
}
