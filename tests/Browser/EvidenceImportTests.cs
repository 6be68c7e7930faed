using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Evidence that others have written down is imported: pasted or as a file, all of it or nothing.</summary>
public sealed class EvidenceImportTests(Stage stage) : PageTests(stage)
{
    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task What_is_pasted_is_stored_whole_or_the_wrong_lines_are_named(ColorScheme colours)
    {
        var incident = await Stage.Declare($"Payments have evidence, {colours}");
        var page = await SignedIn($"/incidents/INC-{incident.Number}/timeline", colours);
        await page.GetByRole(AriaRole.Link, new() { Name = "Import many" }).ClickAsync();
        var wrong = "{\"kind\":\"deploy\",\"text\":\"Version 7 went out.\"}\n\n{oops}\n{\"kind\":\"note\"}";
        await page.GetByLabel("Paste them").FillAsync(wrong);
        await Import(page).ClickAsync();

        await Expect(page.Locator(".refusal")).ToContainTextAsync("Nothing was stored");
        await Expect(page.Locator(".wrong-lines li")).ToHaveCountAsync(2);
        await Expect(page.Locator(".wrong-lines li").First).ToContainTextAsync("Line 3");
        await Expect(page.Locator(".wrong-lines li").Last).ToContainTextAsync("Line 4, text");
        await Expect(page.GetByLabel("Paste them")).ToHaveValueAsync(wrong);
        Assert.Empty(await Stage.Violations(page));

        await page.GetByLabel("Paste them").FillAsync(wrong.Split('\n')[0]);
        await Import(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "One entry stands" }))
            .ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link, new() { Name = "the timeline" }).ClickAsync();
        await Expect(page.Locator(".tl-list li").Filter(new() { HasText = "Version 7 went out." })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_file_of_no_incident_is_stored_once_however_often_it_is_sent()
    {
        var page = await SignedIn("/timeline/import");
        const string Text =
            """[{"kind":"deploy","text":"The file went out.","services":["kiosk"],"sourceId":"f-1"},{"kind":"note","text":"It was slow.","services":["kiosk"],"sourceId":"f-2"}]""";
        foreach (var said in (string[])["2 entries stand on the timeline.", "2 stood there before"])
        {
            await page.GetByLabel("Or choose a file")
                .SetInputFilesAsync(
                    new FilePayload
                    {
                        Name = "evidence.json",
                        MimeType = "application/json",
                        Buffer = System.Text.Encoding.UTF8.GetBytes(Text),
                    }
                );
            await Import(page).ClickAsync();
            await Expect(page.Locator("#main")).ToContainTextAsync(said);
        }
    }

    private static ILocator Import(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Import all of it" });
}
