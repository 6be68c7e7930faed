using System.Net.Http.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Who was not there when the catalog was told asks for it: three services on one broker, two of them late.</summary>
public sealed class CatalogCatchUpTests(Platform incidents) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_was_not_there_knows_the_catalog_after_its_start()
    {
        await Set("shop", "shop-team", new CatalogDependency("pay"));
        await Set("old", "shop-team");
        (await incidents.Ana.DeleteAsync("/v1/catalog/component/old", Stop)).EnsureSuccessStatusCode();
        await TellNobody(Subscriptions.Services, 3);
        await TellNobody(Subscriptions.Topologies, 3);

        var database = await Servers.NewDatabase("budgets");
        await using (var budgets = await Budgets(database))
        {
            await Eventually.Holds(
                async () => await TeamOf(budgets, "shop") == "shop-team" && await TeamOf(budgets, "old") is null,
                "A new Budgets knows whose the services are"
            );
        }

        await using (var experiments = await Experiments())
        {
            var declared = new TopologyDeclaration([], [new("buy", "shop")]);
            (
                await experiments.Admin.PutAsJsonAsync("/v1/topologies/late", declared, Json.Options, Stop)
            ).EnsureSuccessStatusCode();
            await Eventually.Holds(
                async () =>
                    (await Get<TopologyView>(experiments, "/v1/topologies/late")).Edges
                        is [{ From: "shop", To: "pay", FromCatalog: true }],
                "A new Experiments knows what the services need"
            );
        }

        // Asked or not, what it knew already is still in its database; only what changed meanwhile is news.
        await Set("shop", "till-team");
        // The two that Experiments asked for are told to everybody.
        await TellNobody(Subscriptions.Services, 3);
        await using var again = await Budgets(database);
        await Eventually.Holds(
            async () => await TeamOf(again, "shop") == "till-team",
            "A Budgets that missed a change knows it"
        );
    }

    private static async Task<string?> TeamOf(Harness budgets, string service) =>
        (await Get<ServiceView>(budgets, $"/v1/services/{service}")).Team;

    private static async Task<T> Get<T>(Harness service, string address) =>
        (await service.Admin.GetFromJsonAsync<T>(address, Json.Options, Stop))!;

    private async Task Set(string service, string owner, params CatalogDependency[] needs)
    {
        var entry = new SetCatalogEntry(Owner: owner, DependsOn: needs);
        (
            await incidents.Ana.PutAsJsonAsync($"/v1/catalog/component/{service}", entry, Json.Options, Stop)
        ).EnsureSuccessStatusCode();
    }

    // What was told by now is lost to this queue, as if it had not been there.
    private async Task TellNobody(string queue, uint messages)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(incidents.Bus) }.CreateConnectionAsync(
            Stop
        );
        await Eventually.Holds(
            async () => await Waiting(connection, queue) == messages,
            $"{messages} messages wait in {queue}"
        );
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        await channel.QueuePurgeAsync(queue, Stop);
    }

    // To ask for a queue that is not there yet costs the channel.
    private static async Task<uint> Waiting(IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        try
        {
            return await channel.MessageCountAsync(queue, Stop);
        }
        catch (OperationInterruptedException)
        {
            return 0;
        }
    }

    private Task<Harness> Budgets(string database) =>
        Harness.Start(
            typeof(Steady.Budgets.StoredShapes).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:budgets"] = database,
                ["ConnectionStrings:bus"] = incidents.Bus,
            }
        );

    private async Task<Harness> Experiments() =>
        await Harness.Start(
            typeof(Steady.Experiments.Runs.Run).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:experiments"] = await Servers.NewDatabase("experiments"),
                ["ConnectionStrings:bus"] = incidents.Bus,
                ["Auth:ServiceToken"] = TestTokens.With("budgets:read gate:ask incidents:read", "experiments"),
                ["services:budgets:http:0"] = "http://127.0.0.1:9",
                ["services:incidents:http:0"] = incidents.Service.Address.ToString(),
                ["services:fault-agent:http:0"] = "http://127.0.0.1:9",
                ["Leases:SigningKey"] = TestLeases.SigningKey,
                ["Logging:LogLevel:Default"] = "Warning",
            }
        );
}
