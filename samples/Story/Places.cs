using System.Net.Http.Headers;
using Steady.Client;

namespace Steady.Story;

/// <summary>Where everything is; the launcher says so by environment variables.</summary>
public sealed class Places : IDisposable
{
    public Places(Uri console, string token, Uri faultAgent, Uri checkout, Uri? dashboard, string? leaseKey = null)
    {
        Checkout = checkout;
        LeaseKey = leaseKey;
        Door = new FrontDoor(console, token);
        Console = Open(console, token);
        FaultAgent = Open(faultAgent, token);
        Dashboard = dashboard is null ? null : Open(dashboard, token: null);
    }

    public FrontDoor Door { get; }

    public HttpClient Console { get; }

    public HttpClient FaultAgent { get; }

    /// <summary>The shop's checkout, for the probe of the game day.</summary>
    public Uri Checkout { get; }

    /// <summary>The key that the fault agent trusts; null where the agent is in open mode.</summary>
    public string? LeaseKey { get; }

    /// <summary>The Aspire dashboard; null on a machine that could not install it.</summary>
    public HttpClient? Dashboard { get; }

    /// <summary>A document of the samples folder.</summary>
    public static Task<string> Sample(string folder, string name, CancellationToken stop)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Platform.sln")))
            root = root.Parent;
        return File.ReadAllTextAsync(Path.Combine(root?.FullName ?? "", "samples", folder, name), stop);
    }

    public static Places FromEnvironment() =>
        new(
            new Uri(Variable("STEADY_URL") ?? "http://127.0.0.1:8080"),
            Variable("STEADY_TOKEN")
                ?? throw new InvalidOperationException("STEADY_TOKEN is missing: an administrator's token."),
            new Uri(Variable("STEADY_FAULT_AGENT") ?? "http://127.0.0.1:8474"),
            new Uri(Variable("STEADY_CHECKOUT") ?? "http://127.0.0.1:8090"),
            Variable("STEADY_DASHBOARD") is { } dashboard ? new Uri(dashboard) : null,
            Variable("STEADY_LEASE_KEY")
        );

    public void Dispose()
    {
        Door.Dispose();
        Console.Dispose();
        FaultAgent.Dispose();
        Dashboard?.Dispose();
    }

    private static HttpClient Open(Uri address, string? token)
    {
        var http = new HttpClient { BaseAddress = address };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
