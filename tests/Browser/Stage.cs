using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Contracts.Tokens;
using Steady.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(Steady.Tests.Browser.Stage))]

namespace Steady.Tests.Browser;

/// <summary>One platform and one browser for all tests; each test has its own window.</summary>
public sealed class Stage : IAsyncLifetime
{
    private const string Broken = """
        async () => {
          const { violations } = await axe.run(document, { resultTypes: ['violations'] });
          return violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join('; ')}`);
        }
        """;

    private const string Headless = "/usr/bin/chromium-headless-shell";
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    // Debian's Chromium without its windows and menus draws the same pages for two thirds of the work.
    private static readonly string Chromium =
        Environment.GetEnvironmentVariable("CHROMIUM") ?? (File.Exists(Headless) ? Headless : "/usr/bin/chromium");

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private string signedIn = null!;

    public Platform Platform { get; } = new();

    public string Web => Platform.Address("web").ToString().TrimEnd('/');

    public async ValueTask InitializeAsync()
    {
        await Platform.InitializeAsync();
        // A page refreshes itself every ten seconds at the latest.
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium,
                Headless = true,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
        var document = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "samples", "objectives", "checkout-availability.yaml")
        );
        await Platform.Door.Budgets.Apply(document);
        await Platform.Door.Budgets.Ask("checkout", new AskGate(GateAction.Deploy, "checkout 2.4.1", "production"));
        await using var window = await Window(ColorScheme.Dark);
        var page = await window.NewPageAsync();
        await SignIn(page, "/", Platform.Token);
        signedIn = await window.StorageStateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
        await Platform.DisposeAsync();
    }

    /// <summary>A window of its own, with cookies of its own: those of somebody who may do everything, or none.</summary>
    public Task<IBrowserContext> Window(ColorScheme colours, bool isSignedIn = false) =>
        browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1440, Height = 900 },
                ColorScheme = colours,
                BaseURL = Web,
                StorageState = isSignedIn ? signedIn : null,
            }
        );

    public static async Task SignIn(IPage page, string path, string token)
    {
        await page.GotoAsync($"/login?next={Uri.EscapeDataString(path)}");
        await page.GetByLabel("API token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
    }

    /// <summary>An objective of the test's own, of a service of the same name, whose counts are pushed.</summary>
    public static string Objective(string name) =>
        $$"""
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: {{name}}, displayName: Payments of {{name}} succeed }
            spec:
              service: {{name}}
              indicator:
                metadata: { name: {{name}}-requests }
                spec:
                  ratioMetric:
                    good: { metricSource: { type: push, spec: { counter: good } } }
                    total: { metricSource: { type: push, spec: { counter: total } } }
              timeWindow: [{ duration: 30d, isRolling: true }]
              budgetingMethod: Occurrences
              objectives: [{ target: 0.999 }]
            """;

    /// <summary>An incident of the test's own, on a service on which others are declared, too.</summary>
    public Task<IncidentView> Declare(string title, Severity severity = Severity.Sev2) =>
        Platform.Door.Incidents.Declare(new DeclareIncident("payments", severity, title));

    /// <summary>An alert of the test's own fires, as Alertmanager tells of it.</summary>
    public async Task Alert(string service, string severity = "info")
    {
        var stop = TestContext.Current.CancellationToken;
        var token = await Platform.Door.Tokens.Create(new CreateToken("monitor", ["ingest:alerts"]), stop);
        using var http = new HttpClient { BaseAddress = Platform.Address("web") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        var began = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("O", CultureInfo.InvariantCulture);
        var labels = new Dictionary<string, string>
        {
            ["alertname"] = "QueueFull",
            ["service"] = service,
            ["severity"] = severity,
            ["team"] = "tills",
        };
        using var answer = await http.PostAsJsonAsync(
            "api/incidents/v1/intake/browser/alertmanager",
            new
            {
                version = "4",
                groupKey = service,
                status = "firing",
                alerts = new[]
                {
                    new
                    {
                        status = "firing",
                        labels,
                        annotations = new Dictionary<string, string>
                        {
                            ["summary"] = "The queue is full",
                            ["runbook_url"] = "https://runbooks.example/queue",
                            ["dashboard"] = "javascript:alert(1)",
                        },
                        startsAt = began,
                        endsAt = "0001-01-01T00:00:00Z",
                        generatorURL = "https://prometheus.example/graph",
                    },
                },
            },
            stop
        );
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(stop));
    }

    /// <summary>
    /// What axe finds on the page. It is asked for violations only and run in the page itself, which has no frames: axe's own package opens a page
    /// beside it for each run and tells of everything that is in order, which took ten times as long.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Violations(IPage page)
    {
        Assert.Single(page.Frames);
        if (await page.EvaluateAsync<bool>("typeof axe === 'undefined'"))
            await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(Broken);
    }
}
