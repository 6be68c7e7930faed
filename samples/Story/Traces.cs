using System.Net;
using System.Text.Json;

namespace Steady.Story;

/// <summary>Asks the Aspire dashboard for one trace.</summary>
public static class Traces
{
    /// <summary>Names of the resources that took part, in the order the dashboard tells them; none while it knows nothing of the trace.</summary>
    public static async Task<IReadOnlyList<string>> Resources(
        HttpClient dashboard,
        string traceId,
        CancellationToken stop
    )
    {
        using var answer = await dashboard.GetAsync(
            new Uri($"/api/telemetry/traces/{traceId}", UriKind.Relative),
            stop
        );
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return [];
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: stop);
        return
        [
            .. document
                .RootElement.GetProperty("data")
                .GetProperty("resourceSpans")
                .EnumerateArray()
                .Select(ServiceName)
                .Distinct(),
        ];
    }

    private static string ServiceName(JsonElement resourceSpans) =>
        resourceSpans
            .GetProperty("resource")
            .GetProperty("attributes")
            .EnumerateArray()
            .First(attribute => attribute.GetProperty("key").GetString() == "service.name")
            .GetProperty("value")
            .GetProperty("stringValue")
            .GetString()!;
}
