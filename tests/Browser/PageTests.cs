using Microsoft.Playwright;

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
    protected async Task<IPage> Open(ColorScheme colours = ColorScheme.Dark)
    {
        var window = await Stage.Window(colours);
        windows.Add(window);
        return await window.NewPageAsync();
    }

    protected async Task<IPage> SignedIn(string path, ColorScheme colours = ColorScheme.Dark)
    {
        var page = await Open(colours);
        await page.GotoAsync($"/login?next={Uri.EscapeDataString(path)}");
        await page.GetByLabel("API token").FillAsync(Stage.Platform.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        return page;
    }
}
