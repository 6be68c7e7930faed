using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Steady.Contracts;

namespace Steady.Client;

/// <summary>One announced event of a service's feed.</summary>
/// <param name="Sequence">Its place in the service's store; what <c>Follow</c> resumes after.</param>
/// <param name="Id">The event; null in the greeting that opens every stream.</param>
/// <param name="Type">For example <c>budgets.burn-alert-opened</c>; <c>hello</c> in the greeting.</param>
/// <param name="Data">The contract event.</param>
/// <param name="TraceParent">Trace context of the request that caused it.</param>
/// <param name="SeenBy">Who may know of it, told to whoever passes it on to them; null when everybody may.</param>
public sealed record FeedItem(
    long Sequence,
    Guid? Id,
    string Type,
    JsonElement Data,
    string? TraceParent,
    IReadOnlyList<string>? SeenBy = null
)
{
    /// <summary>Whether this only says where the stream begins.</summary>
    public bool IsGreeting => Id is null;
}

/// <summary>The few ways in which all services are talked to.</summary>
internal sealed class Api(HttpClient http)
{
    public Task<T> Get<T>(string path, CancellationToken stop) =>
        Send<T>(new HttpRequestMessage(HttpMethod.Get, path), stop);

    public Task<T> Post<T>(string path, object body, string? idempotencyKey, CancellationToken stop) =>
        Send<T>(
            Posting(path, JsonContent.Create(body, body.GetType(), options: Json.Options), null, idempotencyKey),
            stop
        );

    public Task<T> Post<T>(string path, string? idempotencyKey, CancellationToken stop) =>
        Send<T>(Posting(path, null, null, idempotencyKey), stop);

    public Task<T> PostText<T>(
        string path,
        string text,
        string mediaType,
        CancellationToken stop,
        long? ifMatch = null
    ) => Send<T>(Posting(path, new StringContent(text, Encoding.UTF8, mediaType), ifMatch, null), stop);

    public Task<T> PutText<T>(string path, string text, string mediaType, CancellationToken stop, long? ifMatch = null)
    {
        var request = Posting(path, new StringContent(text, Encoding.UTF8, mediaType), ifMatch, null);
        request.Method = HttpMethod.Put;
        return Send<T>(request, stop);
    }

    /// <summary>A text as it is answered, of the kind that is asked for.</summary>
    public async Task<string> GetText(string path, string mediaType, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        using var response = await Answer(request, stop);
        return await response.Content.ReadAsStringAsync(stop);
    }

    /// <summary>One page of a text, and where the next one begins.</summary>
    public async Task<(string Text, string? Next)> GetPage(string path, string mediaType, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        using var response = await Answer(request, stop);
        var next = response.Headers.TryGetValues("Next", out var values) ? values.First() : null;
        return (await response.Content.ReadAsStringAsync(stop), next);
    }

    /// <summary>Bytes as they are answered.</summary>
    public async Task<byte[]> GetBytes(string path, CancellationToken stop)
    {
        using var response = await Answer(new HttpRequestMessage(HttpMethod.Get, path), stop);
        return await response.Content.ReadAsByteArrayAsync(stop);
    }

