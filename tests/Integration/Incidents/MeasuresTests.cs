using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>How long things took, as the service knows it.</summary>
public sealed class MeasuresTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_are_of_the_incidents_that_were_asked_for_and_say_what_they_lack()
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var hours in (int[])[1, 2, 3, 4, 5, 6])
            await Resolve((await platform.Declare("pay", now.AddHours(-hours).AddMinutes(-1))).Id);
        await platform.Declare("pay", now.AddMinutes(-5));
        await Resolve((await platform.Declare("mail", now.AddDays(-1))).Id);

        var found = await platform.Get<IncidentMeasures>("/v1/incident-measures?service=pay&severity=sev2");
        Assert.Equal((7, 7), (found.Incidents, found.Figures.Count));
        var resolve = found.Measures.Single(one => one.Kind == MeasureName.TimeToResolve);
        Assert.Equal((6, 1, 0, 0), (resolve.N, resolve.Missing, resolve.Invalid, resolve.Stale));
        Assert.Equal(3, resolve.P50Seconds / 3600);
        Assert.Equal(6, resolve.P90Seconds / 3600);
        Assert.Equal((1, 6), (resolve.MedianInterval!.LowSeconds / 3600, resolve.MedianInterval.HighSeconds / 3600));
        Assert.Equal([0, 0, 0, 0, 0, 3, 3, 0], resolve.Histogram.Select(bucket => bucket.Count));
        Assert.Empty((await platform.Get<IncidentMeasures>("/v1/incident-measures?service=pay&severity=sev1")).Figures);
        Assert.Empty((await platform.Get<IncidentMeasures>("/v1/incident-measures?to=2026-01-01T00:00:00Z")).Figures);
    }

    [Fact]
    public async Task What_is_no_stretch_of_time_is_told()
    {
        foreach (
            var query in (string[])["from=2026-11-24T00:00:00Z&to=2026-11-23T00:00:00Z", "from=2001-01-01T00:00:00Z"]
        )
        {
            using var answer = await platform.Ana.GetAsync($"/v1/incident-measures?{query}", Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    private async Task Resolve(Guid id)
    {
        using var answer = await platform.Ana.PostAsJsonAsync(
            $"/v1/incidents/{id}/resolve",
            new ResolveIncident("Restarted"),
            Json.Options,
            Stop
        );
        answer.EnsureSuccessStatusCode();
    }
}
