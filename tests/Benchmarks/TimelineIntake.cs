using System.Diagnostics;
using System.Net.Http.Json;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents;
using Steady.Incidents.Timeline;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// Evidence at 2,000 entries a second for a minute, sealed, twenty to a message, each sent when it is due: how long until a message
/// is answered, and until its entries are found in the timeline? What fails is counted. Beside it the same rate of plain inserts.
/// </summary>
public static class TimelineIntake
{
    private const int PerMessage = 20;
    private const int PerSecond = 2000 / PerMessage;
    private const int Seconds = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task Run(Report report)
    {
        await using var service = await ServiceProcess.Start("Incidents", "timeline_intake");
        await using var source = NpgsqlDataSource.Create(service.Database);
        await using (
            var create = source.CreateCommand("create table plain (id uuid primary key, at timestamptz, text text)")
        )
            await create.ExecuteNonQueryAsync();
        var floor = await Drive(10, number => Insert(source), null);
        report.Percentiles("floor: the same rate of plain inserts, twenty rows each", floor.Answered);

        // The code that is asked for is compiled, and compiled again, before anything is measured.
        await Drive(20, number => Send(service.Client, "warm", number), source);
        var cpu = Process.GetProcessById(service.Id).TotalProcessorTime;
        var driven = await Drive(Seconds, number => Send(service.Client, "measured", number), source);
        cpu = Process.GetProcessById(service.Id).TotalProcessorTime - cpu;
        report.Percentiles($"2,000 entries/s for {Seconds} s, message answered (bar p99 ≤ 50)", driven.Answered);
        report.Percentiles("message due until all its entries are found (bar p99 ≤ 1,000)", driven.Seen);
        report.Line(
            FormattableString.Invariant(
                $"Failed: {driven.Failures.Values.Sum()} of {Seconds * PerSecond} messages{string.Concat(driven.Failures.Select(one => $", {one.Value} × {one.Key}"))}. Answered and never found: {driven.Lost}."
            )
        );
        report.Line(
            FormattableString.Invariant(
                $"CPU of the service: {(cpu / (Seconds * 2000)).TotalMicroseconds:F0} µs an entry, {cpu / TimeSpan.FromSeconds(Seconds):P0} of a core"
            )
        );
    }

