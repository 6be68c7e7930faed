using Microsoft.Playwright;
using Steady.Contracts.Experiments;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Runs when nothing else does: a service is killed in it.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>A design is let into the next environment on its evidence, and that is taken back.</summary>
[Collection("alone")]
public sealed class PromotionTests(Stage stage) : PageTests(stage)
{
    private const string Name = "proven";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_design_that_held_and_was_drilled_is_promoted_on_its_page_and_that_is_taken_back()
    {
        await Design();
        var held = await Ended(await Begun());
        Assert.True(held.Verdict == Verdict.Held, $"{held.State}: {held.Finding} {held.Reason}");
        var page = await SignedIn($"/experiments/{Name}");
        var (panel, promote) = (
            page.Locator("#promotion"),
            page.GetByRole(AriaRole.Button, new() { Name = "Promote it" })
        );
        await promote.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("it held 1 of 1 times");
        await Drilled();

        await page.GotoAsync($"/experiments/{Name}");
        await promote.ClickAsync();
        await Expect(panel.Locator(".chip")).ToHaveTextAsync("Promoted");
        await Expect(panel.GetByRole(AriaRole.Link, new() { Name = "run 1" }))
            .ToHaveAttributeAsync("href", $"/gamedays/{held.Id}");
        Assert.Empty(await Stage.Violations(page));
        await panel.GetByText("Take it back", new() { Exact = true }).ClickAsync();
        await panel.GetByLabel("Why?").FillAsync("It hurt customers.");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Take it back now" }).ClickAsync();
        await Expect(panel.Locator(".chip")).ToHaveTextAsync("Taken back");
        await Expect(panel).ToContainTextAsync("It hurt customers.");
        await Expect(panel.GetByText("Take it back", new() { Exact = true })).ToHaveCountAsync(0);
        Assert.Empty(await Stage.Violations(page));
    }

    private async Task Design()
    {
        var door = Stage.Platform.Door.Experiments;
        var sample = await File.ReadAllTextAsync(Repository.File("samples", "experiments", "slow-ledger.yaml"), Stop);
        var design = sample
            .Replace("name: slow-ledger", $"name: {Name}", StringComparison.Ordinal)
            .Replace("    - checkout\n    - ledger\n", $"    - {Name}\n", StringComparison.Ordinal)
            .Replace("    - { fault: latency, magnitude: 100 }\n", "", StringComparison.Ordinal)
            .Replace("    - { fault: latency, magnitude: 200 }\n", "", StringComparison.Ordinal)
            .Replace("    - { fault: latency, magnitude: 400 }\n", "", StringComparison.Ordinal)
            .Replace("withinMs: 300", "withinMs: 1900", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8090/", $"{Stage.Platform.Address("checkout")}", StringComparison.Ordinal);
        await door.Apply($"{design}\npromotion: {{ environment: production, held: 1, withinDays: 14 }}\n", stop: Stop);
        await door.Freeze(Name, Stop);
    }

    // Its controller is killed while a fault is in, and the next one takes the fault out.
    private async Task Drilled()
    {
        var run = await Begun();
        await Eventually.Answers(() => Stage.Platform.Door.Experiments.Run(run.Id, Stop), seen => seen.FaultsLive == 1);
        await Stage.Platform.Restart("experiments", Stage.Platform.Kill("experiments"));
        var ended = await Ended(run);
        Assert.Equal((RunState.Halted, 0), (ended.State, ended.FaultsLive));
    }

    private Task<RunView> Begun() =>
        Eventually.Answers(
            () => Stage.Platform.Door.Experiments.Start(Name, stop: Stop),
            begun => begun.State != RunState.Refused
        );

    private Task<RunView> Ended(RunView run) =>
        Eventually.Answers(
            () => Stage.Platform.Door.Experiments.Run(run.Id, Stop),
            seen => seen.EndedAt is not null,
            TimeSpan.FromMinutes(2)
        );
}
