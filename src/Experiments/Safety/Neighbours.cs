using System.Net.Http.Headers;
using Steady.Experiments.Faults;

namespace Steady.Experiments.Safety;

/// <summary>The processes that are asked before and during a run: found by name, asked with this service's own token.</summary>
public static class Neighbours
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Taking a fault out must not wait long for an agent that is gone: there is another attempt, and the lease.
    private static readonly TimeSpan AgentPatience = TimeSpan.FromSeconds(1.5);

    public static void AddNeighbours(this IHostApplicationBuilder builder)
    {
        var token = builder.Configuration["Auth:ServiceToken"];
        Add("budgets", Patience);
        Add("incidents", Patience);
        Add(FaultAgentClient.Name, AgentPatience);

        void Add(string name, TimeSpan patience) =>
            builder.Services.AddHttpClient(
                name,
                http =>
                {
                    http.BaseAddress = new Uri($"http://{name}");
                    http.Timeout = patience;
                    if (!string.IsNullOrEmpty(token))
                        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                }
            );
    }
}
