using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Asking for pages, and what is kept and refused of contacts and policies.</summary>
public sealed class PagingDoorTests : PagingStage
{
    [Fact]
    public async Task Somebody_is_paged_by_hand_once_and_nobody_when_nobody_is_reached()
    {
        await Contact("ana", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}ana", Secret));
        await Put("schedules/nights", OneOf("cy"));
        await Policy("other", "search", Step(5, new EscalationTarget(Contact: "ana")));
        await Declare("checkout");
        var incident = Assert.Single((await Get<Page<IncidentView>>("incidents?service=checkout")).Items);
        await Eventually.Holds(
            async () => (await Escalation("INC-1")).Status == EscalationStatus.Unrouted,
            "No policy is said"
        );
        Assert.Contains(
            "Nobody is paged for INC-1: no escalation policy is for checkout.",
            await TextsOnce("INC-1", "Nobody is paged")
        );

        for (var i = 0; i < 2; i++)
        {
            using var wish = new HttpRequestMessage(HttpMethod.Post, $"/v1/incidents/{incident.Id}/page")
            {
                Content = JsonContent.Create(new PageSomebody("I need you", Contact: "ana"), options: Json.Options),
            };
            wish.Headers.Add("Idempotency-Key", "page-1");
            (await Ana.SendAsync(wish, Stop)).EnsureSuccessStatusCode();
        }

        await Eventually.Holds(() => receiver.At("/ana").Count == 1, "She is paged");
        var nobody = await Ana.PostAsJsonAsync(
            $"/v1/incidents/{incident.Id}/page",
            new PageSomebody("x", "nights"),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.Conflict, nobody.StatusCode);
        Assert.Contains(
            "cy of nights has no channel",
            await nobody.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        var next = await Ana.PostAsJsonAsync(
            $"/v1/incidents/{incident.Id}/escalate",
            new EscalateIncident("x"),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.Conflict, next.StatusCode);

        await Policy(
            "pay",
            "checkout",
            Step(5, new EscalationTarget(Contact: "ana")),
            Step(5, new EscalationTarget(Contact: "ana"))
        );
        foreach (var wanted in (int[])[2, 3])
        {
            await Write($"incidents/{incident.Id}/escalate", new EscalateIncident("It burns"));
            await Eventually.Holds(() => receiver.At("/ana").Count == wanted, $"Page {wanted}");
        }
    }

    [Fact]
    public async Task An_incident_from_before_there_was_a_policy_is_escalated_when_somebody_asks()
    {
        await Declare("checkout");
        var incident = Assert.Single((await Get<Page<IncidentView>>("incidents?service=checkout")).Items);
        Assert.Equal(EscalationStatus.Unrouted, (await Escalation("INC-1")).Status);
        await Contact("ana", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}ana", Secret));
        await Policy("pay", "checkout", Step(5, new EscalationTarget(Contact: "ana")));
        await Write($"incidents/{incident.Id}/escalate", new EscalateIncident("Now there is one"));
        await Eventually.Holds(() => receiver.At("/ana").Count == 1, "She is paged");
    }

    [Fact]
    public async Task What_is_silenced_wakes_nobody_until_the_silence_is_over_and_then_what_still_fires_does()
    {
        await Contact("ana", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}ana", Secret));
        await Policy("all", "*", Step(60, new EscalationTarget(Contact: "ana")));
        await Write("silences", new SetSilence(["service=~\"search|mail\""], clock.GetUtcNow().AddHours(1), "Index"));
        await Fire("search");
        await Fire("mail");
        await Write(
            "intake/prod/alertmanager",
            new
            {
                version = "4",
                alerts = (await Get<Page<AlertView>>("alerts?service=mail")).Items.Select(one => new
                {
                    status = "resolved",
                    labels = one.Labels,
                    startsAt = one.StartsAt,
                    endsAt = clock.GetUtcNow(),
                }),
            }
        );
        await Declared("checkout");
        await Eventually.Holds(() => receiver.At("/ana").Count == 1, "The one that is not silenced");
        Assert.NotNull(Assert.Single((await Get<Page<AlertView>>("alerts?service=search")).Items).SilencedBy);
        Assert.Empty((await Get<Page<IncidentView>>("incidents?service=search")).Items);

        clock.Move(TimeSpan.FromHours(1));
        await Eventually.Holds(() => receiver.At("/ana").Count == 2, "What still fires is told");
        Assert.Single((await Get<Page<IncidentView>>("incidents?service=search")).Items);
        Assert.Empty((await Get<Page<IncidentView>>("incidents?service=mail")).Items);
        Assert.Null(Assert.Single((await Get<Page<AlertView>>("alerts?service=search")).Items).SilencedBy);
    }

    [Fact]
    public async Task What_hurts_again_after_it_was_mitigated_or_over_pages_anew_although_somebody_had_it()
    {
        await Contact("ana", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}ana", Secret));
        await Policy("all", "*", Step(60, new EscalationTarget(Contact: "ana")));
        await Declared("checkout");
        var incident = Assert.Single((await Get<Page<IncidentView>>("incidents?service=checkout")).Items);
        await Eventually.Holds(() => receiver.At("/ana").Count == 1, "The first page");
        await Write($"incidents/{incident.Id}/acknowledge", null);
        await Write($"incidents/{incident.Id}/mitigate", new MitigateIncident("Rolled back"));
        await Eventually.Holds(
            async () => (await Escalation("INC-1")).Status == EscalationStatus.Stopped,
            "Nobody is paged for what is mitigated"
        );
        var refused = await Ana.PostAsJsonAsync(
            $"/v1/incidents/{incident.Id}/escalate",
            new EscalateIncident("x"),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("incident-mitigated", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        await Write(
            "intake/prod/alertmanager",
            new
            {
                version = "4",
                alerts = new[]
                {
                    new
                    {
                        status = "firing",
                        labels = new
                        {
                            alertname = "Other",
                            severity = "critical",
                            service = "checkout",
                        },
                        startsAt = clock.GetUtcNow(),
                    },
                },
            }
        );
        await Eventually.Holds(() => receiver.At("/ana").Count == 2, "A further alert after the pain had ended pages");
        await Write($"incidents/{incident.Id}/acknowledge", null);
        await Eventually.Holds(
            async () => (await Escalation("INC-1")).Status == EscalationStatus.Stopped,
            "Who answers ends it"
        );
        await Write($"incidents/{incident.Id}/resolve", new ResolveIncident("A bad release"));
        await Write($"incidents/{incident.Id}/reopen", new ReopenIncident("It came back"));
        await Eventually.Holds(() => receiver.At("/ana").Count == 3, "What is reopened pages");
    }

    [Fact]
    public async Task Secrets_go_in_and_never_come_out_and_what_cannot_be_is_refused()
    {
        await Contact("ana", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}secret-path", Secret));
        // An address that is left out is kept.
        await Contact("ana", new SetChannel("phone", ChannelKind.Webhook, AfterMinutes: 2));
        var page = await Ana.PostAsJsonAsync("/v1/contacts/ana/test", new TestChannel("phone"), Json.Options, Stop);
        Assert.Equal(HttpStatusCode.Created, page.StatusCode);
        await Eventually.Holds(() => receiver.At("/secret-path").Count == 1, "The test page");
        Assert.Contains("page.test", receiver.At("/secret-path")[0].Body, StringComparison.Ordinal);

        var all = await Ana.GetStringAsync("/v1/contacts", Stop) + await Ana.GetStringAsync("/v1/pages", Stop);
        Assert.DoesNotContain("secret-path", all, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", all, StringComparison.Ordinal);
        await using var database = Npgsql.NpgsqlDataSource.Create(settings["ConnectionStrings:incidents"]);
        await using var events = database.CreateCommand(
            "select count(*) from incidents.mt_events where data::text like '%secret-path%' or data::text like '%whsec_%'"
        );
        Assert.Equal(0L, await events.ExecuteScalarAsync(Stop));

        var inside = new SetContact([new("hook", ChannelKind.Slack, "https://169.254.169.254/latest")], "So");
        var refused = await Ana.PutAsJsonAsync("/v1/contacts/bo", inside, Json.Options, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("channels[0].address", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var nobody = new SetEscalationPolicy(["x"], [Step(5, new EscalationTarget(Contact: "nobody"))], 0, null, "So");
        var missing = await Ana.PutAsJsonAsync("/v1/escalation-policies/x", nobody, Json.Options, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Ana.GetAsync("/v1/escalation-policies/x", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_not_followed_and_the_heartbeat_says_that_paging_works()
    {
        using var webhooks = new WebhookSender(new PagingSettings(), TimeProvider.System);
        var sender = new PageSender(new MailSender(new PagingSettings()), webhooks);
        var secret = new ChannelSecret("ana/hook", $"https://localhost:{receiver.Address.Port}/inside", null);
        var message = new PageMessage(Guid.Empty, null, "ana", "test", null, clock.GetUtcNow());
        var delivery = await sender.Send(ChannelKind.Slack, secret, message, Stop);
        Assert.False(delivery.Delivered);
        Assert.Contains("private address", delivery.Result, StringComparison.Ordinal);

        var health = service!.Services.GetRequiredService<PagerHealth>();
        await Eventually.Holds(async () => await health.Ill(Stop) is null, "The pager works");
        clock.Move(TimeSpan.FromMinutes(2));
        await Eventually.Holds(async () => await health.Ill(Stop) is null, "It gets round");
    }
}
