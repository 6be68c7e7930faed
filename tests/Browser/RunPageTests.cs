using Microsoft.Playwright;
using Steady.Contracts.Experiments;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The page of a run that is over: what it has shown is written down there, and taken along.</summary>
public sealed class RunPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task What_a_run_has_shown_is_written_down_given_to_somebody_tested_and_taken_along(ColorScheme colours)
    {
        var name = $"shown-{colours}".ToLowerInvariant();
        var run = await Broken(name);
        var page = await SignedIn($"/gamedays/{run.Id}", colours);
        var findings = page.Locator("#run-findings");
        await Expect(findings).ToContainTextAsync("Nobody has written one down.");
        Assert.Empty(await Stage.Violations(page));
        await findings.GetByText("Write a finding down", new() { Exact = true }).ClickAsync();
        await findings.GetByLabel("What kind of thing is it?").SelectOptionAsync("NoFallback");
        await findings.GetByLabel("In a few words").FillAsync("  ");
        await findings.GetByLabel("What was seen, and what does it mean?").FillAsync("It waits <for ever>.");
        await findings.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).First.ClickAsync();
        // A title of blanks says nothing; what was typed beside it is still there.
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(findings.GetByLabel("What was seen, and what does it mean?"))
            .ToHaveValueAsync("It waits <for ever>.");
        Assert.Empty(await Stage.Violations(page));
        await findings.GetByLabel("In a few words").FillAsync("Checkout waits");
        await findings.GetByLabel("How do the two that suffered hang together?").SelectOptionAsync("Operational");
        await findings.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).First.ClickAsync();
        await Expect(findings.Locator("li")).ToContainTextAsync("No fallback, operational coupling");

        await findings.GetByText("What is to be done", new() { Exact = true }).ClickAsync();
        await findings.GetByLabel("What is to be done?").FillAsync("Give it a timeout");
        await findings.GetByLabel("Who does it?").FillAsync("bo");
        await findings.GetByLabel("Until").FillAsync("2030-02-01");
        Assert.Empty(await Stage.Violations(page));
        await findings.Locator("li").GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await Expect(findings.Locator("li")).ToContainTextAsync("Give it a timeout bo, until 1 Feb 2030");
        await findings
            .GetByRole(AriaRole.Button, new() { Name = "Draft the test that it is fixed: Checkout waits" })
            .ClickAsync();
        await Expect(findings.Locator("li")).ToContainTextAsync("must hold");
        var finding = Assert.Single((await Stage.Platform.Door.Findings.OfRun(run.Id, Stop)).Items);
        Assert.Equal((FindingKind.NoFallback, "bo"), (finding.Kind, finding.Actions.Single().Owner));
        Assert.NotNull(finding.Regression);
        Assert.Empty(await Stage.Violations(page));

        await page.GotoAsync("/findings");
        var listed = page.Locator("#findings li").Filter(new() { HasText = name });
        await Expect(listed).ToContainTextAsync("Give it a timeout bo, until 1 Feb 2030");
        Assert.Empty(await Stage.Violations(page));
        await listed.GetByRole(AriaRole.Link, new() { Name = "Checkout waits" }).ClickAsync();

        var file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Journal" }).ClickAsync()
        );
        using var journal = new StreamReader(await file.CreateReadStreamAsync());
        Assert.Contains("chaoslib-version", await journal.ReadToEndAsync(Stop), StringComparison.Ordinal);

        var reader = await SignedInAs("ed", "experiments:read", $"/gamedays/{run.Id}");
        await Expect(reader.Locator("#run-findings")).ToContainTextAsync("Checkout waits");
        await Expect(reader.Locator("#run-findings form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task In_the_past_the_pictures_are_those_of_the_moment()
    {
        var run = await Broken("shown-then");
        var middle = run.Rungs[0].StartedAt + (run.EndedAt!.Value - run.Rungs[0].StartedAt) / 2;
        var at = Uri.EscapeDataString(middle.ToString("O"));
        var page = await SignedIn($"/gamedays/{run.Id}?at={at}");
        var address = await page.GetByRole(AriaRole.Link, new() { Name = "The ladder as SVG" })
            .GetAttributeAsync("href");
        Assert.Contains("?at=", address, StringComparison.Ordinal);
        var then = await Svg(page, address!);
        Assert.Contains("as it was known at", then, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "as it was known at",
            await Svg(page, $"/plots/runs/{run.Id}.svg"),
            StringComparison.Ordinal
        );
        await Expect(page.Locator("#run-findings")).ToHaveCountAsync(0);
    }

    private async Task<string> Svg(IPage page, string address) =>
        await (await page.APIRequest.GetAsync($"{Stage.Web}{address}")).TextAsync();

    /// <summary>A run that broke at once: the ledger is slower than a checkout may take.</summary>
    private async Task<RunView> Broken(string name)
    {
        var door = Stage.Platform.Door.Experiments;
        var sample = await File.ReadAllTextAsync(Repository.File("samples", "experiments", "slow-ledger.yaml"), Stop);
        var experiment = await door.Apply(
            sample
                .Replace("name: slow-ledger", $"name: {name}", StringComparison.Ordinal)
                .Replace("environment: staging", "environment: sandbox", StringComparison.Ordinal)
                .Replace("    - checkout\n    - ledger\n", $"    - {name}\n", StringComparison.Ordinal)
                .Replace("magnitude: 50 }", "magnitude: 900 }", StringComparison.Ordinal)
                .Replace("    - { fault: latency, magnitude: 100 }\n", "", StringComparison.Ordinal)
                .Replace("    - { fault: latency, magnitude: 200 }\n", "", StringComparison.Ordinal)
                .Replace("    - { fault: latency, magnitude: 400 }\n", "", StringComparison.Ordinal)
                .Replace("withinMs: 300", "withinMs: 800", StringComparison.Ordinal)
                // The run is judged, and not aborted before.
                .Replace("forSeconds: 5", "forSeconds: 30", StringComparison.Ordinal)
                .Replace("http://127.0.0.1:8090/", $"{Stage.Platform.Address("checkout")}", StringComparison.Ordinal),
            stop: Stop
        );
        await door.Freeze($"{experiment.Id}", Stop);
        var run = await Eventually.Answers(
            () => door.Start(name, stop: Stop),
            begun => begun.State != RunState.Refused
        );
        var ended = await Eventually.Answers(
            () => door.Run(run.Id, Stop),
            seen => seen.EndedAt is not null,
            TimeSpan.FromMinutes(2)
        );
        Assert.True(ended.Verdict == Verdict.Broke, $"{ended.State}: {ended.Finding} {ended.Reason}");
        return ended;
    }
}
