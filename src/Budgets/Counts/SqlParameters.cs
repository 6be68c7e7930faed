using Npgsql;

namespace Steady.Budgets.Counts;

internal static class SqlParameters
{
    /// <summary>Values for $1, $2, … in order; moments go in as UTC.</summary>
    public static void Give(this NpgsqlParameterCollection parameters, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            parameters.Add(new NpgsqlParameter { Value = value is DateTimeOffset time ? time.UtcDateTime : value });
    }
}
