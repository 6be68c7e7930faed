using Microsoft.Playwright;
using Steady.Contracts.Experiments;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>A frozen design is run on its page, and what could not be put back after it cannot be missed. It holds the edge for long.</summary>
[Collection("alone")]
public sealed class DesignRunTests(Stage stage) : PageTests(stage)
{
    private const string Name = "run-here";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_design_is_run_on_its_page_and_a_person_ends_what_could_not_be_put_back()
    {
        await Design();
        var page = await SignedIn($"/experiments/{Name}");
        var panel = page.Locator("#run-it");
        await Expect(panel).ToContainTextAsync("On checkout-ledger in run-lab: 50 ms latency.");
        await Expect(panel).ToContainTextAsync($"It may hurt {Name}.");
        await Expect(page.Locator("#run-history")).ToContainTextAsync("No run has ended yet");
        await Expect(page.Locator("#prediction")).ToContainTextAsync("store-front → checkout");
        await Expect(page.Locator("#prediction")).ToContainTextAsync("buy");
        await Expect(page.Locator("#prediction"))
            .ToContainTextAsync("Not in the blast radius, and expected to break: checkout");
        Assert.Empty(await Stage.Violations(page));
        // Another test may have the edge for a while.
        await Eventually.Answers(() => Press(page), state => state != "Refused", TimeSpan.FromMinutes(3));
        var run = Guid.Parse(new Uri(page.Url).Segments[^1]);

        // While it goes on the edge is taken: the gate's reason is a sentence, and nothing was touched.
        Assert.Equal("Refused", await Press(page));
        await Expect(page.Locator("#run-ladder .refusal")).ToContainTextAsync("checkout-ledger");
        Assert.Empty(await Stage.Violations(page));

        var ended = await Eventually.Answers(
            () => Stage.Platform.Door.Experiments.Run(run, Stop),
            seen => seen.EndedAt is not null,
            TimeSpan.FromMinutes(2)
        );
        Assert.Equal(RunState.RevertUnconfirmed, ended.State);
        await page.GotoAsync($"/gamedays/{run}");
        await Expect(page.Locator("#run-left")).ToContainTextAsync("Something was not put back");
        await Expect(page.Locator("#run-left")).ToContainTextAsync("nowhere · Answered 401.");
        await Expect(page.Locator("#run-put-back")).ToContainTextAsync("0 of 1 calls worked");
        await Expect(page.Locator("#run-budget")).ToBeVisibleAsync();
        Assert.Empty(await Stage.Violations(page));
        await page.SetViewportSizeAsync(360, 800);
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"),
            "Nothing stands out at the side."
        );
        await page.SetViewportSizeAsync(1440, 900);
        await page.Locator("#run-side").GetByText("It is gone", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("What did you look at, and what did you see?").FillAsync("The flag was set by hand.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm that it is gone" }).ClickAsync();
        await Expect(page.Locator("#run-head .chip")).ToHaveTextAsync("Halted");

        await page.GotoAsync($"/experiments/{Name}");
        await Expect(page.Locator("#run-history tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(await Stage.Violations(page));
        var file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "YAML" }).ClickAsync()
        );
        Assert.Equal($"{Name}.yaml", file.SuggestedFilename);

        var reader = await SignedInAs("rhea", "experiments:read", $"/experiments/{Name}");
        await Expect(reader.Locator("#run-it")).ToBeVisibleAsync();
        await Expect(reader.Locator("#run-it form")).ToHaveCountAsync(0);
    }

    /// <summary>Runs it by its button; answers what its page then says.</summary>
    private static async Task<string?> Press(IPage page)
    {
        await page.GotoAsync($"/experiments/{Name}");
        await page.Locator("#run-it").GetByText("Run it", new() { Exact = true }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Break it now" }).ClickAsync();
        return (await page.Locator("#run-head .chip").TextContentAsync())?.Trim();
    }

    // What it puts back is at an address that the shop does not serve to anybody.
    private async Task Design()
    {
        var (door, checkout) = (Stage.Platform.Door.Experiments, Stage.Platform.Address("checkout"));
        var sample = await File.ReadAllTextAsync(Repository.File("samples", "experiments", "slow-ledger.yaml"), Stop);
        var design = sample
            .Replace("name: slow-ledger", $"name: {Name}", StringComparison.Ordinal)
            .Replace("environment: staging", "environment: run-lab", StringComparison.Ordinal)
            .Replace("    - checkout\n    - ledger\n", $"    - {Name}\n", StringComparison.Ordinal)
            .Replace("    - { fault: latency, magnitude: 100 }\n", "", StringComparison.Ordinal)
            .Replace("    - { fault: latency, magnitude: 200 }\n", "", StringComparison.Ordinal)
            .Replace("    - { fault: latency, magnitude: 400 }\n", "", StringComparison.Ordinal)
            .Replace("holdSeconds: 4", "holdSeconds: 12", StringComparison.Ordinal)
            .Replace("withinMs: 300", "withinMs: 1900", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8090/", $"{checkout}", StringComparison.Ordinal);
        await door.ApplyTopology(
            "run-lab",
            await File.ReadAllTextAsync(Repository.File("samples", "topologies", "staging.json"), Stop),
            traced: false,
            Stop
        );
        await door.Apply($"{design}\nrollback: [{{ url: {checkout}nowhere, method: POST }}]\n", stop: Stop);
        await door.Freeze(Name, Stop);
    }
}
