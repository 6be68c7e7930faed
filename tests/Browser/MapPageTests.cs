using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Who calls whom, declared and withdrawn by a person on the map.</summary>
public sealed class MapPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task A_call_is_declared_changed_and_withdrawn_with_a_reason(ColorScheme colours)
    {
        var environment = $"mapped-{colours}".ToLowerInvariant();
        var door = Stage.Platform.Door.Experiments;
        var page = await SignedIn($"/map?env={environment}", colours);
        var panel = page.Locator("#map-declare");
        await panel.GetByText("Declare a call", new() { Exact = true }).ClickAsync();
        await panel.GetByLabel("Who calls?").FillAsync("till");
        await panel.GetByLabel("Whom?").FillAsync("till");
        await panel.GetByLabel("How do you know?").FillAsync("I wrote it.");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Declare it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("till calling itself");
        await Expect(panel.GetByLabel("How do you know?")).ToHaveValueAsync("I wrote it.");
        Assert.Empty(await Stage.Violations(page));
        await panel.GetByLabel("Whom?").FillAsync("prices");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Declare it" }).ClickAsync();
        await Expect(page.Locator(".edge[data-from=till][data-to=prices]")).ToHaveCountAsync(1);
        await Expect(panel).ToContainTextAsync("I wrote it.");

        // What somebody declared as a whole stays: operations, replicas, the other calls.
        await door.ApplyTopology(
            environment,
            """
            {"edges":[{"from":"till","to":"prices","proxy":"till-db"},{"from":"prices","to":"stock"}],
             "operations":[{"name":"sell","entry":"till"}],"services":[{"name":"prices","replicas":3}]}
            """,
            traced: false,
            Stop
        );
        await page.ReloadAsync();
        await panel.GetByText("Declare a call", new() { Exact = true }).ClickAsync();
        await panel.GetByLabel("Who calls?").FillAsync("till");
        await panel.GetByLabel("Whom?").FillAsync("stock");
        await panel.GetByLabel("What is the caller without it?").SelectOptionAsync("Soft");
        await panel.GetByLabel("How do you know?").FillAsync("It asks what is left.");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Declare it" }).ClickAsync();
        await Expect(page.Locator(".edge.soft[data-from=till][data-to=stock]")).ToHaveCountAsync(1);
        await panel.GetByText("Withdraw a call", new() { Exact = true }).ClickAsync();
        await panel.GetByLabel("Which?").SelectOptionAsync("prices calls stock");
        await panel.GetByLabel("Why?").FillAsync("It has a copy now.");
        Assert.Empty(await Stage.Violations(page));
        await panel.GetByRole(AriaRole.Button, new() { Name = "It calls it no more" }).ClickAsync();
        await Expect(page.Locator(".edge[data-from=prices]")).ToHaveCountAsync(0);
        await Expect(panel).ToContainTextAsync("It has a copy now.");
        var kept = await door.Topology(environment, Stop);
        Assert.Equal(["till-db", "till-stock"], kept.Edges.Select(edge => edge.Proxy));
        Assert.Equal(3, kept.Services.Single(service => service.Name == "prices").Replicas);
        Assert.Equal("sell", kept.Operations.Single().Name);

        // What was traced is drawn beside what was declared, and what is no answer of Jaeger is refused with it.
        await panel.GetByText("Give what Jaeger has seen", new() { Exact = true }).ClickAsync();
        await panel.GetByLabel("answers").FillAsync("""{"data": 7}""");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(panel.GetByLabel("answers")).ToHaveValueAsync("""{"data": 7}""");
        await panel
            .GetByLabel("answers")
            .FillAsync("""{"data": [{"parent": "prices", "child": "stock", "callCount": 12}]}""");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Expect(page.Locator(".edge[data-from=prices][data-to=stock]")).ToHaveCountAsync(1);

        var survival = page.Locator("#map-survival");
        await survival.GetByText("Say what people do", new() { Exact = true }).ClickAsync();
        await survival.GetByLabel("What do they do?").FillAsync("look");
        await survival.GetByLabel("Which service takes it?").FillAsync("prices");
        await survival.GetByLabel("How do you know?").First.FillAsync("They do it all day.");
        await survival.GetByRole(AriaRole.Button, new() { Name = "They do this" }).ClickAsync();
        await survival.GetByText("Say how many run", new() { Exact = true }).ClickAsync();
        await survival.GetByLabel("Of which service?").FillAsync("prices");
        await survival.GetByLabel("Containers, of which one is enough").FillAsync("4");
        await survival.GetByLabel("How do you know?").Last.FillAsync("One more was added.");
        await survival.GetByRole(AriaRole.Button, new() { Name = "So many run" }).ClickAsync();
        await survival.GetByText("They no longer do", new() { Exact = true }).ClickAsync();
        await survival.GetByLabel("What?", new() { Exact = true }).SelectOptionAsync("sell");
        await survival.GetByLabel("Why?").FillAsync("The till is closed.");
        Assert.Empty(await Stage.Violations(page));
        await survival.GetByRole(AriaRole.Button, new() { Name = "Take it out" }).ClickAsync();

        await page.GetByLabel("Per cent gone").FillAsync("40");
        await page.GetByRole(AriaRole.Button, new() { Name = "Work it out" }).ClickAsync();
        await Expect(page.Locator("#map-survival")).ToContainTextAsync("of 6 containers gone");
        await Expect(page.Locator("#map-survival li")).ToContainTextAsync("look");
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task Who_may_only_look_is_offered_no_change()
    {
        var page = await SignedInAs("cleo", "experiments:read", "/map?env=looked-at");
        await Expect(page.Locator("#map-declare")).ToContainTextAsync("steady topology apply looked-at");
        await Expect(page.Locator("#map-declare form")).ToHaveCountAsync(0);
    }
}
