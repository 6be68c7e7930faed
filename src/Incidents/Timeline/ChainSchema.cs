using System.Security.Cryptography;
using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Weasel.Postgresql.Tables;

namespace Steady.Incidents.Timeline;

/// <summary>
/// A chain of hashes over everything stored, as it is stored: words are in it as their cipher, so it holds when they are
/// redacted. Each block has the hashes of some events in their order, and a head that follows from the block before.
/// </summary>
public static class ChainSchema
{
    private const string Table = "timeline_chain";
    private const int HashBytes = 32;

    // What the store puts in the place of an append that failed has no moment.
    private const string Leaf = """
        sha256(convert_to(concat_ws('|', seq_id, id, type, stream_id, version,
          case when isfinite(timestamp) then (extract(epoch from timestamp) * 1000000)::bigint else 0 end, data::text), 'UTF8'))
        """;

    public static void Add(StoreOptions options)
    {
        var table = new Table($"{options.DatabaseSchemaName}.{Table}");
        table.AddColumn("through_seq", "bigint").NotNull().AsPrimaryKey();
        table.AddColumn("seqs", "bigint[]").NotNull();
        table.AddColumn("leaves", "bytea").NotNull();
        table.AddColumn("head", "bytea").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>The statement that adds a block for events of these numbers. What is in the chain stays there as it is.</summary>
    public static string Append(string schema) =>
        $"""
            insert into {schema}.{Table} (through_seq, seqs, leaves, head)
            select max(seq_id), array_agg(seq_id order by seq_id), string_agg(leaf, null order by seq_id),
              sha256(coalesce((select head from {schema}.{Table} order by through_seq desc limit 1), '')
                || string_agg(leaf, null order by seq_id))
            from (
              select seq_id, {Leaf} as leaf from {schema}.mt_events
              where seq_id = any (?) and seq_id > coalesce((select max(through_seq) from {schema}.{Table}), 0)) events
            having count(*) > 0
            """;

    /// <summary>Computes the whole chain again from what is stored, and tells where it differs from what was written down.</summary>
    public static async Task<TimelineProof> Verify(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var blocks = database.CreateCommand(
            $"select through_seq, seqs, leaves, head from {IncidentsSchema.Name}.{Table} order by through_seq"
        );
        await using var block = await blocks.ExecuteReaderAsync(stop);
        await using var events = database.CreateCommand(
            $"select seq_id, {Leaf} from {IncidentsSchema.Name}.mt_events order by seq_id"
        );
        await using var stored = await events.ExecuteReaderAsync(stop);
        byte[] head = [];
        var (count, through) = (0L, 0L);
        while (await block.ReadAsync(stop))
        {
            var seqs = await block.GetFieldValueAsync<long[]>(1, stop);
            var leaves = await block.GetFieldValueAsync<byte[]>(2, stop);
            if (await Differs(stored, seqs, leaves, stop) is { } broken)
                return new TimelineProof(false, count, through, Print(head), broken);
            var next = SHA256.HashData([.. head, .. leaves]);
            var written = await block.GetFieldValueAsync<byte[]>(3, stop);
            if (!next.AsSpan().SequenceEqual(written))
                return new TimelineProof(false, count, through, Print(head), seqs[0]);
            (head, count, through) = (next, count + seqs.Length, block.GetInt64(0));
        }

        return new TimelineProof(true, count, through, Print(head), null);
    }

    // The number of the first event that is gone or another one than it was. What came so late that no block has it is
    // passed over.
    private static async Task<long?> Differs(
        NpgsqlDataReader stored,
        long[] seqs,
        byte[] leaves,
        CancellationToken stop
    )
    {
        for (var i = 0; i < seqs.Length; i++)
        {
            do
            {
                if (!await stored.ReadAsync(stop))
                    return seqs[i];
            } while (stored.GetInt64(0) < seqs[i]);
            if (stored.GetInt64(0) != seqs[i])
                return seqs[i];
            var leaf = await stored.GetFieldValueAsync<byte[]>(1, stop);
            if (!leaf.AsSpan().SequenceEqual(leaves.AsSpan(i * HashBytes, HashBytes)))
                return seqs[i];
        }

        return null;
    }

    private static string Print(byte[] head) => Convert.ToHexStringLower(head);
}

public static class ProofEndpoint
{
    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/timeline/proof", Prove)
            .WithTags("Timeline")
            .WithSummary("Computes the chain of hashes over everything stored again, and says whether it still holds")
            .Produces<TimelineProof>();

    private static async Task<IResult> Prove(NpgsqlDataSource database, CancellationToken stop) =>
        TypedResults.Ok(await ChainSchema.Verify(database, stop));
}
