using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Faults;
using Steady.Shop;
using Steady.Tests.Integration.FaultAgent;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Shop;

/// <summary>checkout → fault agent → ledger over real sockets; the only stand-in is whom they report to.</summary>
public sealed class ShopTests
{
    private static readonly Order Sale = new(new Guid("01a20dc2-0000-7000-8000-000000000001"), 4200);

    [Fact]
    public async Task A_sale_is_booked_through_the_edge_and_fails_with_a_sentence_while_the_edge_is_broken()
    {
        await using var budgets = await Desk.Open();
        await using var ledger = await Start("ledger", budgets);
        await using var edge = await Edge.Start(ledger.Address.Authority);
        await using var checkout = await Start("checkout", budgets, await edge.Listen(), load: false);

        Assert.Equal(HttpStatusCode.OK, (await Buy(checkout)).Status);
        var (_, lease) = await edge.Place(new FaultSpec("reset_peer"));
        // Many times, because a reset meets a connection at different moments of its making.
        for (var customer = 0; customer < 50; customer++)
            Assert.Equal((HttpStatusCode.BadGateway, "ledger-unreachable"), await Buy(checkout));
        await edge.Http.DeleteAsync($"/leases/{lease}", Edge.Stop);
        Assert.Equal(HttpStatusCode.OK, (await Buy(checkout)).Status);
        await edge.Place(new FaultSpec("timeout"));
        Assert.Equal((HttpStatusCode.GatewayTimeout, "ledger-slow"), await Buy(checkout));
        Assert.Equal(HttpStatusCode.OK, (await checkout.Client("").GetAsync("/health", Edge.Stop)).StatusCode);
    }

    [Fact]
    public async Task What_is_counted_is_reported_once_per_number_however_often_it_has_to_be_sent()
    {
        await using var budgets = await Desk.Open(refuseFirst: 3);
        await using var ledger = await Start("ledger", budgets);
        await using var edge = await Edge.Start(ledger.Address.Authority);
        await using var checkout = await Start("checkout", budgets, await edge.Listen(), load: false);

        for (var customer = 0; customer < 5; customer++)
            await Buy(checkout);
        await edge.Place(new FaultSpec("reset_peer"));
        for (var customer = 0; customer < 3; customer++)
            await Buy(checkout);

        await Eventually.Holds(
            () => budgets.Sum("checkout-requests") == (5, 3),
            "All sales were reported, and none twice"
        );
        await Eventually.Holds(() => budgets.Sum("ledger-requests") == (5, 0), "The ledger saw the good ones only");
        var repeated = budgets
            .Seen.GroupBy(heard => (heard.Batch.Source, heard.Batch.Sequence))
            .Where(heard => heard.Count() > 1);
        Assert.NotEmpty(repeated);
        Assert.All(
            repeated,
            batch => Assert.Single(batch.Select(heard => JsonSerializer.Serialize(heard.Batch)).Distinct())
        );
        Assert.All(budgets.Seen, heard => Assert.EndsWith("-01", heard.TraceParent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Customers_come_by_themselves()
    {
        await using var budgets = await Desk.Open();
        await using var ledger = await Start("ledger", budgets);
        await using var checkout = await Start("checkout", budgets, ledger.Address.Authority, load: true);
        await Eventually.Holds(() => budgets.Sum("checkout-requests").Good >= 20, "Twenty sales were reported");
    }

    private static Task<Harness> Start(string role, Desk budgets, string? ledger = null, bool load = true) =>
        Harness.Start(
            typeof(Order).Assembly,
            new Dictionary<string, string>
            {
                ["Shop:Role"] = role,
                ["Shop:Load"] = $"{load}",
                ["Shop:LedgerUrl"] = $"http://{ledger ?? "127.0.0.1:1"}",
                ["services:budgets:http:0"] = budgets.Address,
                ["Logging:LogLevel:Default"] = "None",
            }
        );

    private static async Task<(HttpStatusCode Status, string? Code)> Buy(Harness checkout)
    {
        var response = await checkout.Admin.PostAsJsonAsync("/checkout", Sale, Edge.Stop);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Edge.Stop);
        return (response.StatusCode, body.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    /// <summary>Whom the shop reports to: accepts counts as Budgets does, after failing a few times.</summary>
    private sealed class Desk : IAsyncDisposable
    {
        private readonly WebApplication app;
        private int refusals;

        private Desk(int refuseFirst)
        {
            refusals = refuseFirst;
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapPost("/v1/slis/{sli}/counts", Hear);
        }

        public ConcurrentQueue<(string Sli, RecordCounts Batch, string? TraceParent, bool Accepted)> Seen { get; } = [];

        public string Address => app.Urls.First();

        public static async Task<Desk> Open(int refuseFirst = 0)
        {
            var desk = new Desk(refuseFirst);
            await desk.app.StartAsync(Edge.Stop);
            return desk;
        }

        /// <summary>Good and bad over all accepted numbers, each taken once.</summary>
        public (long Good, long Bad) Sum(string sli)
        {
            var buckets = Seen.Where(heard => heard.Accepted && heard.Sli == sli)
                .DistinctBy(heard => (heard.Batch.Source, heard.Batch.Sequence))
                .SelectMany(heard => heard.Batch.Buckets)
                .ToList();
            return (buckets.Sum(bucket => bucket.Good), buckets.Sum(bucket => bucket.Bad));
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task<IResult> Hear(string sli, HttpRequest request)
        {
            var batch = await request.ReadFromJsonAsync<RecordCounts>(Json.Options);
            var accepted = Interlocked.Decrement(ref refusals) < 0;
            Seen.Enqueue((sli, batch!, request.Headers.TraceParent, accepted));
            return Results.StatusCode(accepted ? 202 : 503);
        }
    }
}
