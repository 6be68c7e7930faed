using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Incidents that declare themselves, from messages over the real broker.</summary>
public sealed class DeclaringByRuleTests(Platform platform) : IClassFixture<Platform>
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_page_alert_declares_one_incident_however_often_it_comes()
    {
        var alert = Messages.Alert("checkout", Now);
        var message = Guid.CreateVersion7(Now);

        await platform.Publish(alert, message);
        await platform.Publish(alert, message);
        await platform.Publish(alert);

        var incident = await Declared(alert);
        await Settled("checkout", 1);
        Assert.Equal("checkout burns its error budget 14.4x too fast (1h/5m)", incident.Title);
        Assert.Equal(
            (alert.AlertId, "rule:burn-alert", Severity.Sev2),
            (incident.AlertId!.Value, incident.DeclaredBy, incident.Severity)
        );
        Assert.Single(await platform.Events(incident.Id));
    }

    [Fact]
    public async Task A_ticket_that_became_a_page_declares_an_incident_too()
    {
        var page = Messages.Alert("search", Now);
        await platform.Publish(page with { Severity = BurnSeverity.Ticket, Factor = 1 });
        await platform.Publish(
            new BurnAlertEscalated(
                page.AlertId,
                page.ObjectiveId,
                page.Objective,
                page.Service,
                BurnSeverity.Ticket,
                page.Severity,
                page.LongWindow,
                page.ShortWindow,
                page.Factor,
                page.LongGood,
                page.LongBad,
                page.ShortGood,
                page.ShortBad,
                page.At
            )
        );

        Assert.Equal("search burns its error budget 14.4x too fast (1h/5m)", (await Declared(page)).Title);
        await Settled("search", 1);
    }

    [Fact]
    public async Task Alerts_that_come_together_make_one_incident_and_the_others_join_it()
    {
        var alerts = Enumerable.Range(0, 6).Select(_ => Messages.Alert("ledger", Now)).ToList();

        await Task.WhenAll(alerts.Select(alert => platform.Publish(alert)));

        await Eventually.Holds(async () => (await Open("ledger")) is [{ Version: 6 }], "One incident with six alerts");
        var incident = Assert.Single(await Open("ledger"));
        var joined = (await platform.Events(incident.Id)).Select(e => e.Data).OfType<AlertAttached>();
        Assert.Equal(
            alerts.Select(a => a.AlertId).Order(),
            joined.Select(a => a.AlertId).Append(incident.AlertId!.Value).Order()
        );
    }

    [Fact]
    public async Task An_alert_joins_an_incident_that_a_person_declared_and_a_resolved_one_is_left_alone()
    {
        var declared = await platform.Declare("mail");
        var alert = Messages.Alert("mail", Now);
        await platform.Publish(alert);
        await Eventually.Holds(async () => (await platform.Events(declared.Id)).Count == 2, "The alert joined");

        await platform.Ana.PostAsync(
            $"/v1/incidents/{declared.Id}/resolve",
            System.Net.Http.Json.JsonContent.Create(new ResolveIncident("Sent"), options: Json.Options),
            TestContext.Current.CancellationToken
        );
        var next = Messages.Alert("mail", Now);
        await platform.Publish(next);

        var second = await Declared(next);
        Assert.NotEqual(declared.Id, second.Id);
        Assert.Equal(3, (await platform.Events(declared.Id)).Count);
    }

    [Fact]
    public async Task A_ticket_alert_declares_nothing()
    {
        await platform.Publish(Messages.Alert("quiet", Now) with { Severity = BurnSeverity.Ticket });
        var marker = Messages.Alert("marker", Now);
        await platform.Publish(marker);
        await Declared(marker);
        Assert.Empty(await Open("quiet"));
    }

    [Fact]
    public async Task A_fault_that_may_be_left_declares_an_incident_beside_an_open_one()
    {
        var open = await platform.Declare("images");
        var report = new RevertUnconfirmed(
            Guid.CreateVersion7(Now),
            "slow-images",
            ["images", "cdn"],
            "images->cdn",
            "The agent did not answer for 30 s.",
            Now.AddMinutes(-3),
            "bo",
            Now
        );

        await platform.Publish(report);
        await platform.Publish(report);

        await Settled("images", 2);
        var incident = (await Open("images")).Single(i => i.Id != open.Id);
        Assert.Equal("A fault may still be in place on images->cdn", incident.Title);
        Assert.Equal("rule:revert-unconfirmed", incident.DeclaredBy);
        Assert.Equal(Severity.Sev2, incident.Severity);
    }

    private async Task<IncidentView> Declared(BurnAlertOpened alert)
    {
        IncidentView? found = null;
        await Eventually.Holds(
            async () =>
                (found = (await Open(alert.Service)).FirstOrDefault(i => i.AlertId == alert.AlertId)) is not null,
            $"An incident from the alert on {alert.Service}"
        );
        return found!;
    }

    // A message behind the others on the same queue has been worked on: then those before it were taken as well.
    private async Task Settled(string service, int incidents)
    {
        var marker = Messages.Alert($"after-{service}", Now);
        await platform.Publish(marker);
        await Declared(marker);
        await Eventually.Holds(
            async () => (await Open(service)).Count == incidents,
            $"{incidents} open incidents on {service}"
        );
    }

    private async Task<IReadOnlyList<IncidentView>> Open(string service) =>
        (await platform.Get<Page<IncidentView>>($"/v1/incidents?status=open&service={service}")).Items;
}
