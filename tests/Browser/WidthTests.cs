using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Browser;

/// <summary>
/// Every page at the width of a desk, a tablet and a telephone, in both themes: nothing runs out of the page. The pictures are kept in
/// <c>artifacts/screenshots</c>.
/// </summary>
public sealed class WidthTests(Stage stage) : PageTests(stage)
{
    private static readonly int[] Widths = [1440, 900, 360];
    private static IncidentView? longWinded;

    public static TheoryData<string> Pages =>
        [
            "/",
            "/incidents",
            "/incidents/new",
            "/incidents/measures",
            "/alerts",
            "/follow-ups",
            "/postmortems?all=true",
            "/incidents/{incident}",
            "/incidents/{incident}/timeline",
            "/incidents/{incident}/review",
            "/incidents/{incident}/postmortem",
            "/incidents/{incident}/reads",
            "/incidents/{incident}/knowledge",
            "/incidents/{incident}/similar",
            "/timeline/proof",
            "/timeline",
            "/gamedays",
            "/gamedays/new",
            "/gamedays/new/plan",
            "/experiments/new",
            "/experiments/new/document",
            "/findings",
            "/experiments/import",
            "/budgets",
            "/budgets/checkout-availability",
            "/budgets/checkout-availability/whatif?target=99.5",
            "/budgets/checkout-availability/adjustments",
            "/deploys",
            "/objectives/checkout-availability",
            "/composites/new",
            "/gates",
            "/gates/policies/new",
            "/toil",
            "/map",
            "/oncall",
            "/oncall/pages",
            "/oncall/load",
            "/catalog",
            "/settings",
            "/settings/severities",
            "/settings/silences",
            "/settings/alert-grouping/history",
            "/tokens",
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_runs_out_of_a_page(string path)
    {
        var incident = await LongWinded();
        var address = path.Replace("{incident}", $"INC-{incident.Number}", StringComparison.Ordinal);
        var page = await SignedIn(address);
        foreach (var colours in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, 800);
                var beyond = await page.EvaluateAsync<int>(
                    "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
                );
                await page.ScreenshotAsync(new() { Path = Picture(path, width, colours), FullPage = true });
                Assert.True(beyond <= 0, $"{path} is {beyond} px too wide at {width} px in {colours}.");
            }
        }
    }

    // One for all pages, which only look at it.
    private async Task<IncidentView> LongWinded()
    {
        if (longWinded is not null)
            return longWinded;
        longWinded = await Stage.Declare(
            "Payments are confirmed twice and nobody knows for how many people",
            Severity.Sev1
        );
        await Stage.Platform.Door.Incidents.AddNote(
            longWinded.Id,
            new AddNote($"https://payments.example/{new string('x', 120)}"),
            stop: TestContext.Current.CancellationToken
        );
        return longWinded;
    }

    private static string Picture(string path, int width, ColorScheme colours)
    {
        var name = string.Concat(path.Split('?')[0].Select(sign => char.IsLetterOrDigit(sign) ? sign : '-')).Trim('-');
        return Path.Combine(
            Repository.Root,
            "artifacts",
            "screenshots",
            $"{(name == "" ? "now" : name)}-{width}-{colours}.png".ToLowerInvariant()
        );
    }
}
