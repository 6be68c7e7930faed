using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Leases;

/// <summary>One line of the undo journal.</summary>
/// <param name="Kind">opened, before a fault is injected; fenced, when a higher epoch takes over; closed, after it is gone.</param>
public sealed record JournalEntry(
    string Kind,
    Guid LeaseId,
    DateTimeOffset At,
    PlaceLease? Placed = null,
    long? Epoch = null,
    LeaseState? State = null
)
{
    public const string Opened = "opened";
    public const string Fenced = "fenced";
    public const string Closed = "closed";
}

/// <summary>
/// The undo journal: what is about to be broken is on disk before it is broken. Lines of JSON, appended; a line that a
/// crash cut short is passed over.
/// </summary>
public sealed class Journal : IDisposable
{
    private readonly FileStream file;
    private readonly Lock gate = new();

    private Journal(FileStream file) => this.file = file;

    /// <summary>Reads what is there and opens the file for more, keeping only the entries that are still of use.</summary>
    /// <param name="path">The file; its folder is made when there is none.</param>
    /// <param name="keep">Chooses, from all that could be read, what the file starts with from now on.</param>
    public static Journal Open(string path, Func<IReadOnlyList<JournalEntry>, IReadOnlyList<JournalEntry>> keep)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var kept = keep(File.Exists(full) ? [.. Parse(File.ReadLines(full))] : []);
        var next = full + ".next";
        var file = new FileStream(next, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var journal = new Journal(file);
        foreach (var entry in kept)
            journal.Write(entry);
        file.Flush(flushToDisk: true);
        // A crash before this line leaves the old journal whole, after it the new one.
        File.Move(next, full, overwrite: true);
        return journal;
    }

    /// <summary>Adds an entry and returns once it is on the disk itself.</summary>
    /// <exception cref="IOException">It could not be written: then nothing may be injected.</exception>
    public void AppendDurably(JournalEntry entry)
    {
        lock (gate)
        {
            Write(entry);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Adds an entry whose loss would do no harm: an open lease is reverted at the next start anyhow.</summary>
    public void Append(JournalEntry entry)
    {
        lock (gate)
        {
            Write(entry);
            file.Flush();
        }
    }

    /// <summary>The entries of a journal's lines. What is no entry – the line a crash cut short – is left out.</summary>
    public static IEnumerable<JournalEntry> Parse(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            if (Read(line) is { } entry)
                yield return entry;
    }

    public void Dispose() => file.Dispose();

    private void Write(JournalEntry entry)
    {
        // The line break comes first as well: after a failed write the next entry must not continue a broken line.
        file.Write([(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(entry, Json.Options), (byte)'\n']);
    }

    private static JournalEntry? Read(string line)
    {
        try
        {
            var entry = line.Length == 0 ? null : JsonSerializer.Deserialize<JournalEntry>(line, Json.Options);
            return entry is { Kind: not null } && entry.LeaseId != Guid.Empty ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
