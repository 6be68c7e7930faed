using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Integration.Support;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Incidents with a clock that moves by hand.</summary>
public sealed class ClockStage : IAsyncLifetime
{
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));

    public Harness Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Service = await Harness.Start(
            typeof(Steady.Incidents.IncidentsSchema).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:incidents"] = await Servers.NewDatabase("incidents"),
                ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("incidents"),
                ["Logging:LogLevel:Default"] = "Warning",
            },
            services => services.AddSingleton<TimeProvider>(Clock)
        );

    public async ValueTask DisposeAsync() => await Service.DisposeAsync();
}

/// <summary>The page on the work on an incident, and what the clock brings about after it.</summary>
public sealed class ResponsePageTests(ClockStage stage) : IClassFixture<ClockStage>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_tells_what_the_service_does_and_what_nobody_does_in_time_stands_on_the_timeline()
    {
        await new Examples(stage.Service.Admin).Play("response.md");
        var incident = Assert.Single((await Get<Page<IncidentView>>("/v1/incidents?service=checkout")).Items);

        // On the page the communications lead was offered at 9:00 for 15 minutes, the bank is to be called until 9:20, and
        // customers were promised the next word by 9:30.
        var seen = await Tick(TimeSpan.FromMinutes(15), kinds => kinds.Contains("handover-expired"));
        Assert.DoesNotContain("task-overdue", seen);
        seen = await Tick(TimeSpan.FromMinutes(5), kinds => kinds.Contains("task-overdue"));
        Assert.DoesNotContain("update-overdue", seen);
        seen = await Tick(TimeSpan.FromMinutes(10), kinds => kinds.Contains("update-overdue"));
        await Tick(TimeSpan.FromHours(5), _ => true);

        var response = await Get<IncidentResponse>($"/v1/incidents/{incident.Id}/response");
        Assert.Empty(response.Handovers);
        Assert.NotNull(response.Tasks[0].OverdueSince);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 9, 30, 0, TimeSpan.Zero), response.NextUpdateDueAt);
        string[] reminders = ["handover-expired", "task-overdue", "update-overdue"];
        var once = await Kinds(incident.Id);
        Assert.Equal(reminders, once.Where(reminders.Contains));

        async Task<IReadOnlyList<string>> Tick(TimeSpan time, Func<IReadOnlyList<string>, bool> right)
        {
            stage.Clock.Advance(time);
            return await Eventually.Answers(
                () =>
                {
                    stage.Clock.Advance(TimeSpan.FromMilliseconds(1));
                    return Kinds(incident.Id);
                },
                right
            );
        }
    }

    private async Task<IReadOnlyList<string>> Kinds(Guid incident) =>
        [.. (await Get<Page<TimelineEntry>>($"/v1/timeline?incident={incident}")).Items.Select(one => one.Kind)];

    private async Task<T> Get<T>(string address) =>
        (await stage.Service.Admin.GetFromJsonAsync<T>(address, Json.Options, Stop))!;
}
