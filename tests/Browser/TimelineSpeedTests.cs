using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>
/// The timeline's page with ten thousand entries. What it brings is held; how fast it is, is told: those are times of the machine. Entries are
/// found, filtered and opened among so many as among few.
/// </summary>
public sealed class TimelineSpeedTests(Stage stage) : PageTests(stage)
{
    private const int Entries = 10_000;
    private const int MostBytes = 60_000;

    private static readonly string[] Kinds =
    [
        "alert",
        "symptom",
        "action",
        "diagnose",
        "deploy",
        "comms",
        "mitigate",
        "note",
    ];

    private static readonly string[] Said =
        "payment queue disk replica gateway certificate index cache region login".Split(' ');

    // Drawing is measured around the very function that the page calls.
    private const string Zoom = """
        async () => {
          const { Picture } = await import(new URL('draw.js', document.querySelector('script[src$="timeline/page.js"]').src));
          const draw = Picture.prototype.draw, took = [], canvas = document.querySelector('.tl-canvas');
          Picture.prototype.draw = function (...given) { const begun = performance.now(); draw.apply(this, given); took.push(performance.now() - begun); };
          const frame = () => new Promise(done => requestAnimationFrame(done));
          for (let i = 0; i < 60; i++) {
            canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: i < 40 ? -120 : 240, clientX: 600, clientY: 300, bubbles: true, cancelable: true }));
            await frame();
          }
          Picture.prototype.draw = draw;
          return took;
        }
        """;

    private const string Filter = """
        async () => {
          const box = document.getElementById('find'), took = [];
          const frame = () => new Promise(done => requestAnimationFrame(done));
          for (const text of ['q', 'qu', 'que', 'queu', 'queue', 'queue d', 'queue di', 'queue disk', 'queue', '', 'l', 'lo', 'log', 'login', '']) {
            const begun = performance.now();
            box.value = text;
            box.dispatchEvent(new Event('input', { bubbles: true }));
            await frame();
            await frame();
            took.push(performance.now() - begun);
          }
          return took;
        }
        """;

