using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Deployments and feature flags, as their standards tell them, are found and lead to what came after.</summary>
public sealed class ChangeTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        "flag",
        "feature_flag.change",
        """{"feature_flag.key":"new-checkout","feature_flag.result.variant":"on","service.name":"flag-shop"}""",
        "label.flag:new-checkout"
    )]
    [InlineData(
        "deploy",
        "dev.cdevents.service.deployed.0.2.0",
        """{"subject":{"id":"deploy-shop","type":"service","content":{"environment":{"id":"production"},"artifactId":"pkg:oci/shop@7"}}}""",
        "label.environment:production"
    )]
    public async Task A_change_is_found_by_its_sort_and_is_a_reason_to_look_for_what_came_after(
        string category,
        string type,
        string data,
        string label
    )
    {
        var service = $"{category}-shop";
        var at = TimeProvider.System.GetUtcNow().AddMinutes(-10);
        await Tell(
            $$"""{"specversion":"1.0","id":"{{category}}","source":"/ci","type":"{{type}}","time":"{{at:O}}","data":{{data}}}"""
        );
        using var answer = await platform.Ana.PostAsJsonAsync(
            "/v1/entries",
            new RecordEntry("symptom", "Nobody can pay", at.AddMinutes(3), Services: [service], Source: "support"),
            Json.Options,
            Stop
        );
        var symptom = (await answer.Content.ReadFromJsonAsync<RecordedEntries>(Json.Options, Stop))!.Ids.Single();

        await Eventually.Holds(
            async () =>
                (await platform.Get<TimelineAnswer>($"/v1/timeline?q=service:{service} kind:symptom")).Items.Count == 1,
            "The symptom stands"
        );
        var found = await Eventually.Answers(
            () => platform.Get<TimelineAnswer>($"/v1/timeline?q=service:{service} kind:{category} {label}"),
            one => one.Items.Count == 1
        );
        Assert.Equal((type, category), (found.Items[0].Kind, found.Items[0].Category));
        var causes = await Eventually.Answers(
            () => platform.Get<CausalAnswer>($"/v1/entries/{symptom}/causes?depth=1"),
            one => one.Edges.Count > 0
        );
        Assert.Contains(
            causes.Edges,
            edge => edge.Kind == CausalKind.Change && edge.Cause == found.Items[0].Id && edge.Effect == symptom
        );
    }

    private async Task Tell(string body)
    {
        using var client = platform.Service.Client("ingest:alerts", "ci");
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        using var answer = await client.PostAsync("/v1/intake/ci/cloudevents", content, Stop);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
