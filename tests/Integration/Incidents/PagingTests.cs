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

/// <summary>From an alert to who is woken: real webhooks, a real mail server, a clock that the test moves.</summary>
public sealed class PagingTests : PagingStage
{
    [Fact]
    public async Task At_0_an_alert_at_0_the_first_is_paged_at_5_who_is_on_call_and_whoever_takes_it_ends_it()
    {
        await Contact("ana", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}ana", Secret));
        await Contact("bo", new SetChannel("mail", ChannelKind.Email, "bo@example.org"));
        await Put("schedules/nights", OneOf("bo"));
        await Policy(
            "pay",
            "checkout",
            Step(5, new(Contact: "ana")),
            Step(5, new("nights")),
            Step(5, new(Contact: "ana"))
        );

        await Fire("checkout");
        await Eventually.Holds(() => receiver.At("/ana").Count == 1, "The first is paged");
        var sent = Assert.Single(receiver.At("/ana"));
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(sent.At!, CultureInfo.InvariantCulture));
        Assert.Equal(Signature.Of(Secret, sent.Id!, at, sent.Body), sent.Signature);
        using var body = JsonDocument.Parse(sent.Body);
        Assert.Equal(
            ("SEV-2 INC-1 checkout: Broken: It hurts", "https://steady.example.org/incidents/INC-1"),
            (
                body.RootElement.GetProperty("data").GetProperty("subject").GetString(),
                body.RootElement.GetProperty("data").GetProperty("link").GetString()
            )
        );

        clock.Move(TimeSpan.FromMinutes(5));
        // That a new schedule has them on call, bo was told before.
        IEnumerable<string> Pages() =>
            mail!.Mails().Where(one => one.Contains("Subject: SEV-", StringComparison.Ordinal));
        await Eventually.Holds(() => Pages().Count() == 1, "Who is on call is paged");
        var text = Assert.Single(Pages());
        Assert.Contains("Subject: SEV-2 INC-1 checkout: Broken: It hurts", text, StringComparison.Ordinal);
        Assert.Contains("You (bo) are paged: step 2 of pay, on call in nights.", text, StringComparison.Ordinal);

        var incident = Assert.Single((await Get<Page<IncidentView>>("incidents?service=checkout")).Items);
        await Write($"incidents/{incident.Id}/acknowledge", null);
        await Eventually.Holds(
            async () => (await Escalation("INC-1")).Status == EscalationStatus.Stopped,
            "It is stopped"
        );
        clock.Move(TimeSpan.FromMinutes(30));
        await Eventually.Holds(
            async () => (await Texts("INC-1")).Any(one => one.StartsWith("No more paging", StringComparison.Ordinal)),
            "The timeline says that it is over"
        );
        Assert.Single(receiver.At("/ana"));
        var told = await Texts("INC-1");
        Assert.Contains("INC-1 is escalated by pay.", told);
        Assert.Contains("ana was paged over phone: HTTP 200", told);
        Assert.Contains(
            told,
            one => one.StartsWith("bo was paged over mail: the mail server took it", StringComparison.Ordinal)
        );
        Assert.Contains("No more paging: ana has it.", told);

