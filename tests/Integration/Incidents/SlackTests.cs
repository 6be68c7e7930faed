using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Slack's slash command over HTTP.</summary>
public sealed class SlackTests(Platform platform) : IClassFixture<Platform>
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private int typed;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_is_declared_listed_and_noted_on_from_a_channel()
    {
        await Key("chat");
        var declared = await Type("chat", "declare slacked sev2 Nobody can <pay>");
        Assert.Equal("in_channel", declared["response_type"]!.GetValue<string>());
        Assert.Contains("Nobody can &lt;pay&gt;", declared["text"]!.GetValue<string>(), StringComparison.Ordinal);
        var incident = Assert.Single((await platform.Get<Page<IncidentView>>("/v1/incidents?service=slacked")).Items);
        Assert.Equal(
            ("slack:ana", Severity.Sev2, "Nobody can <pay>"),
            (incident.DeclaredBy, incident.Severity, incident.Title)
        );
        // Whoever declares from a channel promises the next word as everybody does.
        Assert.NotNull(incident.NextUpdateDueAt);

        var list = (await Type("chat", "list"))["text"]!.GetValue<string>();
        Assert.Contains($"*INC-{incident.Number}* SEV2 slacked", list, StringComparison.Ordinal);
        var noted = await Type("chat", $"note INC-{incident.Number} Rolled back");
        Assert.Equal("ephemeral", noted["response_type"]!.GetValue<string>());
        Assert.Equal(2, (await platform.Events(incident.Id)).Count);
        Assert.Contains(
            "no incident",
            (await Type("chat", "note INC-999999 x"))["text"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_private_is_neither_listed_nor_noted_on()
    {
        await Key("gossip");
        var secret = await platform.Declare("whispered");
        var privacy = new SetPrivacy(true, "Found out");
        await platform.Ana.PostAsJsonAsync($"/v1/incidents/{secret.Id}/privacy", privacy, Json.Options, Stop);
        var list = (await Type("gossip", "List"))["text"]!.GetValue<string>();
        Assert.DoesNotContain("whispered", list, StringComparison.Ordinal);
        var noted = (await Type("gossip", $"note INC-{secret.Number} y"))["text"]!.GetValue<string>();
        var unknown = (await Type("gossip", "note INC-999999 y"))["text"]!.GetValue<string>();
        Assert.Equal(unknown.Replace("999999", $"{secret.Number}", StringComparison.Ordinal), noted);
        Assert.Equal(2, (await platform.Events(secret.Id)).Count);
    }

    [Fact]
    public async Task What_is_not_signed_is_too_old_or_came_before_does_nothing()
    {
        await Key("guarded");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(HttpStatusCode.Unauthorized, (await Post("guarded", "list", now, secret: "another")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Post("guarded", "list", now - 301)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Post("nobody", "list", now)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await Post("guarded", "declare replayed sev3 Once", now)).StatusCode);
        var again = await Post("guarded", "declare replayed sev3 Once", now);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Contains("signature-replayed", await again.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Single((await platform.Get<Page<IncidentView>>("/v1/incidents?service=replayed")).Items);
        Assert.NotNull((await platform.Get<Page<IntegrationKeyView>>("/v1/integrations/guarded/keys")).Items[0].UsedAt);
    }

    private async Task<JsonNode> Type(string integration, string text)
    {
        // Slack gives each command a trigger of its own: the same words within a second are signed otherwise.
        var trigger = Interlocked.Increment(ref typed);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var answer = await Post(integration, text, now, trigger: trigger);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
    }

    private async Task<HttpResponseMessage> Post(
        string integration,
        string text,
        long timestamp,
        string secret = Secret,
        int trigger = 0
    )
    {
        var body =
            $"command=%2Fsteady&user_id=U2CERLKJA&user_name=ana&trigger_id={trigger}&text={Uri.EscapeDataString(text)}";
        var signed = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret),
            Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/intake/{integration}/slack")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-Slack-Request-Timestamp", $"{timestamp}");
        request.Headers.Add("X-Slack-Signature", $"v0={Convert.ToHexStringLower(signed)}");
        using var slack = platform.Service.Client("");
        return await slack.SendAsync(request, Stop);
    }

    private async Task Key(string integration) =>
        (
            await platform.Ana.PostAsJsonAsync(
                $"/v1/integrations/{integration}/keys",
                new CreateIntegrationKey(IntegrationKind.Slack, Secret),
                Json.Options,
                Stop
            )
        ).EnsureSuccessStatusCode();
}
