using System.Collections.Concurrent;
using Npgsql;

namespace Steady.Budgets.Counts;

/// <summary>Indicators have numbers in the tables of counts: given once, never taken back, so they may be remembered.</summary>
public sealed class CountSlis(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<string, int> ids = new(StringComparer.Ordinal);

    /// <summary>The number of an indicator that has been looked up; null when nothing was ever counted for it.</summary>
    public int? this[string sli] => ids.TryGetValue(sli, out var id) ? id : null;

    /// <summary>Looks numbers up, and gives them where there are none.</summary>
    public Task Number(IEnumerable<string> slis, CancellationToken stop) =>
        Learn(
            """
            with added as (
              insert into budgets.count_sli (name) select n from unnest($1) n
              where not exists (select 1 from budgets.count_sli s where s.name = n) order by n
              on conflict do nothing returning id, name)
            select id, name from added union all select id, name from budgets.count_sli where name = any($1)
            """,
            slis,
            stop
        );

    /// <summary>Looks numbers up.</summary>
    public Task Find(IEnumerable<string> slis, CancellationToken stop) =>
        Learn("select id, name from budgets.count_sli where name = any($1)", slis, stop);

    /// <summary>The names of numbers that were looked up.</summary>
    public Dictionary<int, string> Names() => ids.ToDictionary(one => one.Value, one => one.Key);

    private async Task Learn(string sql, IEnumerable<string> slis, CancellationToken stop)
    {
        var unknown = slis.Distinct().Where(sli => !ids.ContainsKey(sli)).ToArray();
        if (unknown.Length == 0)
            return;
        await using var command = database.CreateCommand(sql);
        command.Parameters.Give((object)unknown);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            ids[rows.GetString(1)] = rows.GetInt32(0);
    }
}
