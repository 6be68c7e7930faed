using System.Net;
using System.Text.Json;
using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Unit.Incidents.Paging.Pagers;

namespace Steady.Tests.Unit.Incidents.Paging;

/// <summary>What becomes of a page, what it says, and where it may go.</summary>
public sealed class DeliveringTests
{
    private static readonly Page Fresh = Page.Create(
        new PageRequested(Guid.Empty, 7, "checkout", "ana", "mail", ChannelKind.Email, "step 1 of pay", Noon, Noon)
    );

    private static readonly IncidentView Incident = new(
        Guid.Parse("01990000-0000-7000-8000-000000000001"),
        1,
        7,
        "checkout",
        Severity.Sev2,
        IncidentStatus.Open,
        "<!channel> @all nobody can pay [here](http://evil)",
        null,
        "rule:alert",
        null,
        Noon,
        Noon,
        null,
        null,
        null,
        null
    );

    [Fact]
    public void A_page_is_tried_seven_times_within_ten_minutes_and_then_given_up()
    {
        var (page, now, tried) = (Fresh, Noon, new List<int>());
        while (page.Status == PageStatus.Waiting)
        {
            tried.Add((int)(now - Noon).TotalSeconds);
            page = page.Apply((PageTaken)Assert.Single(Delivering.Take(page, now)));
            page = Settled(page, new Delivery(false, "HTTP 503"), now);
            now = page.DueAt;
        }

        Assert.Equal([0, 5, 20, 50, 110, 290, 590], tried);
        Assert.Equal((PageStatus.Failed, 7, "HTTP 503"), (page.Status, page.Attempts, page.Result));
    }

    [Fact]
    public void Who_took_a_page_and_died_is_overtaken_and_two_do_not_send_at_once()
    {
        var taken = Fresh.Apply((PageTaken)Assert.Single(Delivering.Take(Fresh, Noon)));
        Assert.Empty(Delivering.Take(taken, Noon.AddSeconds(29)));
        var again = taken.Apply((PageTaken)Assert.Single(Delivering.Take(taken, Noon.AddSeconds(30))));
        Assert.Equal(2, again.Attempts);
        // What the first one says late is no longer asked for.
        Assert.Empty(Delivering.Settle(again, 1, new Delivery(false, "late"), Noon.AddSeconds(31)));
    }

    [Fact]
    public void A_receiver_that_asks_for_time_gets_it_but_not_more_than_ten_minutes()
    {
        var page = Fresh.Apply(new PageTaken(1, Noon.AddMinutes(1), Noon));
        Assert.Equal(
            Noon.AddSeconds(42),
            Settled(page, new(false, "HTTP 429", NotBefore: Noon.AddSeconds(42)), Noon).DueAt
        );
        Assert.Equal(
            Noon.AddMinutes(10),
            Settled(page, new(false, "HTTP 429", NotBefore: Noon.AddDays(1)), Noon).DueAt
        );
        Assert.Equal(PageStatus.Failed, Settled(page, new(false, "HTTP 410", Again: false), Noon).Status);
    }

    [Fact]
    public void A_page_that_is_not_needed_is_dropped_and_one_that_got_through_all_the_same_says_so()
    {
        var page = Fresh.Apply(new PageTaken(1, Noon.AddMinutes(1), Noon));
        var dropped = page.Apply((PageDropped)Assert.Single(Delivering.Drop(page, "ana has it", Noon)));
        Assert.Equal((PageStatus.Dropped, "ana has it"), (dropped.Status, dropped.Result));
        Assert.Empty(Delivering.Take(dropped, Noon.AddHours(1)));
        Assert.Empty(Delivering.Settle(dropped, 1, new Delivery(false, "HTTP 500"), Noon));
        var arrived = Settled(dropped, new Delivery(true, "HTTP 200"), Noon);
        Assert.Equal(PageStatus.Delivered, arrived.Status);
        Assert.Empty(Delivering.Drop(arrived, "late", Noon));
    }

    [Fact]
    public void A_page_that_somebody_asked_for_is_not_dropped_because_somebody_has_the_incident()
    {
        var asked = Page.Create(Fresh.Requested with { By = "ana" });
        Assert.True(Delivering.IsNoLongerNeeded(Fresh, isOver: false));
        Assert.False(Delivering.IsNoLongerNeeded(asked, isOver: false));
        Assert.True(Delivering.IsNoLongerNeeded(asked, isOver: true));
    }

