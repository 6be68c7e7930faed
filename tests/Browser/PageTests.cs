using Microsoft.Playwright;
using Steady.Contracts.Tokens;
using Xunit;

namespace Steady.Tests.Browser;

/// <summary>Tests that look at pages. A window is closed with its test: one left open would go on asking the platform, and draw, until the last.</summary>
public abstract class PageTests(Stage stage) : IAsyncDisposable
{
    private readonly List<IBrowserContext> windows = [];

    protected Stage Stage { get; } = stage;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var window in windows)
            await window.CloseAsync();
    }

    /// <summary>A window that nobody has signed in with.</summary>
    protected async Task<IPage> Open(ColorScheme colours = ColorScheme.Dark) => await Page(await Stage.Window(colours));

    /// <summary>A window of somebody who may do everything. That one signs in by the page is said by <see cref="SignInTests"/>.</summary>
    protected async Task<IPage> SignedIn(string path, ColorScheme colours = ColorScheme.Dark)
    {
        var page = await Page(await Stage.Window(colours, isSignedIn: true));
        await page.GotoAsync(path);
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        return page;
    }

    /// <summary>Somebody who may only do this; several scopes have a space between them.</summary>
    protected async Task<IPage> SignedInAs(string name, string scope, string path)
    {
        var token = await Stage.Platform.Door.Tokens.Create(
            new CreateToken(name, [.. scope.Split(' ')]),
            TestContext.Current.CancellationToken
        );
        var page = await Open();
        await Stage.SignIn(page, path, token.Token);
        return page;
    }

    /// <summary>A field by its label. What one is told stands on every page, with sentences in which the same words occur.</summary>
    protected static ILocator Field(IPage page, string label) =>
        page.GetByLabel(label).And(page.Locator("input, select, textarea"));

    /// <summary>On a telephone nothing runs out of the page.</summary>
    protected static async Task Fits(IPage page)
    {
        await page.SetViewportSizeAsync(360, 800);
        var beyond = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        await page.SetViewportSizeAsync(1440, 900);
        Assert.True(beyond <= 0, $"{page.Url} is {beyond} px too wide at 360 px.");
    }

    private async Task<IPage> Page(IBrowserContext window)
    {
        windows.Add(window);
        return await window.NewPageAsync();
    }
}
