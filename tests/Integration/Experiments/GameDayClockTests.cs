using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Tests.Integration.Support;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>Experiments with a clock that moves by hand.</summary>
public sealed class ClockStage : IAsyncLifetime
{
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));

    public Harness Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Service = await Harness.Start(
            typeof(Steady.Experiments.GameDays.GameDay).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:experiments"] = await Servers.NewDatabase("experiments"),
                ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("experiments"),
                ["Auth:ServiceToken"] = TestTokens.With("gate:ask incidents:read", "experiments"),
                ["Logging:LogLevel:Default"] = "Warning",
            },
            services => services.AddSingleton<TimeProvider>(Clock)
        );

    public async ValueTask DisposeAsync() => await Service.DisposeAsync();
}

public sealed class GameDayClockTests(ClockStage stage) : IClassFixture<ClockStage>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_tells_what_the_service_does_and_silence_escalates_in_time()
    {
        await new Examples(stage.Service.Admin).Play("gamedays.md");
        // On the page Hana was told at 9:00 and has 30 minutes; nobody hears from her.
        stage.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Null((await Day()).Announcements[0].EscalatedAt);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var day = await Eventually.Answers(Tick, seen => seen.Announcements[0].EscalatedAt is not null);
        Assert.Equal(("hana", "ivo"), (day.Announcements[0].Waiting.Single(), day.Announcements[0].EscalateTo));
        Assert.False(day.Ready);
        using var ivo = stage.Service.Client("experiments:read", "ivo");
        using var spoken = await ivo.PostAsync("/v1/gamedays/december/announcements/1/acknowledge", null, Stop);
        Assert.True(spoken.IsSuccessStatusCode);
        Assert.Empty((await Day()).Announcements[0].Waiting);

        // The approval that was asked for on the page lapses after 24 hours.
        stage.Clock.Advance(TimeSpan.FromHours(24));
        day = await Eventually.Answers(Tick, seen => seen.Approval?.State == ApprovalState.Lapsed);
        Assert.Contains(day.Readiness, check => check.Sentence == "The approval has lapsed. Ask again.");
    }

    private async Task<GameDayView> Tick()
    {
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        return await Day();
    }

    private async Task<GameDayView> Day() =>
        (await stage.Service.Admin.GetFromJsonAsync<GameDayView>("/v1/gamedays/december", Json.Options, Stop))!;
}