    [Fact]
    public async Task The_address_of_a_webhook_is_in_no_span()
    {
        var secret = $"{Guid.CreateVersion7(Noon):N}";
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net.Http", StringComparison.Ordinal),
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) =>
                System.Diagnostics.ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                foreach (var tag in span.TagObjects)
                    told.Enqueue($"{tag.Value}");
            },
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        // Nobody listens there: the span is made all the same.
        var settings = new PagingSettings { AllowedNetworks = [IPNetwork.Parse("127.0.0.1/32")] };
        using var webhooks = new WebhookSender(settings, TimeProvider.System);
        var sender = new PageSender(new MailSender(settings), webhooks);
        var message = new PageMessage(Guid.Empty, Incident, "ana", "step 1 of pay", null, Noon);
        var room = new ChannelSecret("ana/room", $"http://127.0.0.1:1/services/{secret}", null);
        var came = await sender.Send(ChannelKind.Slack, room, message, TestContext.Current.CancellationToken);
        Assert.False(came.Delivered);
        Assert.DoesNotContain(told, one => one.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void The_signature_is_that_of_the_published_example()
    {
        using var vectors = JsonDocument.Parse(
            File.ReadAllText(Repository.File("tests", "Unit", "Incidents", "Data", "payloads.json"))
        );
        var example = vectors.RootElement.GetProperty("standardWebhooks");
        string Text(string name) => example.GetProperty(name).GetString()!;
        var at = DateTimeOffset.FromUnixTimeSeconds(example.GetProperty("timestamp").GetInt64());
        Assert.Equal(Text("signature"), Signature.Of(Text("secret"), Text("id"), at, Text("body")));
        Assert.True(Signature.IsSecret(Text("secret")));
        Assert.All(
            ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!"],
            wrong => Assert.False(Signature.IsSecret(wrong))
        );
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    public void Private_addresses_are_not_reached_unless_they_are_allowed(string text)
    {
        var address = IPAddress.Parse(text);
        Assert.False(new Reachable([]).Allows(address));
        Assert.Throws<System.Net.Sockets.SocketException>(() =>
            new Reachable([]).Choose([IPAddress.Parse("93.184.216.34"), address])
        );
        var one = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var itself = new IPNetwork(one, one.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
        Assert.True(new Reachable([itself]).Allows(address));
    }

    [Fact]
    public void Addresses_of_the_internet_are_reached_and_so_is_what_their_form_hides()
    {
        var reachable = new Reachable([]);
        Gen.UInt.Sample(bits =>
        {
            var bytes = BitConverter.GetBytes(bits);
            var address = new IPAddress(bytes);
            // The same address in another form is judged the same.
            Assert.Equal(reachable.Allows(address), reachable.Allows(address.MapToIPv6()));
            if (bytes[0] is 10 or 127 or 0 or >= 224)
                Assert.False(reachable.Allows(address));
        });
        Assert.All(
            ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111"],
            public_ => Assert.True(reachable.Allows(IPAddress.Parse(public_)))
        );
    }

    [Theory]
    [InlineData("https://hooks.example.org/x", true)]
    [InlineData("http://hooks.example.org/x", false)]
    [InlineData("https://10.0.0.5/x", false)]
    [InlineData("https://0x7f.1/x", false)]
    [InlineData("https://2130706433/x", false)]
    [InlineData("https://[::1]/x", false)]
    [InlineData("http://192.168.7.7:8065/hooks/x", true)]
    [InlineData("ftp://192.168.7.7/x", false)]
    public void Webhooks_are_encrypted_unless_they_go_to_a_network_that_is_allowed(string url, bool may)
    {
        var reachable = new Reachable([IPNetwork.Parse("192.168.7.0/24")]);
        Assert.Equal(may, reachable.Refuses(new Uri(url)) is null);
    }

    [Fact]
    public void What_alerts_say_calls_nobody_and_links_nowhere()
    {
        var page = new PageMessage(
            Guid.Empty,
            Incident,
            "ana",
            "step 1 of pay",
            new Uri("https://s/incidents/INC-7"),
            Noon
        );
        var slack = Text(ChannelKind.Slack, page);
        Assert.DoesNotContain("<!channel>", slack, StringComparison.Ordinal);
        Assert.Contains("<https://s/incidents/INC-7|Take it>", slack, StringComparison.Ordinal);
        var mattermost = Text(ChannelKind.Mattermost, page);
        Assert.DoesNotContain("@all", mattermost, StringComparison.Ordinal);
        Assert.DoesNotContain(" [here](", mattermost, StringComparison.Ordinal);
        Assert.StartsWith("SEV-2 INC-7 checkout: ", PageText.Subject(page), StringComparison.Ordinal);
        var lines = page with { Incident = Incident with { Title = "Nobody can pay\r\nBcc: all@example.org" } };
        Assert.Equal("SEV-2 INC-7 checkout: Nobody can pay Bcc: all@example.org", PageText.Subject(lines));
        Assert.Contains("steady incident ack INC-7", PageText.Text(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_webhook_says_what_it_is_about_and_a_test_that_nothing_is()
    {
        var page = new PageMessage(Guid.Empty, Incident, "ana", "step 1 of pay", null, Noon);
        using var body = JsonDocument.Parse(PageText.Body(ChannelKind.Webhook, page));
        var data = body.RootElement.GetProperty("data");
        Assert.Equal("page.requested", body.RootElement.GetProperty("type").GetString());
        Assert.Equal(
            ("checkout", "sev2", 7),
            (
                data.GetProperty("incident").GetProperty("service").GetString(),
                data.GetProperty("incident").GetProperty("severity").GetString(),
                data.GetProperty("incident").GetProperty("number").GetInt64()
            )
        );
        using var test = JsonDocument.Parse(PageText.Body(ChannelKind.Webhook, page with { Incident = null }));
        Assert.Equal("page.test", test.RootElement.GetProperty("type").GetString());
        Assert.False(data.GetProperty("incident").GetProperty("drill").GetBoolean());
        var told = page with { Incident = null, Notice = true, Because = "bo said yes to your swap." };
        using var notice = JsonDocument.Parse(PageText.Body(ChannelKind.Webhook, told));
        Assert.Equal("notice", notice.RootElement.GetProperty("type").GetString());
        Assert.Equal("bo said yes to your swap.", PageText.Subject(told));
        Assert.Equal("ana: bo said yes to your swap.", Text(ChannelKind.Slack, told));
        using var card = JsonDocument.Parse(PageText.Body(ChannelKind.Teams, page));
        Assert.Equal(
            "AdaptiveCard",
            card.RootElement.GetProperty("attachments")[0].GetProperty("content").GetProperty("type").GetString()
        );
    }

    [Fact]
    public void The_pager_is_ill_when_it_does_not_get_round_or_something_waits()
    {
        Assert.Null(PagerDiagnosis.Of(Noon, Noon, Noon, Noon.AddSeconds(30)));
        Assert.Null(PagerDiagnosis.Of(Noon, null, null, Noon));
        Assert.NotNull(PagerDiagnosis.Of(Noon, null, null, Noon.AddSeconds(31)));
        Assert.NotNull(PagerDiagnosis.Of(Noon, Noon.AddMinutes(-1), null, Noon));
        Assert.NotNull(PagerDiagnosis.Of(Noon, null, Noon.AddMinutes(-1), Noon));
        Assert.Single(Pager.Decide(new Pager(), "ill", Noon));
        Assert.Empty(Pager.Decide(new Pager { IsIll = true }, "ill", Noon));
        Assert.IsType<PagerRecovered>(Assert.Single(Pager.Decide(new Pager { IsIll = true }, null, Noon)));
    }

    [Fact]
    public void A_burn_that_is_over_stays_over_in_whatever_order_it_is_heard()
    {
        var (opened, worse, closed) = (Burn(6, true), Burn(14.4m, true), Burn(0, false));
        Assert.Equal(Burn(14.4m, true), OpenBurn.Heard(OpenBurn.Heard(null, worse), opened));
        Assert.False(OpenBurn.Heard(OpenBurn.Heard(null, closed), opened).IsOpen);
        static OpenBurn Burn(decimal factor, bool isOpen) => new(Guid.Empty, "checkout", factor, isOpen);
    }

    private static Page Settled(Page page, Delivery delivery, DateTimeOffset now) =>
        page.Apply((PageAttempted)Assert.Single(Delivering.Settle(page, page.Attempts, delivery, now)));

    private static string Text(ChannelKind kind, PageMessage page)
    {
        using var body = JsonDocument.Parse(PageText.Body(kind, page));
        return body.RootElement.GetProperty("text").GetString()!;
    }
}
