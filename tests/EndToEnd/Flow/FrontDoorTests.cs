using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Flow;

[Collection(nameof(Platform))]
public sealed class FrontDoorTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_created_is_found_where_the_answer_says()
    {
        using var http = new HttpClient { BaseAddress = platform.Address("web") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", platform.Token);
        var command = new DeclareIncident("door", Severity.Sev4, "The door sticks");
        using var created = await http.PostAsJsonAsync("/api/incidents/v1/incidents", command, Json.Options, Stop);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("\"1\"", created.Headers.ETag?.Tag);
        var found = await http.GetFromJsonAsync<IncidentView>(created.Headers.Location, Json.Options, Stop);
        Assert.Equal("The door sticks", found!.Title);
    }
}
