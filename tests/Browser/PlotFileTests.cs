using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Steady.Contracts.Tokens;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>Pictures as files, and what a chat shows of a link.</summary>
public sealed class PlotFileTests(Stage stage) : PageTests(stage)
{
    private const string Title = "Cards are <declined>";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_taken_along_from_its_page()
    {
        var incident = await Stage.Declare("Cards are declined");
        foreach (var (address, name) in Pages(incident))
        {
            var page = await SignedIn(address);
            foreach (var kind in (string[])["SVG", "PNG"])
            {
                var file = await page.RunAndWaitForDownloadAsync(() =>
                    page.GetByRole(AriaRole.Link, new() { Name = $"{name} as {kind}" }).ClickAsync()
                );
                Assert.EndsWith($".{kind}", file.SuggestedFilename, StringComparison.OrdinalIgnoreCase);
                await using var content = await file.CreateReadStreamAsync();
                using var copy = new MemoryStream();
                await content.CopyToAsync(copy, Stop);
                Assert.True(copy.Length > 500, $"{file.SuggestedFilename}: {copy.Length} bytes");
            }
        }
    }

    [Fact]
    public async Task A_token_is_enough_and_none_is_not()
    {
        var incident = await Stage.Declare(Title);
        using var http = new HttpClient { BaseAddress = new Uri(Stage.Web) };
        using var none = await http.GetAsync($"/plots/incidents/INC-{incident.Number}.svg", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);

        http.DefaultRequestHeaders.Authorization = await Token("incidents:read");
        using var svg = await http.GetAsync($"/plots/incidents/INC-{incident.Number}.svg?theme=dark", Stop);
        Assert.Equal("image/svg+xml", svg.Content.Headers.ContentType?.MediaType);
        var drawn = XElement.Parse(await svg.Content.ReadAsStringAsync(Stop));
        Assert.Contains(drawn.Descendants(), one => one.Value == $"INC-{incident.Number} {Title}");
        using var png = await http.GetAsync($"/plots/incidents/{incident.Id}.png?scale=1", Stop);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await png.Content.ReadAsByteArrayAsync(Stop))[..4]);

        Assert.Equal(HttpStatusCode.NotFound, await Status("/plots/incidents/INC-99999.svg"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status("/plots/budgets/checkout-availability.png"));
        Assert.Equal(HttpStatusCode.BadRequest, await Status($"/plots/incidents/{incident.Id}.svg?theme=mauve"));
        Assert.Equal(HttpStatusCode.BadRequest, await Status($"/plots/incidents/{incident.Id}.png?scale=4"));

        await Hide(incident);
        Assert.Equal(HttpStatusCode.NotFound, await Status($"/plots/incidents/INC-{incident.Number}.svg"));

        async Task<HttpStatusCode> Status(string address)
        {
            using var answer = await http.GetAsync(address, Stop);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_link_says_nothing_unless_that_is_switched_on_and_never_what_is_private()
    {
        var (shown, secret) = (await Stage.Declare(Title), await Stage.Declare("A laptop is stolen"));
        await Hide(secret);
        using var http = new HttpClient();
        var silent = await Tags(http, Stage.Web, $"/incidents/INC-{shown.Number}");
        Assert.Equal(("Steady", null), silent);
        using var closed = await http.GetAsync($"{Stage.Web}/previews/incidents/{shown.Id}.png", Stop);
        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);

        await using var console = await OwnConsole.Start(Stage, ("Console__LinkPreviews", "true"));
        var told = await Tags(http, console.Url, $"/incidents/INC-{shown.Number}");
        Assert.Equal($"SEV-2 · INC-{shown.Number} {Title}", told.Title);
        using var picture = await http.GetAsync(told.Image, Stop);
        Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);

        var hidden = await Tags(http, console.Url, $"/incidents/INC-{secret.Number}");
        Assert.Equal(await Tags(http, console.Url, "/incidents/INC-99999"), hidden);
        Assert.Equal(silent, hidden);
        using var leak = await http.GetAsync($"{console.Url}/previews/incidents/{secret.Id}.png", Stop);
        Assert.Equal(HttpStatusCode.NotFound, leak.StatusCode);
    }

    private static IEnumerable<(string Address, string Name)> Pages(IncidentView incident) =>
        [($"/incidents/INC-{incident.Number}", "The picture"), ("/budgets/checkout-availability", "The burn-down")];

    // What a chat reads: it follows to the sign-in page, without a cookie.
    private static async Task<(string? Title, string? Image)> Tags(HttpClient http, string web, string page)
    {
        var text = await http.GetStringAsync($"{web}{page}", Stop);
        return (Tag("og:title"), Tag("og:image"));

        string? Tag(string name)
        {
            var begin = text.IndexOf($"property=\"{name}\" content=\"", StringComparison.Ordinal);
            if (begin < 0)
                return null;
            begin = text.IndexOf("content=\"", begin, StringComparison.Ordinal) + "content=\"".Length;
            return WebUtility.HtmlDecode(text[begin..text.IndexOf('"', begin)]);
        }
    }

    private async Task Hide(IncidentView incident)
    {
        await Stage.Platform.Door.Incidents.SetPrivacy(
            incident.Id,
            new SetPrivacy(true, "Whose it is stays among us."),
            Stop
        );
        await Expect((await SignedIn($"/incidents/INC-{incident.Number}")).Locator("#head"))
            .ToContainTextAsync("Private");
    }

    private async Task<AuthenticationHeaderValue> Token(params string[] scopes) =>
        new("Bearer", (await Stage.Platform.Door.Tokens.Create(new CreateToken("ed", scopes), Stop)).Token);
}
