using Xunit;

namespace Steady.Tests.Browser;

/// <summary>That the other tests would be told of what nobody can read.</summary>
public sealed class AxeTests(Stage stage) : PageTests(stage)
{
    [Fact]
    public async Task What_cannot_be_read_is_found_and_named()
    {
        var page = await SignedIn("/tokens");
        Assert.Empty(await Stage.Violations(page));
        await page.EvaluateAsync(
            """
            () => {
              const [picture, text] = [document.createElement('img'), document.createElement('p')];
              picture.src = '/icon.svg';
              text.textContent = 'Grey on grey';
              [text.style.color, text.style.background] = ['#777', '#888'];
              document.querySelector('h1').after(picture, text);
            }
            """
        );
        var found = await Stage.Violations(page);
        Assert.Contains(found, one => one.StartsWith("image-alt: <img", StringComparison.Ordinal));
        Assert.Contains(found, one => one.StartsWith("color-contrast: <p", StringComparison.Ordinal));
    }
}
