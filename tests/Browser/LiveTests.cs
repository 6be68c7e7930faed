using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using Microsoft.Playwright;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>The live stream under what happens to it: its host dies, and two hundred people watch.</summary>
public sealed class LiveTests(Stage stage) : PageTests(stage)
{
    private const int Readers = 200;
    private const int Changes = 50;
    private const string Connected = "connected";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_stays_usable_while_its_host_is_dead_and_is_live_again_by_itself()
    {
        var incident = await Stage.Declare("Payments hang");
        await using var console = await OwnConsole.Start(Stage);
        var page = await Open();
        await page.GotoAsync($"{console.Url}/login?next=/incidents/INC-{incident.Number}");
        await page.GetByLabel("API token").FillAsync(Stage.Platform.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        await page.EvaluateAsync("window.sameDocument = true");

        console.Kill();
        await Expect(page.Locator("#live")).ToContainTextAsync("Stale", new() { Timeout = 5_000 });
        await page.GetByText("Add a note", new() { Exact = true }).ClickAsync();
        await page.Locator("details[open] textarea").First.FillAsync("Typed while it was dead");
        await Expect(page.Locator("#head")).ToContainTextAsync("Payments hang");
        await Stage.Platform.Door.Incidents.ChangeSeverity(
            incident.Id,
            new ChangeSeverity(Severity.Sev1, "Nobody saw this"),
            stop: Stop
        );

        await console.StartAgain();
        await Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        await Expect(page.Locator("#timeline")).ToContainTextAsync("Nobody saw this");
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument"));
        Assert.Contains(
            "Typed while it was dead",
            await page.EvaluateAsync<string[]>("[...document.querySelectorAll('textarea')].map(one => one.value)")
        );
    }

    [Fact]
    public async Task Two_hundred_readers_miss_nothing_and_cost_little()
    {
        var incident = await Stage.Declare("Watched by many");
        await using var console = await OwnConsole.Start(Stage);
        using var watched = new CancellationTokenSource();
        var heard = new ConcurrentDictionary<int, ConcurrentBag<string>>();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Readers })
        {
            BaseAddress = new Uri(console.Url),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Stage.Platform.Token);
        var readers = Enumerable.Range(0, Readers).Select(i => Read(http, heard.GetOrAdd(i, _ => []), watched.Token));
        var reading = Task.WhenAll(readers);
        await Eventually.Holds(() => heard.Values.All(one => one.Contains(Connected)), "Everybody is connected");

        using var process = Process.GetProcessById(console.Pid);
        var before = process.TotalProcessorTime;
        var begun = Stopwatch.GetTimestamp();
        using (var pace = new PeriodicTimer(Between))
        {
            for (var i = 0; i < Changes; i++)
            {
                var severity = i % 2 == 0 ? Severity.Sev1 : Severity.Sev2;
                await Stage.Platform.Door.Incidents.ChangeSeverity(
                    incident.Id,
                    new ChangeSeverity(severity, "Up and down"),
                    stop: Stop
                );
                await pace.WaitForNextTickAsync(Stop);
            }
        }

        await Eventually.Holds(
            () => heard.Values.All(one => Events(one).Count() >= Changes),
            "Everybody heard of every change"
        );
        process.Refresh();
        var (took, cpu) = (Stopwatch.GetElapsedTime(begun), process.TotalProcessorTime - before);
        await watched.CancelAsync();
        await reading;
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Readers} readers, {Changes} changes in {took.TotalSeconds:0.0} s: {cpu / took:P1} of a core (bar 15 %)"
            )
        );
        // Other tests change severities too: what everybody heard is at least what happened here, and nobody heard anything twice.
        Assert.True(heard.Values.Select(Events).Aggregate((all, one) => all.Intersect(one)).Count() >= Changes);
        Assert.All(heard.Values, one => Assert.Equal(Events(one).Distinct().Count(), Events(one).Count()));
    }

    private static IEnumerable<string> Events(IEnumerable<string> heard) => heard.Where(one => one != Connected);

    // That it is connected, and the ids of the changes that it heard of.
    private static async Task Read(HttpClient http, ConcurrentBag<string> heard, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, stop);
            answer.EnsureSuccessStatusCode();
            await using var stream = await answer.Content.ReadAsStreamAsync(stop);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(stop))
            {
                if (item.EventType != "event")
                    heard.Add(Connected);
                else if (item.Data.Contains("incidents.incident-severity-changed", StringComparison.Ordinal))
                    heard.Add(item.EventId!);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Everybody has heard enough.
        }
    }
}
