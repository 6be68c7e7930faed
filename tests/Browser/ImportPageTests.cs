using Microsoft.Playwright;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Experiments of Chaos Toolkit, pasted: what is wrong is told with its place, and what was worth a word stands on the draft.</summary>
public sealed class ImportPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task An_experiment_is_pasted_refused_at_its_place_and_becomes_a_draft(ColorScheme colours)
    {
        var name = $"pasted-{colours}".ToLowerInvariant();
        var door = Stage.Platform.Door.Experiments;
        var sample = await File.ReadAllTextAsync(Repository.File("samples", "experiments", "slow-ledger.yaml"), Stop);
        await door.Apply(sample.Replace("name: slow-ledger", $"name: {name}", StringComparison.Ordinal), stop: Stop);
        var foreign = (await door.Export(name, "chaostoolkit", Stop)).Replace(
            $"\"{name}\"",
            $"\"{name}-again\"",
            StringComparison.Ordinal
        );

        var page = await SignedIn("/gamedays", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "Import", Exact = true }).ClickAsync();
        Assert.Empty(await Stage.Violations(page));
        var (field, import) = (
            page.GetByLabel("Experiment, JSON or YAML"),
            page.GetByRole(AriaRole.Button, new() { Name = "Import it" })
        );
        await field.FillAsync(foreign.Replace("create_toxic", "create_typhoon", StringComparison.Ordinal));
        await page.GetByLabel("Variables that it asks for").FillAsync("no variable");
        await import.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("NAME=value");
        await page.GetByLabel("Variables that it asks for").FillAsync("SHOP=checkout");
        await import.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("was not imported");
        await Expect(page.Locator(".findings .error").First).ToContainTextAsync("/method");
        await Expect(field).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("create_typhoon"));
        await Expect(page.GetByLabel("Variables that it asks for")).ToHaveValueAsync("SHOP=checkout");
        Assert.Empty(await Stage.Violations(page));

        await field.FillAsync(foreign);
        await import.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{name}-again");
        await Expect(page.Locator("#imported")).ToContainTextAsync("from Chaos Toolkit");
        await Expect(page.Locator(".head .chip")).ToHaveTextAsync("Draft");
        Assert.Empty(await Stage.Violations(page));
    }

    [Fact]
    public async Task Who_may_not_design_may_not_import()
    {
        var page = await SignedInAs("cleo", "experiments:read", "/experiments/import");
        await Expect(page.GetByText("needs the scope experiments:design")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import it" })).ToHaveCountAsync(0);
    }
}
