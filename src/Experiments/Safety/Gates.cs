using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Experiments.Faults;
using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety;

/// <summary>Asks everybody who may say no to a run. Who cannot be asked has said no.</summary>
public sealed class Gates(IHttpClientFactory clients, FaultAgentClient agent, TimeProvider clock)
{
    public async Task<IReadOnlyList<GateEvaluated>> Ask(Guid run, ExperimentDesign design, CancellationToken stop) =>
        await Task.WhenAll([
            .. design.BlastRadius.Services.Select(service => Incidents(service, stop)),
            .. design.BlastRadius.Services.Select(service => Budget(service, run, design.Environment, stop)),
            Agent(design.BlastRadius.Edge, stop),
        ]);

    /// <summary>Closed while any incident on the service is not resolved.</summary>
    public async Task<GateEvaluated> Incidents(string service, CancellationToken stop) =>
        await Ask(
            "incidents",
            service,
            async () =>
            {
                var path = $"/v1/incidents?status=open&service={Uri.EscapeDataString(service)}";
                using var response = await clients.CreateClient("incidents").GetAsync(path, stop);
                if (!response.IsSuccessStatusCode)
                    return (false, await Complaint("Incidents", response, stop));
                var page = await response.Content.ReadFromJsonAsync<Page<IncidentView>>(Json.Options, stop);
                var open = page!.Items.FirstOrDefault(incident => incident.Status != IncidentStatus.Resolved);
                return open is null
                    ? (true, $"No incident is open on {service}.")
                    : (false, $"INC-{open.Number} is open on {service}: {open.Title}");
            },
            stop
        );

    private Task<GateEvaluated> Budget(string service, Guid run, string environment, CancellationToken stop) =>
        Ask(
            "budget",
            service,
            async () =>
            {
                var path = $"/v1/gates/{Uri.EscapeDataString(service)}/decisions";
                using var request = new HttpRequestMessage(HttpMethod.Post, path);
                request.Headers.Add("Idempotency-Key", $"{run}:{service}");
                request.Content = JsonContent.Create(
                    new AskGate(GateAction.Experiment, run.ToString(), environment),
                    options: Json.Options
                );
                using var response = await clients.CreateClient("budgets").SendAsync(request, stop);
                if (!response.IsSuccessStatusCode)
                    return (false, await Complaint("Budgets", response, stop));
                var answer = await response.Content.ReadFromJsonAsync<GateAnswer>(Json.Options, stop);
                return (answer!.Data.Ok, string.Join(" ", answer.Data.Reasons));
            },
            stop
        );

    private async Task<GateEvaluated> Agent(string edge, CancellationToken stop)
    {
        var answer = await agent.Knows(edge, stop);
        var known = answer.Value is not null;
        return new("agent", edge, known, known ? "The fault agent knows the edge." : answer.Problem, clock.GetUtcNow());
    }

    private async Task<GateEvaluated> Ask(
        string kind,
        string subject,
        Func<Task<(bool Open, string Evidence)>> ask,
        CancellationToken stop
    )
    {
        try
        {
            var (open, evidence) = await ask();
            return new(kind, subject, open, evidence, clock.GetUtcNow());
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or JsonException or OperationCanceledException
                && !stop.IsCancellationRequested
            )
        {
            return new(kind, subject, false, $"It could not be asked: {e.Message}", clock.GetUtcNow());
        }
    }

    private static async Task<string> Complaint(string who, HttpResponseMessage response, CancellationToken stop)
    {
        var text = await response.Content.ReadAsStringAsync(stop);
        return $"{who} answered {(int)response.StatusCode}. {text[..Math.Min(text.Length, 300)]}".TrimEnd();
    }
}
