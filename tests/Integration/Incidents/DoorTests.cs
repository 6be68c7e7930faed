using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Integration.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Who gets in.</summary>
public sealed class DoorTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task No_door_is_open_and_a_token_alone_opens_none() => Doors.AreClosed(platform.Service);

    [Fact]
    public async Task Who_may_read_may_not_write_and_who_may_write_may_not_read()
    {
        using var reader = platform.Service.Client("incidents:read");
        using var writer = platform.Service.Client("incidents:write", actor: "bo");
        var command = new DeclareIncident("checkout", Severity.Sev3, "Slow");

        var refused = await reader.PostAsJsonAsync("/v1/incidents", command, Json.Options, Stop);
        var declared = await writer.PostAsJsonAsync("/v1/incidents", command, Json.Options, Stop);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Created, declared.StatusCode);
        var view = await declared.Content.ReadFromJsonAsync<IncidentView>(Json.Options, Stop);
        Assert.Equal("bo", view!.DeclaredBy);
        Assert.Equal(HttpStatusCode.Forbidden, (await writer.GetAsync("/v1/incidents", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/v1/incidents", Stop)).StatusCode);
    }
}
