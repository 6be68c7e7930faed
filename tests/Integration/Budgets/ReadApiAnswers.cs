using System.Globalization;
using System.Net;
using System.Text.Json;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>How the tests ask, and what they read in an answer.</summary>
public sealed partial class ReadApiTests
{
    private sealed record Reply(HttpStatusCode Status, string MediaType, string Text);

    private static string Unix(DateTimeOffset at) =>
        (at.ToUnixTimeMilliseconds() / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    private async Task Counted(string objective)
    {
        await budgets.Define(objective);
        await budgets.Count(objective, TimeSpan.FromMinutes(30), 50_000, 0);
        await budgets.Count(objective, TimeSpan.FromMinutes(2), 49_940, 60);
    }

    private async Task<Reply> Get(string question) =>
        await Read(await budgets.Ana.GetAsync($"/api/v1/{question}", Stop));

    private async Task<Reply> Form(string path, params (string, string)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2))
        );
        return await Read(await budgets.Ana.PostAsync($"/api/v1/{path}", form, Stop));
    }

    private static async Task<Reply> Read(HttpResponseMessage answer) =>
        new(
            answer.StatusCode,
            answer.Content.Headers.ContentType!.MediaType!,
            await answer.Content.ReadAsStringAsync(Stop)
        );

    private static List<string> Names(Reply answer) =>
        [
            .. JsonDocument
                .Parse(answer.Text)
                .RootElement.GetProperty("data")
                .EnumerateArray()
                .Select(name => name.GetString()!),
        ];

    private static string Value(Reply answer) =>
        Assert.Single(Result(answer.Text)).GetProperty("value")[1].GetString()!;

    private static IEnumerable<(string At, string Value)> Values(Reply answer) =>
        Assert
            .Single(Result(answer.Text))
            .GetProperty("values")
            .EnumerateArray()
            .Select(point => (point[0].GetRawText(), point[1].GetString()!));

    private static JsonElement.ArrayEnumerator Result(string text) =>
        JsonDocument.Parse(text).RootElement.GetProperty("data").GetProperty("result").EnumerateArray();

    private static IEnumerable<string> Lines(string answer) =>
        answer
            .Replace("{\"metric\"", "\n{\"metric\"", StringComparison.Ordinal)
            .Replace("{\"__name__\"", "\n{\"__name__\"", StringComparison.Ordinal)
            .TrimEnd('}', ']')
            .Split('\n')
            .Select(line => line.TrimEnd(',', '}', ']'))
            .Order(StringComparer.Ordinal);

    // What we answered, as a past for Prometheus: one line a value, a metric's lines together.
    private static string OpenMetrics(Reply answer)
    {
        var lines = Result(answer.Text)
            .SelectMany(series =>
            {
                var labels = series
                    .GetProperty("metric")
                    .EnumerateObject()
                    .ToDictionary(l => l.Name, l => l.Value.GetString());
                var name = labels["__name__"];
                labels.Remove("__name__");
                var text = string.Join(',', labels.Select(label => $"{label.Key}=\"{label.Value}\""));
                return series
                    .GetProperty("values")
                    .EnumerateArray()
                    .Select(point => $"{name}{{{text}}} {point[1].GetString()} {point[0].GetRawText()}");
            });
        return string.Join('\n', lines) + "\n# EOF\n";
    }
}
