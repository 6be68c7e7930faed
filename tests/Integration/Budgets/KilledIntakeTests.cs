using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.LocalHosting.Processes;
using Steady.LocalHosting.Servers;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>
/// Budgets as a process of its own dies at the two worst moments, and the database goes away: whoever sends again until it is
/// answered is counted once. What holds the process at its place is the database, so no luck is needed.
/// </summary>
public sealed class KilledIntakeTests : IAsyncLifetime
{
    private readonly string directory = Path.Combine(
        Repository.Root,
        ".local",
        $"killed-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}"
    );
    private readonly DateTimeOffset begin = TimeProvider.System.GetUtcNow().AddMinutes(-5);
    private readonly BudgetsProcess budgets = new();
    private NativePostgres? server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private NativePostgres Server => server!;

    // A server of its own: it is told to hold commits, and stopped.
    public async ValueTask InitializeAsync()
    {
        if (NativePostgres.Missing() is { } missing)
            Servers.Absent(missing);
        server = new NativePostgres(Path.Combine(directory, "postgres"), Ports.Free()) { Durable = false };
        await server.Start(Stop);
        await server.EnsureDatabase("budgets", Stop);
        await budgets.Begin(
            server.ConnectionString("budgets"),
            await Servers.NewVirtualHost("killed"),
            ("Steady__Budgets__Intake__MaxBytesInFlight", "16000000")
        );
        await budgets.Define(
            "killed",
            new SetSource(SourceOrigin.RemoteWrite, new CounterTerms("r{code=\"200\"}", Total: "r"))
        );
        // So that a flush makes no parts and gives no numbers any more, but writes counts and nothing else.
        for (var step = 0; step <= 1; step++)
            Assert.Equal(HttpStatusCode.NoContent, (await Write(step)).StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await budgets.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Killed_between_the_first_row_and_the_commit_it_has_counted_nothing()
    {
        // Whoever holds the days holds every flush behind its finer levels and before its commit.
        await using var holder = new NpgsqlConnection(Server.ConnectionString("budgets"));
        await holder.OpenAsync(Stop);
        await using (var hold = await holder.BeginTransactionAsync(Stop))
        {
            await Run(holder, "lock table budgets.count_day in access exclusive mode");
            var cut = Write(2);
            await Holds("wait_event_type = 'Lock' and query like 'insert into budgets.count_day%'");
            await budgets.Kill();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => cut);
            await hold.RollbackAsync(Stop);
        }

        await budgets.Start();
        Assert.Equal((60, 3), await budgets.Counted("killed"));
        await SendAgain();
    }

    [Fact]
    public async Task Killed_between_the_commit_and_the_answer_it_knows_what_comes_again()
    {
        // A standby that never comes: a commit is on disk, and nobody hears of it before the waiting is ended.
        await using var holder = new NpgsqlConnection(Server.ConnectionString("postgres"));
        await holder.OpenAsync(Stop);
        await Run(holder, "alter system set synchronous_standby_names = 'nobody'");
        await Run(holder, "select pg_reload_conf()");
        await using var probe = new NpgsqlConnection(Server.ConnectionString("postgres"));
        await probe.OpenAsync(Stop);
        var probing = Probe(probe);
        await Holds($"wait_event = 'SyncRep' and pid = {probe.ProcessID}");
        var cut = Write(2);
        // Flushes are known by the lock that they share.
        await Holds(
            "wait_event = 'SyncRep' and pid in (select pid from pg_locks where locktype = 'advisory' and mode = 'ShareLock')"
        );
        await budgets.Kill();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => cut);
        await Run(holder, "alter system reset synchronous_standby_names");
        await Run(holder, "select pg_reload_conf()");
        await probing;

        await budgets.Start();
        await Eventually.Holds(async () => await budgets.Counted("killed") == (120, 6), "What was committed");
        await SendAgain();
    }

    [Fact]
    public async Task While_the_database_is_away_senders_are_asked_to_come_again_and_nothing_is_lost()
    {
        await Server.Stop();
        foreach (var answer in new[] { await Write(2), await Push() })
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
            Assert.Equal("not-stored", await BudgetsService.CodeOf(answer));
        }

