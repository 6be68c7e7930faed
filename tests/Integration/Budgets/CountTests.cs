using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Counts come in exactly once, whoever sends them and however often.</summary>
public sealed class CountTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Recent => BudgetsService.Aligned(budgets.Now - TimeSpan.FromSeconds(30));

    [Fact]
    public async Task A_batch_is_added_once_however_often_it_comes()
    {
        await budgets.Define("once");
        var batch = new RecordCounts("once-1", 1, [new(Recent, 10, 95, 5), new(Recent.AddSeconds(10), 10, 100, 0)]);

        var first = await Accepted(await budgets.Post("once-requests", batch));
        var second = await Accepted(await budgets.Post("once-requests", batch));

        Assert.Equal(new CountsAccepted(2, false, Recent.AddSeconds(20)), first);
        Assert.Equal(new CountsAccepted(0, true, Recent.AddSeconds(20)), second);
        var budget = await budgets.Budget("once");
        Assert.Equal((195L, 5L), (budget.Good, budget.Bad));
    }

    [Fact]
    public async Task The_same_sequence_with_other_counts_is_refused()
    {
        await budgets.Define("differs");
        await budgets.Post("differs-requests", new RecordCounts("s", 7, [new(Recent, 10, 10, 0)]));
        var answer = await budgets.Post("differs-requests", new RecordCounts("s", 7, [new(Recent, 10, 11, 0)]));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("batch-differs", await BudgetsService.CodeOf(answer));
        Assert.Equal(10, (await budgets.Budget("differs")).Good);
    }

    [Fact]
    public async Task Counts_that_nobody_would_read_are_refused()
    {
        var answer = await budgets.Post("nobody-requests", new RecordCounts("s", 1, [new(Recent, 10, 1, 0)]));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("sli-unknown", await BudgetsService.CodeOf(answer));
    }

    [Fact]
    public async Task A_batch_with_a_wrong_bucket_is_told_where_and_nothing_of_it_is_stored()
    {
        await budgets.Define("unaligned");
        var batch = new RecordCounts("s", 1, [new(Recent, 10, 1, 0), new(Recent.AddSeconds(1), 10, 1, 0)]);
        var answer = await budgets.Post("unaligned-requests", batch);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("\"code\":\"counts-invalid\"", text, StringComparison.Ordinal);
        Assert.Contains("buckets[1].start", text, StringComparison.Ordinal);
        Assert.Equal(BudgetState.NoData, (await budgets.Budget("unaligned")).State);
    }

    [Fact]
    public async Task A_batch_without_a_source_is_malformed()
    {
        await budgets.Define("sourceless");
        var answer = await budgets.Post("sourceless-requests", new RecordCounts("", 0, []));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("malformed", await BudgetsService.CodeOf(answer));
    }

    [Fact]
    public async Task A_token_of_one_service_counts_for_that_service_only()
    {
        await budgets.Define("mine", service: "checkout");
        using var caller = new HttpClient { BaseAddress = budgets.Service.Address };
        Assert.Equal(HttpStatusCode.Accepted, (await Send("checkout", 1)).StatusCode);
        var refused = await Send("ledger", 2);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("integration-differs", await BudgetsService.CodeOf(refused));

        Task<HttpResponseMessage> Send(string integration, long sequence)
        {
            var token = TestTokens.With("ingest:counts", "machine", integration);
            caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var batch = new RecordCounts(integration, sequence, [new(Recent, 10, 1, 0)]);
            return caller.PostAsJsonAsync("/v1/slis/mine-requests/counts", batch, Json.Options, Stop);
        }
    }

    [Fact]
    public async Task Many_writers_on_the_same_buckets_in_any_order_add_up_exactly()
    {
        await budgets.Define("crowd");
        var shuffled = new Random(7);
        var batches = Enumerable
            .Range(1, 60)
            .Select(n => new RecordCounts($"crowd-{n % 6}", n, [.. Enumerable.Range(0, 12).Select(i => Bucket(n, i))]))
            .ToList();
        // Each batch comes twice, by six writers at once.
        var deliveries = batches.Concat(batches).ToArray();
        shuffled.Shuffle(deliveries);
        await Parallel.ForEachAsync(
            deliveries,
            new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Stop },
            async (batch, _) => await Accepted(await budgets.Post("crowd-requests", batch))
        );

        var budget = await budgets.Budget("crowd");
        Assert.Equal(batches.Sum(batch => batch.Buckets.Sum(bucket => bucket.Good)), budget.Good);
        Assert.Equal(batches.Sum(batch => batch.Buckets.Sum(bucket => bucket.Bad)), budget.Bad);

        CountBucket Bucket(int n, int i)
        {
            var slot = (n * 5 + i * 7) % 12;
            return new(BudgetsService.Aligned(budgets.Now - TimeSpan.FromMinutes(10)).AddSeconds(10 * slot), 10, n, i);
        }
    }

    [Fact]
    public async Task Old_hours_count_for_long_windows_only()
    {
        await budgets.Define("history");
        var hour = new DateTimeOffset(
            budgets.Now.UtcTicks - budgets.Now.UtcTicks % TimeSpan.TicksPerHour,
            TimeSpan.Zero
        );
        var buckets = Enumerable.Range(2, 24 * 32).Select(ago => new CountBucket(hour.AddHours(-ago), 3600, 1000, 1));
        await Accepted(await budgets.Post("history-requests", new RecordCounts("backfill", 1, [.. buckets])));

        var budget = await budgets.Budget("history");
        var rates = budget.BurnRates.ToDictionary(rate => rate.Window);
        Assert.Equal(["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"], budget.BurnRates.Select(rate => rate.Window));
        Assert.Null(rates["1h"].Rate);
        // An hour that began before the window belongs to none of it.
        Assert.Equal(Hours(6), rates["6h"].Bad);
        Assert.Equal(Hours(24), rates["1d"].Bad);
        Assert.Equal((1000 * Hours(720), Hours(720)), (budget.Good, budget.Bad));
        Assert.Equal(0.999m, rates["1d"].Rate);

        long Hours(int window) =>
            Enumerable.Range(2, 24 * 32).Count(ago => hour.AddHours(-ago) >= budget.AsOf.AddHours(-window));
    }

    private static async Task<CountsAccepted> Accepted(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<CountsAccepted>(Json.Options, Stop))!;
    }
}
