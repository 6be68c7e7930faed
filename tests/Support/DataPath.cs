using System.Collections.Concurrent;

namespace Steady.Tests.Support;

/// <summary>One request through an edge, in time since the watch began.</summary>
/// <param name="Started">When it was sent.</param>
/// <param name="Ended">When it was answered, or failed.</param>
/// <param name="Answered">Whether it was answered well.</param>
public readonly record struct PathSample(TimeSpan Started, TimeSpan Ended, bool Answered);

/// <summary>
/// Sends small requests through an edge all the time, each on a connection of its own, and remembers how long each was
/// held. What the fault agent believes is not asked: only what comes out at the other end counts.
/// </summary>
public sealed class DataPath : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);
    private readonly ConcurrentQueue<PathSample> samples = new();
    private readonly ConcurrentDictionary<TimeSpan, bool> waiting = new();
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly long origin = TimeProvider.System.GetTimestamp();
    private readonly Uri url;
    private readonly Task work;

    public DataPath(Uri url)
    {
        this.url = url;
        http.DefaultRequestHeaders.ConnectionClose = true;
        work = Task.Run(Work);
    }

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(origin);

    /// <summary>Everything that is complete so far.</summary>
    public IReadOnlyList<PathSample> Samples => [.. samples];

    /// <summary>Those that were answered, but held for longer than that.</summary>
    public IEnumerable<PathSample> Held(TimeSpan longer) =>
        samples.Where(sample => sample.Answered && sample.Ended - sample.Started > longer);

    /// <summary>Whether a request has waited for longer than that and still does.</summary>
    public bool Holds(TimeSpan longer) => waiting.Keys.Any(started => Now - started > longer);

    public void Forget() => samples.Clear();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Dispose();
        stop.Dispose();
    }

    private async Task Work()
    {
        using var pace = new PeriodicTimer(Pace, TimeProvider.System);
        do
        {
            _ = Ask();
        } while (await pace.WaitForNextTickAsync(stop.Token));
    }

    private async Task Ask()
    {
        var started = Now;
        waiting.TryAdd(started, true);
        try
        {
            using var answer = await http.GetAsync(url, stop.Token);
            samples.Enqueue(new PathSample(started, Now, answer.IsSuccessStatusCode));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            samples.Enqueue(new PathSample(started, Now, false));
        }
        finally
        {
            waiting.TryRemove(started, out _);
        }
    }
}
