using System.Net.Http.Headers;
using Steady.Experiments.Faults;

namespace Steady.Experiments.Safety;

/// <summary>The processes that are asked before and during a run: found by name, asked with this service's own token.</summary>
public static class Neighbours
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Taking a fault out must not wait long for an agent that is gone: there is another attempt, and the lease.
    private static readonly TimeSpan AgentPatience = TimeSpan.FromSeconds(1.5);

    // A guard or a session in a database takes its time to be ready; until it is, nothing is broken.
    private static readonly TimeSpan ArmingPatience = TimeSpan.FromSeconds(8);

    public static void AddNeighbours(this IHostApplicationBuilder builder)
    {
        var token = builder.Configuration["Auth:ServiceToken"];
        Add("budgets", Patience);
        Add("incidents", Patience);
        Add(FaultAgentClient.Name, AgentPatience);
        Add(FaultAgentClient.Name, ArmingPatience, FaultAgentClient.Arming);

        void Add(string host, TimeSpan patience, string? name = null) =>
            builder.Services.AddHttpClient(
                name ?? host,
                http =>
                {
                    http.BaseAddress = new Uri($"http://{host}");
                    http.Timeout = patience;
                    if (!string.IsNullOrEmpty(token))
                        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                }
            );
    }
}