    private const string Slide = """
        async () => {
          const slider = document.getElementById('tl-at'), took = [], min = Number(slider.min), max = Number(slider.max);
          for (let i = 1; i <= 20; i++) {
            const before = document.getElementById('state'), begun = performance.now();
            slider.value = String(min + ((max - min) * i) / 22);
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            await new Promise(done => {
              const watch = new MutationObserver(() => { if (document.getElementById('state') !== before) { watch.disconnect(); requestAnimationFrame(done); } });
              watch.observe(before.parentElement, { childList: true });
            });
            took.push(performance.now() - begun);
          }
          return took;
        }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_entries_come_in_few_bytes_and_are_worked_with()
    {
        var incident = await Told();
        var page = await SignedIn("/");
        var inside = await page.Context.NewCDPSessionAsync(page);
        await inside.SendAsync("Network.enable");
        var (columns, bytes) = ("", 0.0);
        inside.Event("Network.responseReceived").OnEvent += (_, told) =>
        {
            if (
                told!
                    .Value.GetProperty("response")
                    .GetProperty("url")
                    .GetString()!
                    .Contains("/columns", StringComparison.Ordinal)
            )
                columns = told.Value.GetProperty("requestId").GetString()!;
        };
        inside.Event("Network.loadingFinished").OnEvent += (_, told) =>
        {
            if (told!.Value.GetProperty("requestId").GetString() == columns)
                bytes = Math.Max(bytes, told.Value.GetProperty("encodedDataLength").GetDouble());
        };
        var path = string.Create(CultureInfo.InvariantCulture, $"/incidents/INC-{incident.Number}/timeline");
        // The first visits meet programs that have just begun to compile.
        for (var i = 0; i < 3; i++)
        {
            await page.GotoAsync(path);
            await page.WaitForFunctionAsync("() => performance.getEntriesByName('timeline-ready').length > 0");
        }

        var ready = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            await page.GotoAsync(path);
            await page.WaitForFunctionAsync("() => performance.getEntriesByName('timeline-ready').length > 0");
            ready.Add(await page.EvaluateAsync<double>("performance.getEntriesByName('timeline-ready')[0].startTime"));
        }

        await Expect(page.Locator("#tl-count")).ToContainTextAsync("10,00");
        Tell("usable, ten visits after three", ready);
        await Rounds("one draw, 60 steps of the wheel", page, Zoom);
        await Rounds("key until filtered and painted, 15 keys", page, Filter);
        await Rounds("slider until the panel is painted, 20 steps", page, Slide);
        Say($"columns: {bytes / 1000:0.0} KB");
        Assert.InRange(bytes, 5_000, MostBytes);
        await Opened(page);
    }

    // One among ten thousand is found by its words, opened, and a link to it shows it again.
    private static async Task Opened(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all of it (F)" }).ClickAsync();
        await page.Locator("#find").FillAsync("one of a kind");
        var row = page.Locator(".tl-list li").GetByRole(AriaRole.Button);
        await Expect(row).ToHaveCountAsync(1);
        await row.ClickAsync();
        await Expect(page.Locator("#entry")).ToContainTextAsync("This 1 is one of a kind: 5,000.");
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("entry="));
        await page.GotoAsync(page.Url);
        await Expect(page.Locator("#entry")).ToContainTextAsync("This 1 is one of a kind: 5,000.");
        await Expect(page.Locator(".tl-list [aria-current]")).ToContainTextAsync("one of a kind");
    }

    private async Task<IncidentView> Told()
    {
        var begun = TimeProvider.System.GetUtcNow().AddHours(-10);
        var door = Stage.Platform.Door.Incidents;
        var incident = await door.Declare(
            new DeclareIncident("ledger", Severity.Sev2, "Ten thousand things happened", begun),
            stop: Stop
        );
        var drawn = new Random(3);
        string Word() => Said[drawn.Next(Said.Length)];
        var entries = Enumerable
            .Range(0, Entries)
            .Select(i => new RecordEntry(
                Kinds[drawn.Next(Kinds.Length)],
                i == Entries / 2 ? "This 1 is one of a kind: 5,000." : $"{Word()} {Word()} {drawn.Next(1000)}",
                begun.AddSeconds(i * 3.3),
                Source: i % 2 == 0 ? "notes" : "report"
            ));
        await door.ImportEntries(
            $"{incident.Id}",
            JsonSerializer.Serialize(entries, Json.Options),
            "application/json",
            Stop
        );
        await Tests.Support.Eventually.Holds(
            async () => (await door.State($"{incident.Id}", stop: Stop)).Entries >= Entries,
            "All entries stand"
        );
        return incident;
    }

    // The platform, its servers and the browser share the machine: the best of five rounds says what the page does, the rest what was beside it.
    private static async Task Rounds(string what, IPage page, string script)
    {
        var rounds = new List<double[]>();
        for (var i = 0; i < 5; i++)
            rounds.Add(await page.EvaluateAsync<double[]>(script));
        Tell($"{what}, best of five rounds", rounds.MinBy(times => Share(times, 0.95))!);
        Tell($"{what}, all of them", [.. rounds.SelectMany(times => times)]);
    }

    private static void Tell(string what, IReadOnlyCollection<double> times) =>
        Say(
            $"{what}: n={times.Count} best={times.Min():0.0} p50={Share(times, 0.5):0.0} p95={Share(times, 0.95):0.0} max={times.Max():0.0} ms"
        );

    private static double Share(IReadOnlyCollection<double> times, double share) =>
        times.Order().ElementAt((int)Math.Ceiling(times.Count * share) - 1);

    private static void Say(FormattableString said) =>
        TestContext.Current.TestOutputHelper!.WriteLine(said.ToString(CultureInfo.InvariantCulture));
}
