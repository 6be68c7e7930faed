using System.Net;
using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Intake;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Keys of integrations over HTTP.</summary>
public sealed class IntegrationKeyTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_told_once_and_the_old_one_lives_until_the_new_one_has_taken_over()
    {
        var first = await Make("prod", new(IntegrationKind.Pagerduty));
        Assert.Equal(32, first.Key!.Length);
        var second = await Make("prod", new(IntegrationKind.Pagerduty));
        Assert.NotEqual(first.Key, second.Key);

        var third = await Post("prod", new(IntegrationKind.Pagerduty));
        Assert.Equal(HttpStatusCode.Conflict, third.StatusCode);
        Assert.Contains("key-limit", await third.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        foreach (var _ in (int[])[1, 2])
            (await platform.Ana.DeleteAsync($"/v1/integrations/prod/keys/{first.Id}", Stop)).EnsureSuccessStatusCode();
        await Make("prod", new(IntegrationKind.Pagerduty));

        var keys = await platform.Get<Page<IntegrationKeyView>>("/v1/integrations/prod/keys");
        Assert.Equal(2, keys.Items.Count);
        Assert.DoesNotContain(keys.Items, one => one.Id == first.Id);
        Assert.Equal(second.Key![^4..], keys.Items.Single(one => one.Id == second.Id).Hint);
    }

    [Fact]
    public async Task No_key_is_in_an_event_and_its_use_is_noted_now_and_then()
    {
        var slack = await Make("chat", new(IntegrationKind.Slack, "8f742231b10e8888abcd99yyyzzz85a5"));
        Assert.Null(slack.Key);
        var made = await Make("chat", new(IntegrationKind.Cloudevents));

        var events = await platform.Events(Steady.Incidents.Intake.Integration.IdOf("chat"));
        var stored = string.Join("\n", events.Select(one => System.Text.Json.JsonSerializer.Serialize(one.Data)));
        Assert.DoesNotContain("8f742231b10e8888", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Key!, stored, StringComparison.Ordinal);
        var store = platform.Service.Services.GetRequiredService<IDocumentStore>();
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal("chat", (await Find(made.Key, now))?.Integration);
        await Find(made.Key, now.AddMinutes(5));
        Assert.Equal(now, (await Find(made.Key, now.AddMinutes(6)))!.UsedAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Null(await LiveKeysSchema.Find(store, made.Key, IntegrationKind.Pagerduty, now, Stop));
        (await platform.Ana.DeleteAsync($"/v1/integrations/chat/keys/{made.Id}", Stop)).EnsureSuccessStatusCode();
        Assert.Null(await Find(made.Key, now.AddHours(2)));

        Task<LiveKey?> Find(string? key, DateTimeOffset at) =>
            LiveKeysSchema.Find(store, key, IntegrationKind.Cloudevents, at, Stop);
    }

    [Fact]
    public async Task The_same_request_makes_one_key()
    {
        var made = await Post("once", new(IntegrationKind.Pagerduty), "key-1");
        var again = await Post("once", new(IntegrationKind.Pagerduty), "key-1");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict), (made.StatusCode, again.StatusCode));
        Assert.Single((await platform.Get<Page<IntegrationKeyView>>("/v1/integrations/once/keys")).Items);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("once", new(IntegrationKind.Slack))).StatusCode);
        Assert.Contains(
            (await platform.Get<Page<IntegrationKeyView>>("/v1/integrations/keys")).Items,
            one => one.Integration == "once"
        );
    }

    private async Task<NewIntegrationKey> Make(string integration, CreateIntegrationKey wish)
    {
        var answer = await Post(integration, wish);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<NewIntegrationKey>(Json.Options, Stop))!;
    }

    private async Task<HttpResponseMessage> Post(string integration, CreateIntegrationKey wish, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/integrations/{integration}/keys")
        {
            Content = JsonContent.Create(wish, options: Json.Options),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await platform.Ana.SendAsync(request, Stop);
    }
}
