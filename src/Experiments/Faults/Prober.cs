using System.Text;
using Steady.Contracts.Experiments;
using Steady.Experiments.Runs;

namespace Steady.Experiments.Faults;

/// <summary>
/// Sends the probe's request at its pace. Up to four are out at a time, so that slow answers do not starve the sampling;
/// more would make the probe itself a load.
/// </summary>
public sealed class Prober : IAsyncDisposable
{
    private const int Outstanding = 4;
    private readonly SteadyState wanted;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim slots = new(Outstanding);

    // No redirects, because their status is what was asked for; no tracing, because a probe is no part of any request.
    private readonly HttpClient http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly Task work;

    public Prober(SteadyState wanted, TimeProvider clock)
    {
        this.wanted = wanted;
        this.clock = clock;
        Samples = new Samples(clock);
        work = Task.Run(Work);
    }

    public Samples Samples { get; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Dispose();
    }

    /// <summary>Asks until some answers are in, or patience ends; for whoever wants to know how it stands right now.</summary>
    public static async Task<Tally> Look(
        SteadyState wanted,
        int enough,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        await using var prober = new Prober(wanted, clock);
        while (true)
        {
            var seen = Tallies.Of(prober.Samples.During(patience));
            if (seen.Total >= enough || prober.Samples.Now >= patience)
                return seen;
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, stop);
        }
    }

    private async Task Work()
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(wanted.Probe.EveryMs), clock);
        do
        {
            if (await slots.WaitAsync(TimeSpan.Zero))
                _ = Ask();
        } while (await pace.WaitForNextTickAsync(stop.Token));
    }

    private async Task Ask()
    {
        var started = Samples.Begin();
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(wanted.Probe.TimeoutMs), clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop.Token);
            using var request = new HttpRequestMessage(new HttpMethod(wanted.Probe.Method), wanted.Probe.Url);
            if (wanted.Probe.Body is { } body)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await http.SendAsync(request, both.Token);
            var expected = (int)response.StatusCode == wanted.Tolerance.Status;
            var inTime = Samples.Now - started <= TimeSpan.FromMilliseconds(wanted.Tolerance.WithinMs);
            Samples.End(started, good: expected && inTime, failed: !expected);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            Samples.Abandon(started);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            Samples.End(started, good: false, failed: true);
        }
        finally
        {
            slots.Release();
        }
    }
}
