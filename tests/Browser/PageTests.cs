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
    protected async Task<IPage> Open(ColorScheme colours = ColorScheme.Dark)
    {
        var window = await Stage.Window(colours);
        windows.Add(window);
        return await window.NewPageAsync();
    }

    protected Task<IPage> SignedIn(string path, ColorScheme colours = ColorScheme.Dark) =>
        SignedIn(path, Stage.Platform.Token, colours);

    /// <summary>Somebody who may only do this; several scopes have a space between them.</summary>
    protected async Task<IPage> SignedInAs(string name, string scope, string path)
    {
        var token = await Stage.Platform.Door.Tokens.Create(
            new CreateToken(name, [.. scope.Split(' ')]),
            TestContext.Current.CancellationToken
        );
        return await SignedIn(path, token.Token, ColorScheme.Dark);
    }

    private async Task<IPage> SignedIn(string path, string token, ColorScheme colours)
    {
        var page = await Open(colours);
        await page.GotoAsync($"/login?next={Uri.EscapeDataString(path)}");
        await page.GetByLabel("API token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        return page;
    }
}
