using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Steady.Shop;

/// <summary>
/// Sends customers: real requests to checkout's own address at a steady rate. The rate does not drop when answers are slow,
/// but there is an end to how many wait.
/// </summary>
internal sealed class LoadWorker(
    IHttpClientFactory clients,
    IServer server,
    IHostApplicationLifetime lifetime,
    ShopSettings settings,
    TimeProvider clock,
    ILogger<LoadWorker> log
) : BackgroundService
{
    public const string Client = "load";

    private static readonly ActivitySource Traces = new("Steady.Shop");
    private int inFlight;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Load || settings.RequestsPerSecond <= 0)
            return;
        await Started(stoppingToken);
        var checkout = new Uri(Address(), "/checkout");
        log.LogInformation("{Rate} customers per second go to {Checkout}", settings.RequestsPerSecond, checkout);
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / settings.RequestsPerSecond), clock);
        for (var customer = 1L; await beat.WaitForNextTickAsync(stoppingToken); customer++)
        {
            if (Volatile.Read(ref inFlight) >= settings.MostInFlight)
                continue;
            Interlocked.Increment(ref inFlight);
            _ = Buy(checkout, customer, stoppingToken);
        }
    }

    private async Task Buy(Uri checkout, long customer, CancellationToken stop)
    {
        using var span = Begin(customer);
        try
        {
            using var http = clients.CreateClient(Client);
            var order = new Order(Guid.CreateVersion7(clock.GetUtcNow()), AmountCents: 100 + (customer * 37 % 9900));
            using var response = await http.PostAsJsonAsync(checkout, order, stop);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException)
        {
            if (!stop.IsCancellationRequested)
                log.LogWarning("A customer got no answer from checkout: {Reason}", e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    // A parent that is not recorded keeps everything below it unrecorded too, in this process and in the next.
    private Activity? Begin(long customer) =>
        customer % Math.Max(1, settings.TraceOneIn) == 0
            ? Traces.StartActivity("customer")
            : new Activity("customer").Start();

    private Uri Address()
    {
        var bound = BindingAddress.Parse(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var host = bound.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : bound.Host;
        return new Uri($"{bound.Scheme}://{host}:{bound.Port}");
    }

    private async Task Started(CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var begun = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }
}
