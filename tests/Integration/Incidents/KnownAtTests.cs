using System.Net.Http.Json;
using JasperFx.Events.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Whatever comes later, late, amended or taken back: what was answered as of a moment is answered again.</summary>
public sealed class KnownAtTests(Platform platform, ITestOutputHelper output) : IClassFixture<Platform>
{
    private const int Steps = 60;
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_answered_as_of_a_moment_never_changes_and_a_rebuild_answers_the_same()
    {
        var seed = Environment.GetEnvironmentVariable("STEADY_SEED") is { } given
            ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture)
            : (int)(TimeProvider.System.GetTimestamp() & 0xFFFFFF);
        output.WriteLine($"STEADY_SEED={seed}");
        var random = new Random(seed);
        var incident = await platform.Declare("known", Noon);
        var entries = new List<Guid>();
        var answers = new List<(DateTimeOffset At, IReadOnlyList<string> Answer)>();
        for (var step = 0; step < Steps; step++)
        {
            if (entries.Count == 0 || random.Next(3) == 0)
                entries.AddRange(await Write($"/v1/incidents/{incident.Id}/entries:batch", random, 1 + random.Next(4)));
            else if (random.Next(3) == 0)
                entries.AddRange(await Write("/v1/entries:batch", random, 1 + random.Next(4), "known"));
            else if (random.Next(4) == 0)
                await Shift(incident.Id, random);
            else
                await Correct(entries[random.Next(entries.Count)], random);
            if (step % 4 == 0)
                answers.Add(await Fixed(incident.Id));
        }

        await Same(incident.Id, answers);
        var daemon = platform
            .Service.Services.GetRequiredService<Marten.Events.Daemon.Coordination.IProjectionCoordinator>()
            .DaemonForMainDatabase();
        await daemon.RebuildProjectionAsync("timeline-entries", TimeSpan.FromMinutes(1), Stop);
        await daemon.StartAgentAsync("timeline-entries:All", Stop);
        await Same(incident.Id, answers);
        Assert.True(
            answers.Select(one => string.Join('\n', one.Answer)).Distinct().Count() > 5,
            "Hardly anything happened."
        );
    }

    // What moves the window of the incident and what belongs to it: merging what began earlier, its end, its return.
    private async Task Shift(Guid incident, Random random)
    {
        if (random.Next(2) == 0)
        {
            var earlier = await platform.Declare("known", Noon.AddMinutes(-random.Next(600)));
            await Write($"/v1/incidents/{earlier.Id}/entries:batch", random, 1);
            await Tell($"/v1/incidents/{earlier.Id}/merge", new MergeIncident($"{incident}", "One outage"));
        }
        else if (!await Tell($"/v1/incidents/{incident}/resolve", new ResolveIncident("It works again")))
            await Tell($"/v1/incidents/{incident}/reopen", new ReopenIncident("It came back"));
    }

    // Whether it changed anything: what cannot be done just now is refused.
    private async Task<bool> Tell<T>(string address, T command)
    {
        using var answer = await platform.Ana.PostAsJsonAsync(address, command, Json.Options, Stop);
        Assert.True(
            answer.IsSuccessStatusCode || answer.StatusCode == System.Net.HttpStatusCode.Conflict,
            await answer.Content.ReadAsStringAsync(Stop)
        );
        return answer.IsSuccessStatusCode;
    }

    [Fact]
    public async Task As_of_the_end_of_time_is_as_of_now()
    {
        var incident = await platform.Declare("endless", Noon);
        await Eventually.Holds(
            async () =>
                (await platform.Timeline($"incident={incident.Id}&knownAt=9999-12-31T23:59:59.9999999Z")).Items.Count
                == 1,
            "The declaration is known"
        );
        Assert.Single((await platform.Timeline($"q=service:endless knownAt:9999-12-31T23:59:59Z from:-30d")).Items);
    }

    // Late, out of order, some of them long before what is known already.
    private async Task<IReadOnlyList<Guid>> Write(string address, Random random, int count, string? service = null)
    {
        var sent = Enumerable
            .Range(0, count)
            .Select(_ => new RecordEntry(
                "detect",
                $"Seen {random.Next()}",
                Noon.AddMinutes(random.Next(-600, 600)),
                Precision: random.Next(2) == 0 ? null : EntryPrecision.Approx,
                Services: service is null ? null : [service]
            ))
            .ToList();
        using var answer = await platform.Ana.PostAsJsonAsync(address, sent, Json.Options, Stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<RecordedEntries>(Json.Options, Stop))!.Ids;
    }

    private async Task Correct(Guid entry, Random random)
    {
        using var answer =
            random.Next(5) == 0
                ? await platform.Ana.PostAsJsonAsync(
                    $"/v1/entries/{entry}/retractions",
                    new RetractEntry("It was never so"),
                    Json.Options,
                    Stop
                )
                : await platform.Ana.PostAsJsonAsync(
                    $"/v1/entries/{entry}/amendments",
                    new AmendEntry(
                        "Better",
                        $"Seen {random.Next()}",
                        OccurredAt: random.Next(2) == 0 ? Noon.AddMinutes(random.Next(-600, 600)) : null
                    ),
                    Json.Options,
                    Stop
                );
        // What was taken back is not amended any more.
        Assert.True(
            answer.IsSuccessStatusCode || answer.StatusCode == System.Net.HttpStatusCode.Conflict,
            await answer.Content.ReadAsStringAsync(Stop)
        );
    }

    // As of the moment that the answer itself says is fixed, whatever is still on its way.
    private async Task<(DateTimeOffset, IReadOnlyList<string>)> Fixed(Guid incident)
    {
        var now = await platform.Get<TimelineAnswer>($"/v1/timeline?incident={incident}&limit=500");
        var at = now.KnownThrough ?? Noon;
        return (at, await As(incident, at));
    }

    private async Task Same(Guid incident, IReadOnlyList<(DateTimeOffset At, IReadOnlyList<string> Answer)> answers)
    {
        foreach (var (at, answer) in answers)
            Assert.Equal(answer, await As(incident, at));
    }

    private async Task<IReadOnlyList<string>> As(Guid incident, DateTimeOffset at) =>
        [
            .. (
                await platform.Get<TimelineAnswer>(
                    $"/v1/timeline?incident={incident}&limit=500&knownAt={at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}"
                )
            ).Items.Select(entry =>
                $"{entry.OccurredAt:O} {entry.RecordedAt:O} {entry.Id} {entry.EntryVersion} {entry.Text}"
            ),
        ];
}
