using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Catalog;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What services there are and what they need, through the real doors.</summary>
public sealed class CatalogTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_are_applied_whole_once_and_each_version_is_kept()
    {
        var documents =
            $"{Document("Component", "till", "dependsOn: [safe]")}\n---\n{Document("Component", "safe", "type: service")}";
        var dry = await Applied(await Apply(documents, "?dryRun=true"));
        Assert.True(dry.DryRun);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await platform.Ana.GetAsync("/v1/catalog/component/till", Stop)).StatusCode
        );

        var first = await Applied(await Apply(documents));
        Assert.Equal([CatalogChangeKind.Added, CatalogChangeKind.Added], first.Entries.Select(one => one.Change));
        var between = TimeProvider.System.GetUtcNow();
        var second = await Applied(
            await Apply(documents.Replace("type: service", "type: database", StringComparison.Ordinal))
        );
        Assert.Equal(
            [CatalogChangeKind.Unchanged, CatalogChangeKind.Changed],
            second.Entries.Select(one => one.Change)
        );

        var safe = await platform.Get<CatalogEntryView>("/v1/catalog/component/safe");
        Assert.Equal(("database", 2, "ana"), (safe.Type, safe.Version, safe.SetBy));
        Assert.Equal(["till"], safe.DependedOnBy);
        var then = Uri.EscapeDataString(between.ToString("O"));
        Assert.Equal(
            "service",
            (await platform.Get<CatalogEntryView>($"/v1/catalog/component/safe?knownAt={then}")).Type
        );
        Assert.Single(await platform.Events(CatalogEntry.IdOf(CatalogKind.Component, "till")));
    }

    [Fact]
    public async Task One_mistake_keeps_everything_out_and_is_told_with_its_line()
    {
        using var answer = await Apply(
            $"{Document("Component", "fine", "type: service")}\n---\n{Document("Component", "not fine", "type: x")}"
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("catalog-invalid", problem.GetProperty("code").GetString());
        var finding = problem.GetProperty("findings")[0];
        Assert.Equal(
            ("documents[1].metadata.name", 11),
            (finding.GetProperty("path").GetString(), finding.GetProperty("line").GetInt32())
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await platform.Ana.GetAsync("/v1/catalog/component/fine", Stop)).StatusCode
        );
    }

    [Fact]
    public async Task An_entry_is_set_by_itself_taken_out_and_set_again()
    {
        const string At = "/v1/catalog/group/night-shift";
        Assert.Equal(HttpStatusCode.NoContent, await Put(At, new SetCatalogEntry(Members: ["ana"])));
        Assert.Equal(HttpStatusCode.NoContent, await Put(At, new SetCatalogEntry(Members: ["ana"])));
        Assert.Equal(1, (await platform.Get<CatalogEntryView>(At)).Version);
        Assert.Equal(HttpStatusCode.BadRequest, await Put(At, new SetCatalogEntry(IsPublic: true)));
        Assert.Equal(HttpStatusCode.BadRequest, await Put("/v1/catalog/planet/x", new SetCatalogEntry()));
        Assert.Equal(HttpStatusCode.NoContent, (await platform.Ana.DeleteAsync(At, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await platform.Ana.GetAsync(At, Stop)).StatusCode);
        Assert.DoesNotContain(
            (await platform.Get<Page<CatalogEntryView>>("/v1/catalog?kind=group")).Items,
            one => one.Name == "night-shift"
        );
        Assert.Equal(HttpStatusCode.NoContent, await Put(At, new SetCatalogEntry(Members: ["bo"])));
        Assert.Equal(["bo"], (await platform.Get<CatalogEntryView>(At)).Members);
    }

    [Fact]
    public async Task Two_who_apply_at_once_end_with_one_of_the_two_and_nothing_between()
    {
        var texts = Enumerable
            .Range(1, 4)
            .Select(i =>
                $"{Document("System", "race-a", $"type: t{i}")}\n---\n{Document("System", "race-b", $"type: t{i}")}"
            );
        var answers = await Task.WhenAll(texts.Select(text => Apply(text)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var (a, b) = (
            await platform.Get<CatalogEntryView>("/v1/catalog/system/race-a"),
            await platform.Get<CatalogEntryView>("/v1/catalog/system/race-b")
        );
        Assert.Equal((a.Type, a.Version), (b.Type, b.Version));
    }

    private static string Document(string kind, string name, string spec) =>
        $"apiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata:\n  name: {name}\nspec:\n  {spec}";

    private async Task<HttpResponseMessage> Apply(string text, string query = "") =>
        await platform.Ana.PostAsync(
            $"/v1/catalog{query}",
            new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml")),
            Stop
        );

    private static async Task<CatalogApplied> Applied(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<CatalogApplied>(Json.Options, Stop))!;
    }

    private async Task<HttpStatusCode> Put(string address, SetCatalogEntry entry)
    {
        using var answer = await platform.Ana.PutAsJsonAsync(address, entry, Json.Options, Stop);
        return answer.StatusCode;
    }
}