        var load = await Get<LoadReport>($"load?to={Uri.EscapeDataString(clock.GetUtcNow().ToString("O"))}");
        Assert.Equal(["ana", "bo"], load.People.Select(one => one.Person).Order());
        Assert.All(load.People, one => Assert.Equal(1, one.Pages.Total));
        Assert.Equal(
            (0, 1),
            (
                load.People.Single(one => one.Person == "ana").Unanswered,
                load.People.Single(one => one.Person == "bo").Unanswered
            )
        );
        var moments = await Get<JsonElement>("incidents/INC-1/timestamps");
        Assert.Contains("rule:pager", moments.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_get_through_is_tried_again_what_is_gone_is_switched_off_and_no_redirect_is_followed()
    {
        receiver.Answers["/ana"] = 503;
        receiver.Answers["/old"] = 410;
        receiver.Answers["/moved"] = 302;
        await Contact(
            "ana",
            new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}ana", Secret),
            new SetChannel("old", ChannelKind.Slack, $"{receiver.Address}old"),
            new SetChannel("moved", ChannelKind.Mattermost, $"{receiver.Address}moved")
        );
        await Policy("pay", "checkout", Step(60, new EscalationTarget(Contact: "ana")));
        await Declared("checkout");

        await Eventually.Holds(
            async () =>
                (await Escalation("INC-1")).Pages is { Count: 3 } pages && pages.All(page => page.Result is not null),
            "Each was tried"
        );
        receiver.Answers["/ana"] = 200;
        clock.Move(TimeSpan.FromSeconds(5));
        var pages = (
            await Eventually.Answers(
                () => Escalation("INC-1"),
                view => view.Pages.Any(page => page.Status == PageStatus.Delivered)
            )
        ).Pages.ToDictionary(page => page.Channel);
        Assert.Equal(
            (PageStatus.Delivered, 2, "HTTP 200"),
            (pages["phone"].Status, pages["phone"].Attempts, pages["phone"].Result)
        );
        Assert.Equal(
            (PageStatus.Failed, 1, "HTTP 410"),
            (pages["old"].Status, pages["old"].Attempts, pages["old"].Result)
        );
        Assert.Equal("HTTP 302", pages["moved"].Result);
        Assert.Empty(receiver.At("/elsewhere"));
        Assert.Equal(2, receiver.At("/ana").Count);
        Assert.Single(receiver.At("/ana").Select(one => one.Id).Distinct());
        await Eventually.Holds(
            async () => (await Get<ContactView>("contacts/ana")).Channels.Single(one => one.Name == "old").IsOff,
            "The channel is off"
        );
        Assert.Contains("ana could not be paged over old, and it is given up: HTTP 410", await Texts("INC-1"));
    }

    [Fact]
    public async Task A_page_that_was_on_its_way_when_the_service_went_is_sent_again()
    {
        await Contact("ana", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}ana", Secret));
        await Policy("all", "*", Step(60, new EscalationTarget(Contact: "ana")));
        receiver.Dispose();
        // A receiver that takes the call and says nothing.
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, receiver.Address.Port);
        silent.Start();
        await Fire("search");
        using (await silent.AcceptSocketAsync(Stop))
            await service!.DisposeAsync();
        silent.Stop();

        using var back = new WebhookReceiver(receiver.Address);
        clock.Move(Delivering.Lease);
        await Start();
        await Eventually.Holds(() => back.At("/ana").Count == 1, "The page is sent again");
        var page = Assert.Single((await Escalation("INC-1")).Pages);
        Assert.Equal(2, page.Attempts);
    }

    [Fact]
    public async Task Who_is_paged_over_the_head_of_the_lead_ends_it_by_taking_it()
    {
        await Contact("bo", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}bo", Secret));
        await Policy("pay", "checkout", Step(60, new EscalationTarget(Contact: "bo")));
        await Declared("checkout");
        var incident = Assert.Single((await Get<Page<IncidentView>>("incidents?service=checkout")).Items);
        foreach (var time in (int[])[1, 2])
        {
            await Eventually.Holds(() => receiver.At("/bo").Count == time, $"Page {time}");
            await Write($"incidents/{incident.Id}/acknowledge", null);
            await Eventually.Holds(
                async () => (await Escalation("INC-1")).Status == EscalationStatus.Stopped,
                $"It is stopped {time}"
            );
            if (time == 1)
                await Write($"incidents/{incident.Id}/escalate", new EscalateIncident("I need help"));
        }
    }

    [Fact]
    public async Task A_storm_does_not_hold_up_the_pager()
    {
        await Contact("ana", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}ana", Secret));
        await Policy("all", "*", Step(60, new EscalationTarget(Contact: "ana")));
        var storm = Task.WhenAll(Enumerable.Range(0, 10).Select(i => Fire("storm", 1000, $"{i}")));
        await Fire("checkout");

        await Eventually.Holds(
            () => receiver.At("/ana").Any(one => one.Body.Contains("checkout", StringComparison.Ordinal)),
            "The page beside the storm"
        );
        await storm;
        // Ten thousand alerts are one incident, and one page.
        Assert.Equal(2, receiver.At("/ana").Count);
    }
}
