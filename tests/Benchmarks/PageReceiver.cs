using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Steady.LocalHosting.Processes;

namespace Steady.Tests.Benchmarks;

/// <summary>Somebody's pager: a webhook that says for which service a page came, and when first.</summary>
internal sealed class PageReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> expected = [];

    public PageReceiver()
    {
        Address = $"http://127.0.0.1:{Ports.Free()}/";
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = Listen();
    }

    public string Address { get; }

    /// <summary>The webhook-id of each page that came, as often as it came.</summary>
    public ConcurrentQueue<string> Ids { get; } = [];

    /// <summary>When the first page for a service came, by the stopwatch.</summary>
    public Task<long> Expect(string service) =>
        expected.GetOrAdd(service, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Dispose() => listener.Close();

    private async Task Listen()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var now = Stopwatch.GetTimestamp();
            Ids.Enqueue(context.Request.Headers["webhook-id"]!);
            using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
            context.Response.Close();
            var incident = body.RootElement.GetProperty("data").GetProperty("incident");
            if (expected.TryGetValue(incident.GetProperty("service").GetString()!, out var received))
                received.TrySetResult(now);
        }
    }
}
