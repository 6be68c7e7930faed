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
    private volatile SecretBox? box;

    public static VaultSchema Of(IConfiguration configuration) =>
        new(
            configuration.GetConnectionString("vault")
                ?? configuration.GetConnectionString(IncidentsSchema.Name)
                ?? throw new InvalidOperationException("The connection string 'vault' (PostgreSQL) is missing.")
        );

    public ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>One seal, for one entry of this author.</summary>
    public async Task<Seal> NewSeal(Actor author, CancellationToken stop) => (await NewSeals([author], stop))[0];

    /// <summary>A seal for an entry of each of these authors, in one round. Their keys are stored when it comes back.</summary>
    public async Task<IReadOnlyList<Seal>> NewSeals(IReadOnlyList<Actor> authors, CancellationToken stop)
    {
        if (authors.Count == 0)
            return [];
        await Create(stop);
        var ids = authors.Select(_ => new Guid(RandomNumberGenerator.GetBytes(16))).ToArray();
        var keys = authors.Select(_ => RandomNumberGenerator.GetBytes(KeyBytes)).ToArray();
        var people = await Store(ids, keys, [.. authors.Select(one => one.Name).Distinct().Order()], stop);
        return [.. authors.Select((author, i) => SealOf(ids[i], keys[i], people, author.Name))];
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

    /// <summary>
    /// Seals what is no entry: addresses, signing secrets. Its key is made once, and asked for once by each process, so that
    /// paging does not wait for it.
    /// </summary>
    public async Task<SecretBox> Box(CancellationToken stop)
    {
        if (box is { } known)
            return known;
        await Create(stop);
        await using var command = database.CreateCommand(
            $"""
            insert into {Table} (id, secret) values ('own/box', @secret) on conflict do nothing;
            select secret from {Table} where id = 'own/box'
            """
        );
        command.Parameters.AddWithValue("secret", RandomNumberGenerator.GetBytes(KeyBytes));
        return box = new SecretBox((byte[])(await command.ExecuteScalarAsync(stop))!);
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

    // Whoever loses the race for a person's first key finds the other one's.
    private async Task<Dictionary<string, (string Name, byte[] Secret)>> Store(
        Guid[] ids,
        byte[][] keys,
        string[] people,
        CancellationToken stop
    )
    {
        await using var command = database.CreateCommand(
            $"""
            insert into {Table} (id, secret) select 'entry/' || id, secret from unnest(@ids, @keys) as one(id, secret);
            insert into {Table} (id, person, secret)
            select 'person/' || one.person || '#' || (select count(*) from {Table} as had where had.person = one.person),
              one.person, one.secret
            from unnest(@people, @secrets) as one(person, secret)
            where not exists (select from {Table} as has where has.person = one.person and has.secret is not null)
            on conflict do nothing;
            select distinct on (person) person, id, secret from {Table}
            where person = any (@people) and secret is not null order by person, id
            """
        );
        command.Parameters.AddWithValue("ids", ids);
        command.Parameters.AddWithValue("keys", keys);
        command.Parameters.AddWithValue("people", people);
        command.Parameters.AddWithValue(
            "secrets",
            people.Select(_ => RandomNumberGenerator.GetBytes(KeyBytes)).ToArray()
        );
        await using var reader = await command.ExecuteReaderAsync(stop);
        var found = new Dictionary<string, (string, byte[])>(StringComparer.Ordinal);
        while (await reader.ReadAsync(stop))
            found[reader.GetString(0)] = (reader.GetString(1), await reader.GetFieldValueAsync<byte[]>(2, stop));
        return found;
    }

    private static Seal SealOf(
        Guid id,
        byte[] key,
        Dictionary<string, (string Name, byte[] Secret)> people,
        string author
    ) =>
        people.TryGetValue(author, out var person)
            ? new Seal(id, person.Name, Seal.SecretOf(key, person.Secret))
            : throw new InvalidOperationException(
                "The key of an author was destroyed while they wrote. Send it again."
            );

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
