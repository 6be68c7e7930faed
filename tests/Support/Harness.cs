using System.Diagnostics;
using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Steady.Tests.Support;

/// <summary>
/// A service running inside the test process, started through its own Program on a free port with real servers: what the
/// tests meet is what is shipped.
/// </summary>
public sealed class Harness : IAsyncDisposable
{
    private readonly Task run;

    private Harness(IHost host, Task run)
    {
        Host = host;
        this.run = run;
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.First());
        Admin = Client("admin");
    }

    public IHost Host { get; }

    public Uri Address { get; }

    /// <summary>A client that may do everything, as the actor <c>ana</c>.</summary>
    public HttpClient Admin { get; }

    public IServiceProvider Services => Host.Services;

    /// <summary>Starts the service and waits until it listens.</summary>
    /// <param name="service">The service's assembly.</param>
    /// <param name="settings">Its configuration; the tests' public key is given anyway.</param>
    /// <param name="configure">Replaces registrations, for example the clock.</param>
    public static async Task<Harness> Start(
        Assembly service,
        IReadOnlyDictionary<string, string> settings,
        Action<IServiceCollection>? configure = null
    )
    {
        var args = settings
            .Append(new("urls", "http://127.0.0.1:0"))
            .Append(new("applicationName", service.GetName().Name!))
            .Append(new("Auth:PublicKey", TestTokens.PublicKey))
            .Select(setting => $"--{setting.Key}={setting.Value}")
            .ToArray();
        using var watch = new HostWatch(configure);
        var run = Task.Run(async () =>
        {
            watch.Claim();
            if (service.EntryPoint!.Invoke(null, [args]) is Task task)
                await task;
        });
        var host = await watch.Built(run);
        var started = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
        await await Task.WhenAny(started.Task, run);
        return new Harness(host, run);
    }

    /// <summary>A client whose token carries these scopes, separated by blanks; none at all when empty.</summary>
    public HttpClient Client(string scope, string actor = "ana", string? integration = null)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (scope is not "")
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                TestTokens.With(scope, actor, integration)
            );
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        Host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await run;
    }

    // Hosts tell a diagnostic listener that they are being built; the claim tells apart hosts that start at once.
    private sealed class HostWatch
        : IObserver<DiagnosticListener>,
            IObserver<KeyValuePair<string, object?>>,
            IDisposable
    {
        private static readonly AsyncLocal<HostWatch?> Current = new();
        private readonly TaskCompletionSource<IHost> host = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<IDisposable> subscriptions = [];
        private readonly Action<IServiceCollection>? configure;

        public HostWatch(Action<IServiceCollection>? configure)
        {
            this.configure = configure;
            subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public void Claim() => Current.Value = this;

        public async Task<IHost> Built(Task run)
        {
            await Task.WhenAny(host.Task, run);
            if (!host.Task.IsCompleted)
                await run;
            return await host.Task;
        }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
                subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Current.Value != this)
                return;
            if (value is { Key: "HostBuilding", Value: IHostBuilder builder } && configure is not null)
                builder.ConfigureServices((_, services) => configure(services));
            if (value is { Key: "HostBuilt", Value: IHost built })
                host.TrySetResult(built);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose() => subscriptions.ForEach(subscription => subscription.Dispose());
    }
}
