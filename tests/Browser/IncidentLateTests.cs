using Microsoft.Playwright;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Contracts.Tokens;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>What is still said when an incident is over, and what came too late when it began.</summary>
public sealed class IncidentLateTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_word_what_came_of_a_task_and_a_role_are_said_when_it_is_over()
    {
        var door = Stage.Platform.Door.Incidents;
        var incident = await Stage.Declare("Vouchers are refused");
        await door.Acknowledge(incident.Id, stop: Stop);
        await door.AddTask(incident.Id, new AddTask("Print new vouchers"), Stop);
        await door.Resolve(incident.Id, new ResolveIncident("The list was empty."), stop: Stop);
        var page = await SignedIn($"/incidents/INC-{incident.Number}");

        await page.GetByText("Tell stakeholders", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Next word in how many minutes?")).ToHaveCountAsync(0);
        await page.GetByLabel("Whom?").First.SelectOptionAsync("Customers");
        await page.GetByLabel("How does it stand?").FillAsync("Vouchers are taken again.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tell", Exact = true }).ClickAsync();
        await Expect(page.Locator("#told")).ToContainTextAsync("Vouchers are taken again.");
        await Expect(page.Locator("#told")).Not.ToContainTextAsync("Next word");

        var tasks = page.Locator("#tasks");
        await tasks.GetByLabel("Change task 1").ClickAsync();
        await tasks.Locator("details[open]").GetByLabel("Its ticket").FillAsync("no link");
        await tasks.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(tasks.Locator("details[open]").GetByLabel("Its ticket")).ToHaveValueAsync("no link");
        await tasks.GetByLabel("Task 1 is done").ClickAsync();
        await tasks.GetByLabel("What came of it?").FillAsync("Printed twice.");
        Assert.Empty(await Stage.Violations(page));
        await tasks.GetByRole(AriaRole.Button, new() { Name = "It is done" }).ClickAsync();
        await Expect(tasks).ToContainTextAsync("Printed twice.");

        await page.GetByLabel("Lay down: Commander").ClickAsync();
        await Expect(page.Locator("#people")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_comes_later_joins_and_a_policy_that_came_later_pages_on_demand()
    {
        const string service = "vouchers-late";
        var (door, paging) = (Stage.Platform.Door.Incidents, Stage.Platform.Door.Paging);
        var incident = await door.Declare(new DeclareIncident(service, Severity.Sev2, "Vouchers lie"), stop: Stop);
        var bo = await Stage.Platform.Door.Tokens.Create(
            new CreateToken("bo-late", ["incidents:read", "incidents:write"]),
            Stop
        );
        using var his = new FrontDoor(Stage.Platform.Address("web"), bo.Token);
        await his.Incidents.Acknowledge(incident.Id, stop: Stop);
        var page = await SignedIn($"/incidents/INC-{incident.Number}");
        var people = page.Locator("#people");
        await people.GetByText("Hand over", new() { Exact = true }).ClickAsync();
        await people.GetByLabel("To whom?").Last.FillAsync("cleo");
        await people.GetByLabel("For how many minutes").FillAsync("90");
        await people.GetByRole(AriaRole.Button, new() { Name = "Offer" }).ClickAsync();
        await Expect(people.Locator(".offer")).ToContainTextAsync("cleo");
        var offer = Assert.Single((await door.Response($"{incident.Id}", Stop)).Handovers);
        Assert.Equal(90, (offer.ExpiresAt - offer.OfferedAt).TotalMinutes);

        await page.GetByRole(AriaRole.Button, new() { Name = "I am on it too" }).ClickAsync();
        await Expect(page.Locator("#timeline")).ToContainTextAsync("is on it too; bo-late leads.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "I am on it too" })).ToHaveCountAsync(0);

        var panel = page.Locator("#paging");
        await Expect(panel.GetByText("Begin paging")).ToHaveCountAsync(0);
        await paging.SetContact(
            service,
            new SetContact([new SetChannel("screen", ChannelKind.Console)], "Here."),
            stop: Stop
        );
        var step = new EscalationStep([new EscalationTarget(Contact: service)], 30);
        await paging.SetPolicy(service, new SetEscalationPolicy([service], [step], 0, null, "Late."), stop: Stop);
        await page.ReloadAsync();
        await panel.GetByText("Begin paging").ClickAsync();
        await panel.GetByLabel("Why not wait?").FillAsync("It is worse than it looks.");
        Assert.Empty(await Stage.Violations(page));
        await panel.GetByRole(AriaRole.Button, new() { Name = "Take the first step" }).ClickAsync();
        await Expect(panel).ToContainTextAsync(service);
        Assert.Equal(service, (await paging.Escalation($"{incident.Id}", Stop)).Policy);
    }

    [Fact]
    public async Task What_hurts_again_is_mitigated_again()
    {
        const string service = "vouchers-again";
        var door = Stage.Platform.Door.Incidents;
        var incident = await door.Declare(new DeclareIncident(service, Severity.Sev2, "Vouchers stick"), stop: Stop);
        await door.Acknowledge(incident.Id, stop: Stop);
        await door.Mitigate(incident.Id, new MitigateIncident("The printer was restarted."), stop: Stop);
        var page = await SignedIn($"/incidents/INC-{incident.Number}");
        var again = page.GetByText("Mitigate", new() { Exact = true });
        await Expect(again).ToHaveCountAsync(0);

        await Stage.Alert(service, "critical");
        await again.ClickAsync();
        await page.GetByLabel("What stopped the users' pain?").FillAsync("It prints on the other one.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mitigated", Exact = true }).ClickAsync();
        await Expect(page.Locator("#timeline")).ToContainTextAsync("It prints on the other one.");
        await Expect(again).ToHaveCountAsync(0);
    }
}
