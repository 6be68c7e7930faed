using Microsoft.Playwright;
using Steady.Client;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>A budget as it was. A moment can be asked for three minutes after it was: when all other tests are over, it can.</summary>
[Collection("alone")]
public sealed class BudgetThenTests(Stage stage) : PageTests(stage)
{
    private const string Name = "checkout-availability";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_budget_in_the_past_is_shown_as_it_was_and_nothing_is_changed_from_there()
    {
        var budgets = Stage.Platform.Door.Budgets;
        var at = (await budgets.Objective(Name, Stop)).DefinedAt.AddMinutes(1);
        await Eventually.Holds(IsAnswered, "The moment is long enough ago", TimeSpan.FromMinutes(6));
        var then = Uri.EscapeDataString(at.UtcDateTime.ToString("O"));
        var page = await SignedIn($"/budgets/{Name}?at={then}");
        await Expect(page.Locator("#past")).ToContainTextAsync("You are looking at");
        await Expect(page.Locator("#budget-numbers")).ToContainTextAsync("Then");
        await Expect(page.Locator("#budget-burn h2")).ToContainTextAsync("Burn rate then");
        await Expect(page.Locator("main form[method=post]:not(#paged *)")).ToHaveCountAsync(0);
        Assert.Empty(await Stage.Violations(page));
        var picture = await page.GetByRole(AriaRole.Link, new() { Name = "The burn-down as SVG" })
            .GetAttributeAsync("href");
        var drawn = await page.APIRequest.GetAsync($"{Stage.Web}{picture}");
        Assert.Contains("as it was known at", await drawn.TextAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("l");
        await Expect(page.Locator("#past")).ToHaveCountAsync(0);
        await Expect(page.Locator("#budget-numbers")).ToContainTextAsync("Now");

        async Task<bool> IsAnswered()
        {
            try
            {
                return await budgets.Budget(Name, at, Stop) is not null;
            }
            catch (ProblemException problem) when (problem.Code == "as-of-out-of-reach")
            {
                return false;
            }
        }
    }
}