    /// <summary>A write that answers with nothing but the new version; null when the service named none.</summary>
    public async Task<long?> Write(string path, object? body, long? ifMatch, CancellationToken stop)
    {
        var content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json.Options);
        using var response = await Answer(Posting(path, content, ifMatch, null), stop);
        return long.TryParse(response.Headers.ETag?.Tag.Trim('"'), out var version) ? version : null;
    }

    public async Task Delete(string path, CancellationToken stop)
    {
        using var response = await Answer(new HttpRequestMessage(HttpMethod.Delete, path), stop);
    }

    /// <summary>Puts something where it belongs; answers its version.</summary>
    public Task<long?> Put(string path, object body, CancellationToken stop) => Put(path, body, null, stop);

    /// <summary>The same, only if the version that it replaces is the one that was read; 0 where nothing may be there yet.</summary>
    public async Task<long?> Put(string path, object body, long? ifMatch, CancellationToken stop)
    {
        using var response = await Answer(Putting(path, body, ifMatch), stop);
        return long.TryParse(response.Headers.ETag?.Tag.Trim('"'), out var version) ? version : null;
    }

    /// <summary>The same, where the answer says more than the version.</summary>
    public Task<T> PutFor<T>(string path, object body, long? ifMatch, CancellationToken stop) =>
        Send<T>(Putting(path, body, ifMatch), stop);

    /// <summary>
    /// The feed after <paramref name="last"/>, or from now on. Ends only when it is stopped: a lost stream is opened again
    /// after the last event that was seen, so nothing is missed and nothing comes twice.
    /// </summary>
    public async IAsyncEnumerable<FeedItem> Follow(
        long? last,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        while (true)
        {
            await using (var items = FollowOnce(last, stop).GetAsyncEnumerator(stop))
            {
                while (await MoveNext(items))
                {
                    last = items.Current.Sequence;
                    yield return items.Current;
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(1), clock, stop);
        }
    }

    /// <summary>One connection to the feed, until it breaks or ends. Only the first answer can throw a <see cref="ProblemException"/>.</summary>
    public async IAsyncEnumerable<FeedItem> FollowOnce(long? last, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var item in Events("feed", last is { } seen ? $"{seen}" : null, stop))
            yield return Read(item);
    }

    /// <summary>One connection to a stream of events, after <paramref name="last"/>, until it breaks or ends.</summary>
    public async IAsyncEnumerable<SseItem<string>> Events(
        string path,
        string? last,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (last is not null)
            request.Headers.Add("Last-Event-ID", last);
        using var response = await Answer(request, stop);
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        await using var items = SseParser.Create(stream).EnumerateAsync(stop).GetAsyncEnumerator(stop);
        while (await MoveNext(items))
            yield return items.Current;
    }

    // A broken stream and a service that is away for a while end the connection; a refusal is told.
    private static async Task<bool> MoveNext<T>(IAsyncEnumerator<T> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception broken)
            when (broken is IOException or HttpRequestException or ProblemException { Status: 0 or >= 500 })
        {
            return false;
        }
    }

    private static FeedItem Read(SseItem<string> item)
    {
        var sequence = long.Parse(item.EventId!, System.Globalization.CultureInfo.InvariantCulture);
        // The greeting carries nothing.
        return item.Data.Length > 0 && JsonSerializer.Deserialize<Body>(item.Data, Json.Options) is { } body
            ? new FeedItem(sequence, body.Id, body.Type, body.Data, body.TraceParent, body.SeenBy)
            : new FeedItem(sequence, null, "hello", default, null);
    }

    private static HttpRequestMessage Posting(string path, HttpContent? content, long? ifMatch, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (ifMatch is { } version)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return request;
    }

    private static HttpRequestMessage Putting(string path, object body, long? ifMatch)
    {
        var content = JsonContent.Create(body, body.GetType(), options: Json.Options);
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = content };
        if (ifMatch is { } version)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        return request;
    }

    private async Task<T> Send<T>(HttpRequestMessage request, CancellationToken stop)
    {
        using var response = await Answer(request, stop);
        return (await response.Content.ReadFromJsonAsync<T>(Json.Options, stop))!;
    }

    private async Task<HttpResponseMessage> Answer(HttpRequestMessage request, CancellationToken stop)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        }
        catch (Exception failure)
            when (failure is HttpRequestException || (failure is TaskCanceledException && !stop.IsCancellationRequested)
            )
        {
            throw ProblemException.Unreachable(http.BaseAddress, failure);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await ProblemException.Read(response, stop);
    }

    private sealed record Body(
        Guid Id,
        string Type,
        JsonElement Data,
        string? TraceParent,
        IReadOnlyList<string>? SeenBy
    );
}

/// <summary>Query strings without empty parts.</summary>
internal static class Query
{
    public static string Of(string path, params ReadOnlySpan<(string Name, object? Value)> parts)
    {
        var pairs = new List<string>();
        foreach (var (name, value) in parts)
        {
            var text = value is DateTimeOffset moment ? moment.UtcDateTime.ToString("O") : value?.ToString();
            if (!string.IsNullOrEmpty(text))
                pairs.Add($"{name}={Uri.EscapeDataString(text)}");
        }

        return pairs.Count == 0 ? path : $"{path}?{string.Join('&', pairs)}";
    }
}