        await Server.Start(Stop);
        await Eventually.Holds(async () => (await Write(2)).IsSuccessStatusCode, "Samples being taken again");
        await Eventually.Holds(async () => (await Push()).IsSuccessStatusCode, "Counts being taken again");
        Assert.Equal((127, 7), await budgets.Counted("killed"));
    }

    // Large: 90,000 samples are some 8 MB in memory, so that no more than one waits in 16 MB. Small: 64 may wait.
    [Theory]
    [InlineData(90_000, 8, 6)]
    [InlineData(1, 70, 6)]
    public async Task More_than_may_wait_is_asked_to_come_again_and_nothing_of_it_is_stored(
        int samples,
        int sent,
        int refusedAtLeast
    )
    {
        await using var holder = new NpgsqlConnection(Server.ConnectionString("budgets"));
        await holder.OpenAsync(Stop);
        await using var hold = await holder.BeginTransactionAsync(Stop);
        await Run(holder, "lock table budgets.count_day in access exclusive mode");
        var first = Write(2);
        await Holds("wait_event_type = 'Lock' and query like 'insert into budgets.count_day%'");
        var bodies = Enumerable.Range(0, sent).Select(i => Newborn(i, samples)).ToList();
        var waiting = bodies.ConvertAll(body => Send(body, RemoteWriteBody.TypeTwo));
        await Eventually.Holds(() => waiting.Count(one => one.IsCompleted) >= refusedAtLeast, "Most being refused");
        foreach (var one in waiting.Where(one => one.IsCompleted).ToList())
        {
            var refused = await one;
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
            Assert.Equal("overloaded", await BudgetsService.CodeOf(refused));
        }

        await hold.RollbackAsync(Stop);
        Assert.Equal(HttpStatusCode.NoContent, (await first).StatusCode);
        var taken = (await Task.WhenAll(waiting)).Count(answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.InRange(taken, 1, sent - refusedAtLeast);
        await Eventually.Holds(async () => await budgets.Counted("killed") == (120 + taken, 6), "What was taken");
        foreach (var body in bodies)
            Assert.Equal(HttpStatusCode.NoContent, (await Send(body, RemoteWriteBody.TypeTwo)).StatusCode);
        Assert.Equal((120 + sent, 6), await budgets.Counted("killed"));
    }

    // A series of its own that begins now, so that it counts once, whatever is sent again.
    private static byte[] Newborn(int i, int samples)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var labels = new Dictionary<string, string>
        {
            ["__name__"] = "r",
            ["code"] = "200",
            ["route"] = i.ToString(CultureInfo.InvariantCulture),
        };
        return RemoteWriteBody.Two(
            new WrittenSeries(
                labels,
                [.. Enumerable.Range(0, samples).Select(n => new WrittenSample(now + n / 3, 1))],
                now
            )
        );
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static Task Probe(NpgsqlConnection connection) => Run(connection, "create table probe (n int)");

    private async Task Holds(string which)
    {
        await using var database = NpgsqlDataSource.Create(Server.ConnectionString("postgres"));
        await using var look = database.CreateCommand($"select count(*) from pg_stat_activity where {which}");
        await Eventually.Holds(async () => (long)(await look.ExecuteScalarAsync(Stop))! > 0, which);
    }

    private async Task SendAgain()
    {
        for (var times = 0; times < 2; times++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await Write(2)).StatusCode);
            Assert.Equal((120, 6), await budgets.Counted("killed"));
        }
    }

    private Task<HttpResponseMessage> Write(int step) =>
        Send(
            RemoteWriteBody.One(
                WrittenSeries.Of("r{code=\"200\"}", begin.AddMinutes(step), 60 * step),
                WrittenSeries.Of("r{code=\"500\"}", begin.AddMinutes(step), 3 * step)
            )
        );

    private Task<HttpResponseMessage> Send(byte[] body, string type = "application/x-protobuf") =>
        budgets.Ana.PostAsync("api/v1/write", RemoteWriteBody.Content(body, type), Stop);

    private Task<HttpResponseMessage> Push() =>
        budgets.Ana.PostAsJsonAsync(
            "v1/slis/killed-requests/counts",
            new RecordCounts("ci", 1, [new CountBucket(BudgetsService.Aligned(begin), 10, 7, 1)]),
            Json.Options,
            Stop
        );
}
