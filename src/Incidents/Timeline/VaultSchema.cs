using System.Security.Cryptography;
using Npgsql;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>
/// The keys of what people wrote: in a schema, or with the connection string <c>vault</c> in a database, of their own, so
/// that they can be backed up apart. A destroyed key leaves its name, who destroyed it and when.
/// </summary>
public sealed class VaultSchema(string connectionString) : IAsyncDisposable
{
    private const string Table = "incidents_vault.keys";
    private const int KeyBytes = 32;

    // Few and short questions: in a storm they wait for each other and leave the server's connections to the store.
    private const int MostConnections = 10;

    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = MostConnections }
    );
    private volatile bool exists;

    public static VaultSchema Of(IConfiguration configuration) =>
        new(
            configuration.GetConnectionString("vault")
                ?? configuration.GetConnectionString(IncidentsSchema.Name)
                ?? throw new InvalidOperationException("The connection string 'vault' (PostgreSQL) is missing.")
        );

    public ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>One seal, for one entry of this author.</summary>
    public async Task<Seal> NewSeal(Actor author, CancellationToken stop) => (await NewSeals(author, 1, stop))[0];

    /// <summary>Seals for several entries of one author, in one round.</summary>
    public async Task<IReadOnlyList<Seal>> NewSeals(Actor author, int count, CancellationToken stop)
    {
        await Create(stop);
        var (person, personKey) = await PersonKey(author.Name, stop);
        var ids = new Guid[count];
        var keys = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            ids[i] = new Guid(RandomNumberGenerator.GetBytes(16));
            keys[i] = RandomNumberGenerator.GetBytes(KeyBytes);
        }

        await using var insert = database.CreateCommand(
            $"insert into {Table} (id, secret) select 'entry/' || id, secret from unnest($1, $2) as one(id, secret)"
        );
        insert.Parameters.AddWithValue(ids);
        insert.Parameters.AddWithValue(keys);
        await insert.ExecuteNonQueryAsync(stop);
        return [.. ids.Zip(keys, (id, key) => new Seal(id, person, Seal.SecretOf(key, personKey)))];
    }

    /// <summary>The keys of what is sealed in these events, as far as they exist.</summary>
    public async Task<OpenKeys> KeysOf(IEnumerable<object> events, CancellationToken stop)
    {
        var closed = events.Select(OpenKeys.In).OfType<SealedText>().ToList();
        if (closed.Count == 0)
            return OpenKeys.None;
        await Create(stop);
        var names = closed.Select(NameOf).Concat(closed.Select(one => one.Person)).Distinct().ToArray();
        await using var query = database.CreateCommand(
            $"select id, secret from {Table} where id = any ($1) and secret is not null"
        );
        query.Parameters.AddWithValue(names);
        var found = new Dictionary<string, byte[]>();
        await using var reader = await query.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            found[reader.GetString(0)] = await reader.GetFieldValueAsync<byte[]>(1, stop);
        return new OpenKeys(
            closed.DistinctBy(one => one.Key).ToDictionary(one => one.Key, one => SecretOf(one, found))
        );
    }

    /// <summary>Destroys the keys of these texts. Again changes nothing.</summary>
    public Task Destroy(IReadOnlyCollection<SealedText> texts, string by, CancellationToken stop) =>
        Destroy("id = any ($2)", texts.Select(NameOf).ToArray(), by, stop);

    /// <summary>Destroys every key this person ever had. What they write from now on has a new one.</summary>
    public Task Destroy(string person, string by, CancellationToken stop) => Destroy("person = $2", person, by, stop);

    private async Task Destroy<T>(string which, T value, string by, CancellationToken stop)
    {
        await Create(stop);
        await using var destroy = database.CreateCommand(
            $"update {Table} set secret = null, destroyed_at = now(), destroyed_by = $1 where {which} and secret is not null"
        );
        destroy.Parameters.AddWithValue(by);
        destroy.Parameters.Add(new NpgsqlParameter { Value = value });
        await destroy.ExecuteNonQueryAsync(stop);
    }

    private async Task<(string Name, byte[] Secret)> PersonKey(string person, CancellationToken stop)
    {
        // Whoever loses the race for a person's first key finds the other one's.
        await using var command = database.CreateCommand(
            $"""
            insert into {Table} (id, person, secret)
            select 'person/' || @person || '#' || (select count(*) from {Table} where person = @person), @person, @secret
            where not exists (select from {Table} where person = @person and secret is not null)
            on conflict do nothing;
            select id, secret from {Table} where person = @person and secret is not null order by id limit 1
            """
        );
        return await Read(command, person, stop);
    }

    private static async Task<(string, byte[])> Read(NpgsqlCommand command, string person, CancellationToken stop)
    {
        command.Parameters.AddWithValue("person", person);
        command.Parameters.AddWithValue("secret", RandomNumberGenerator.GetBytes(KeyBytes));
        await using var reader = await command.ExecuteReaderAsync(stop);
        if (!await reader.ReadAsync(stop))
            throw new InvalidOperationException("The key of an author was destroyed while they wrote. Send it again.");
        return (reader.GetString(0), await reader.GetFieldValueAsync<byte[]>(1, stop));
    }

    private static byte[]? SecretOf(SealedText closed, Dictionary<string, byte[]> found) =>
        found.TryGetValue(NameOf(closed), out var entry) && found.TryGetValue(closed.Person, out var person)
            ? Seal.SecretOf(entry, person)
            : null;

    private static string NameOf(SealedText closed) => $"entry/{closed.Key}";

    private async Task Create(CancellationToken stop)
    {
        if (exists)
            return;
        await using var create = database.CreateCommand(
            $"""
            begin;
            select pg_advisory_xact_lock(7236125318);
            create schema if not exists incidents_vault;
            create table if not exists {Table} (
              id text primary key, person text, secret bytea, destroyed_at timestamptz, destroyed_by text);
            create index if not exists keys_person on {Table} (person) where person is not null;
            commit
            """
        );
        await create.ExecuteNonQueryAsync(stop);
        exists = true;
    }
}
