using System.Net;
using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Status;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>The page that everybody may read.</summary>
public sealed class StatusTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anybody_reads_what_customers_were_told_and_nothing_else()
    {
        using var anybody = platform.Service.Client("");
        (
            await platform.Ana.PutAsJsonAsync(
                "/v1/catalog/component/pay",
                new SetCatalogEntry("Payments", IsPublic: true),
                Json.Options,
                Stop
            )
        ).EnsureSuccessStatusCode();
        var (known, unknown) = (await platform.Declare("pay"), await platform.Declare("secret-cache"));
        await Update(known.Id, "The cache is cold.", UpdateAudience.Internal);
        await Update(known.Id, "We are looking at payments.", UpdateAudience.Customers);
        await Update(unknown.Id, "Nobody knows this service.", UpdateAudience.Customers);

        var status = await Eventually.Answers(
            async () => (await anybody.GetFromJsonAsync<StatusSummary>("/status/summary.json", Json.Options, Stop))!,
            page => page.Open.Count > 0
        );
        Assert.Equal((StatusImpact.Partial, false), (status.Overall, status.IsLastKnown));
        Assert.Equal("Payments", Assert.Single(status.Components).Title);
        Assert.Equal("We are looking at payments.", Assert.Single(Assert.Single(status.Open).Notes).Text);
        var pages = new List<string>();
        foreach (var path in (string[])["/status", "/status/summary.json", "/status/feed.atom", "/status/style.css"])
            pages.Add(await anybody.GetStringAsync(path, Stop));
        Assert.Contains("We are looking at payments.", pages[0], StringComparison.Ordinal);
        Assert.Contains("We are looking at payments.", pages[2], StringComparison.Ordinal);
        foreach (var hidden in (string[])["cache", "ana", known.Title, "INC-"])
            Assert.All(pages, page => Assert.DoesNotContain(hidden, page, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.GetAsync("/v1/status", Stop)).StatusCode);
    }

    [Fact]
    public async Task What_was_known_last_is_told_while_the_database_does_not_answer()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var store = platform.Service.Services.GetRequiredService<IDocumentStore>();
        using var status = new StatusWorker(store, clock, NullLogger<StatusWorker>.Instance);
        var first = (await status.Current(Stop))!;
        await Rename("mt_doc_publicstory", "away");
        try
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            var second = (await status.Current(Stop))!;
            Assert.Equal((first.AsOf, true), (second.AsOf, second.IsLastKnown));
        }
        finally
        {
            await Rename("away", "mt_doc_publicstory");
        }

        clock.Advance(TimeSpan.FromSeconds(5));
        var third = (await status.Current(Stop))!;
        Assert.Equal((clock.GetUtcNow(), false), (third.AsOf, third.IsLastKnown));
    }

    [Fact]
    public async Task A_story_that_cannot_be_read_does_not_keep_the_others_from_the_page()
    {
        var incidents = new List<Guid>();
        foreach (var service in (string[])["sick", "well"])
        {
            var entry = new SetCatalogEntry(IsPublic: true);
            (
                await platform.Ana.PutAsJsonAsync($"/v1/catalog/component/{service}", entry, Json.Options, Stop)
            ).EnsureSuccessStatusCode();
            incidents.Add((await platform.Declare(service)).Id);
            await Update(incidents[^1], $"We look at {service}.", UpdateAudience.Customers);
        }

        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var store = platform.Service.Services.GetRequiredService<IDocumentStore>();
        using var status = new StatusWorker(store, clock, NullLogger<StatusWorker>.Instance);
        await Eventually.Holds(async () => (await Told()).Count == 2, "Both are on the page");
        await Sql(
            $"update incidents.mt_doc_publicstory set data = jsonb_set(data, '{{severity}}', '\"none of ours\"') where id = '{incidents[0]}'"
        );
        Assert.Equal(["We look at well."], await Told());
        Assert.False((await status.Current(Stop))!.IsLastKnown);
        await Update(incidents[1], "It is well.", UpdateAudience.Customers);
        await Eventually.Holds(async () => (await Told()).Contains("It is well."), "What is new is told");
        foreach (var service in (string[])["sick", "well"])
            (await platform.Ana.DeleteAsync($"/v1/catalog/component/{service}", Stop)).EnsureSuccessStatusCode();

        async Task<IReadOnlyList<string>> Told()
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            var page = (await status.Current(Stop))!;
            Assert.Equal(clock.GetUtcNow(), page.AsOf);
            return
            [
                .. page
                    .Open.Where(one => one.Component is "sick" or "well")
                    .SelectMany(one => one.Notes)
                    .Select(one => one.Text),
            ];
        }
    }

    private Task Rename(string from, string to) => Sql($"alter table incidents.{from} rename to {to}");

    private async Task Sql(string sql)
    {
        var database = platform.Service.Services.GetRequiredService<NpgsqlDataSource>();
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private async Task Update(Guid incident, string text, UpdateAudience audience)
    {
        using var answer = await platform.Ana.PostAsJsonAsync(
            $"/v1/incidents/{incident}/updates",
            new PostUpdate(text, audience),
            Json.Options,
            Stop
        );
        answer.EnsureSuccessStatusCode();
    }
}