    // As many as are due, however long the others take: a sender does not wait for us.
    private static async Task<Driven> Drive(int seconds, Func<int, Task<Answer>> send, NpgsqlDataSource? timeline)
    {
        var total = seconds * PerSecond;
        var driven = new Driven();
        using var ended = new CancellationTokenSource();
        var begun = Stopwatch.GetTimestamp();
        var watch = timeline is null ? Task.CompletedTask : Watch(timeline, driven, begun, ended.Token);
        var sent = new List<Task>(total);
        using (var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5)))
        {
            while (sent.Count < total && await tick.WaitForNextTickAsync())
            {
                while (sent.Count < total && Due(sent.Count) <= Stopwatch.GetElapsedTime(begun))
                    sent.Add(One(send, sent.Count, begun, driven));
            }
        }

        await Task.WhenAll(sent);
        var patience = Stopwatch.GetTimestamp();
        while (timeline is not null && driven.Lost > 0 && Stopwatch.GetElapsedTime(patience) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        await ended.CancelAsync();
        await watch;
        return driven;
    }

    private static async Task One(Func<int, Task<Answer>> send, int number, long begun, Driven driven)
    {
        var answer = await send(number);
        driven.Note(answer, Due(number), Stopwatch.GetElapsedTime(begun));
    }

    // Rows are read as they come, by their place in the store.
    private static async Task Watch(NpgsqlDataSource source, Driven driven, long begun, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        // A table that nobody has analysed yet would be read whole each time.
        await using (var plan = new NpgsqlCommand("set enable_seqscan = off", connection))
            await plan.ExecuteNonQueryAsync(CancellationToken.None);
        var (last, tick) = (await Last(connection), new PeriodicTimer(TimeSpan.FromMilliseconds(10)));
        using (tick)
        {
            while (!stop.IsCancellationRequested && await tick.WaitForNextTickAsync(CancellationToken.None))
            {
                await using var news = new NpgsqlCommand(
                    $"select seq, id from {IncidentsSchema.Name}.{TimelineTablesSchema.Entries} where seq > $1 order by seq",
                    connection
                );
                news.Parameters.AddWithValue(last);
                await using var reader = await news.ExecuteReaderAsync(CancellationToken.None);
                while (await reader.ReadAsync(CancellationToken.None))
                {
                    last = reader.GetInt64(0);
                    driven.Found(reader.GetGuid(1), Stopwatch.GetElapsedTime(begun));
                }
            }
        }
    }

    private static async Task<long> Last(NpgsqlConnection connection)
    {
        await using var last = new NpgsqlCommand(
            $"select coalesce(max(seq), 0) from {IncidentsSchema.Name}.{TimelineTablesSchema.Entries}",
            connection
        );
        return (long)(await last.ExecuteScalarAsync())!;
    }

    private static TimeSpan Due(int message) => TimeSpan.FromSeconds((double)message / PerSecond);

    private static async Task<Answer> Send(HttpClient client, string run, int number)
    {
        var entries = Enumerable
            .Range(0, PerMessage)
            .Select(i => new RecordEntry(
                "chat",
                $"Message {number}, line {i}: the ledger answers again.",
                Services: [$"s{i % 5}"],
                Source: "room",
                SourceId: $"{run}-{number}-{i}",
                Author: "bo",
                Labels: new Dictionary<string, string> { ["room"] = $"r{number % 20}" }
            ));
        try
        {
            using var answer = await client.PostAsJsonAsync("v1/entries:batch", entries, Json.Options);
            return answer.IsSuccessStatusCode
                ? new Answer(null, (await answer.Content.ReadFromJsonAsync<RecordedEntries>(Json.Options))!.Ids)
                : new Answer(answer.StatusCode.ToString(), []);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return new Answer(e.GetType().Name, []);
        }
    }

    private static async Task<Answer> Insert(NpgsqlDataSource source)
    {
        await using var insert = source.CreateCommand(
            "insert into plain select gen_random_uuid(), now(), 'the ledger answers again' from generate_series(1, 20)"
        );
        await insert.ExecuteNonQueryAsync();
        return new Answer(null, []);
    }

    private sealed record Answer(string? Failure, IReadOnlyList<Guid> Ids);

    private sealed class Driven
    {
        private readonly Lock turn = new();
        private readonly Dictionary<Guid, TimeSpan> found = [];
        private readonly Dictionary<Guid, (int Left, TimeSpan Due, TimeSpan Latest)> awaited = [];
        private readonly Dictionary<Guid, Guid> messages = [];

        public List<double> Answered { get; } = [];
        public List<double> Seen { get; } = [];
        public SortedDictionary<string, int> Failures { get; } = [];

        public int Lost
        {
            get
            {
                lock (turn)
                    return awaited.Count;
            }
        }

        public void Note(Answer answer, TimeSpan due, TimeSpan at)
        {
            lock (turn)
            {
                if (answer.Failure is { } failure)
                {
                    Failures[failure] = Failures.GetValueOrDefault(failure) + 1;
                    return;
                }

                Answered.Add((at - due).TotalMilliseconds);
                if (answer.Ids.Count == 0)
                    return;
                var message = answer.Ids[0];
                awaited[message] = (answer.Ids.Count, due, TimeSpan.Zero);
                foreach (var id in answer.Ids)
                {
                    messages[id] = message;
                    if (found.Remove(id, out var seen))
                        Count(message, seen);
                }
            }
        }

        public void Found(Guid id, TimeSpan at)
        {
            lock (turn)
            {
                if (messages.TryGetValue(id, out var message))
                    Count(message, at);
                else
                    found[id] = at;
            }
        }

        private void Count(Guid message, TimeSpan at)
        {
            var (left, due, latest) = awaited[message];
            latest = at > latest ? at : latest;
            if (left > 1)
            {
                awaited[message] = (left - 1, due, latest);
                return;
            }

            awaited.Remove(message);
            Seen.Add((latest - due).TotalMilliseconds);
        }
    }
}
