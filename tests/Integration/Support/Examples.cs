using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Support;

/// <summary>
/// Runs the examples of a page of docs/, in order, and compares what comes with what the page says. Blocks marked
/// <c>http</c> alternate: a request, its answer. <c>{id}</c> in an address is the id of what was created last.
/// </summary>
public sealed partial class Examples(HttpClient client)
{
    private string id = "";

    public async Task Play(string page)
    {
        var text = await File.ReadAllTextAsync(Repository.File("docs", page), TestContext.Current.CancellationToken);
        var blocks = Block().Matches(text).Select(block => block.Groups[1].Value).ToList();
        Assert.True(blocks.Count > 0 && blocks.Count % 2 == 0, "The page alternates requests and answers.");
        foreach (var pair in blocks.Chunk(2))
            await Play(pair[0], pair[1]);
    }

    private async Task Play(string request, string expected)
    {
        var (head, body) = Split(request);
        var line = head[0].Split(' ');
        var until = TimeProvider.System.GetUtcNow().AddSeconds(10);
        while (true)
        {
            using var message = new HttpRequestMessage(
                new HttpMethod(line[0]),
                line[1].Replace("{id}", id, StringComparison.Ordinal)
            );
            foreach (var header in head.Skip(1).Select(header => header.Split(": ")))
            {
                if (header[0] == "Content-Type")
                    message.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(header[1]));
                else
                    message.Headers.TryAddWithoutValidation(header[0], header[1]);
            }

            using var answer = await client.SendAsync(message, TestContext.Current.CancellationToken);
            try
            {
                await Compare(head[0], expected, answer);
                return;
            }
            // What is read may follow what was written by a moment.
            catch (Xunit.Sdk.XunitException) when (line[0] == "GET" && TimeProvider.System.GetUtcNow() < until)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    private async Task Compare(string request, string expected, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var (said, saidBody) = Split(expected);
        Assert.True(
            said[0].Split(' ')[1] == ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture),
            $"{request} answered {answer.StatusCode}: {text}"
        );
        foreach (var header in said.Skip(1).Select(header => header.Split(": ")))
        {
            var value = header[0] == "ETag" ? answer.Headers.ETag?.Tag : answer.Headers.Location?.ToString();
            Assert.StartsWith(header[1].TrimEnd('…'), value, StringComparison.Ordinal);
        }

        if (saidBody is "")
            return;
        using var document = JsonDocument.Parse(saidBody);
        using var actual = JsonDocument.Parse(text);
        Compare(document.RootElement, actual.RootElement, request);
        if (
            answer.StatusCode == System.Net.HttpStatusCode.Created
            && actual.RootElement.TryGetProperty("id", out var created)
        )
            id = created.GetString()!;
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
