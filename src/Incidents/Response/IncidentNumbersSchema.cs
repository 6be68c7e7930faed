using Marten;
using Npgsql;
using Weasel.Postgresql;

namespace Steady.Incidents.Response;

/// <summary>Numbers for people, from a sequence: unique and rising. A request that is refused leaves a gap.</summary>
public static class IncidentNumbersSchema
{
    private const string Name = "incident_numbers";

    public static void Add(StoreOptions options) =>
        options.Storage.ExtendedSchemaObjects.Add(new Sequence($"{options.DatabaseSchemaName}.{Name}"));

    public static async Task<long> Next(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var next = database.CreateCommand($"select nextval('{IncidentsSchema.Name}.{Name}')");
        return (long)(await next.ExecuteScalarAsync(stop))!;
    }
}
