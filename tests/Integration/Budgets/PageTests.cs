using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Runs the examples of docs/budgets.md, in order, and compares what comes with what the page says.</summary>
public sealed partial class PageTests : IAsyncLifetime
{
    private readonly BudgetsService budgets = new()
    {
        Clock = new(new DateTimeOffset(2026, 11, 24, 10, 0, 5, TimeSpan.Zero)),
    };

    public ValueTask InitializeAsync() => budgets.InitializeAsync();

    public ValueTask DisposeAsync() => budgets.DisposeAsync();

    [Fact]
    public async Task Every_example_of_the_page_is_what_the_service_does()
    {
        var page = await File.ReadAllTextAsync(
            Repository.File("docs", "budgets.md"),
            TestContext.Current.CancellationToken
        );
        var blocks = Block().Matches(page).Select(block => block.Groups[1].Value).ToList();
        Assert.True(blocks.Count > 10 && blocks.Count % 2 == 0, "The page alternates requests and answers.");
        foreach (var pair in blocks.Chunk(2))
            await Play(pair[0], pair[1]);
    }

    private async Task Play(string request, string expected)
    {
        var (head, body) = Split(request);
        var line = head[0].Split(' ');
        using var message = new HttpRequestMessage(new HttpMethod(line[0]), line[1]);
        if (body is not "")
        {
            var type = head.Single(header => header.StartsWith("Content-Type: ", StringComparison.Ordinal))[14..];
            message.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        }

        using var answer = await budgets.Ana.SendAsync(message, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var (said, saidBody) = Split(expected);
        Assert.True(
            said[0].Split(' ')[1] == ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture),
            $"{head[0]} answered {answer.StatusCode}: {text}"
        );
        foreach (var header in said.Skip(1).Select(header => header.Split(": ")))
        {
            var value = header[0] == "ETag" ? answer.Headers.ETag?.Tag : answer.Headers.Location?.ToString();
            Assert.StartsWith(header[1].TrimEnd('…'), value, StringComparison.Ordinal);
        }

        using var document = JsonDocument.Parse(saidBody);
        using var actual = JsonDocument.Parse(text);
        Compare(document.RootElement, actual.RootElement, head[0]);
    }

    // The page may leave members out, and writes … for what is new each time.
    private static void Compare(JsonElement said, JsonElement actual, string path)
    {
        switch (said.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in said.EnumerateObject())
                    Compare(member.Value, actual.GetProperty(member.Name), $"{path} {member.Name}");
                return;
            case JsonValueKind.Array:
                Assert.True(said.GetArrayLength() == actual.GetArrayLength(), $"{path} is {actual.GetRawText()}");
                foreach (var (one, other) in said.EnumerateArray().Zip(actual.EnumerateArray()))
                    Compare(one, other, path);
                return;
            case JsonValueKind.String when said.GetString() == "…":
                return;
            default:
                Assert.True(
                    said.ToString() == actual.ToString(),
                    $"{path} is {actual.GetRawText()}, the page says {said.GetRawText()}"
                );
                return;
        }
    }

    private static (string[] Head, string Body) Split(string block)
    {
        var parts = block.Split("\n\n", 2);
        return (parts[0].Trim().Split('\n'), parts.Length > 1 ? parts[1] : "");
    }

    [GeneratedRegex("```http\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
