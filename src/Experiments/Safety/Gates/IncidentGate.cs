using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety.Gates;

/// <summary>Closed while any incident on an affected service is not over. A drill hurts nobody.</summary>
public sealed class IncidentGate(IHttpClientFactory clients, TimeProvider clock) : IGate
{
    public async Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop) =>
        await Task.WhenAll(question.Affected.Select(service => Ask(service, stop)));

    public Task<GateEvaluated> Ask(string service, CancellationToken stop) =>
        Inquiry.Ask(
            "incidents",
            service,
            clock,
            async () =>
            {
                var path = $"/v1/incidents?status=open&limit=500&service={Uri.EscapeDataString(service)}";
                using var response = await clients.CreateClient("incidents").GetAsync(path, stop);
                if (!response.IsSuccessStatusCode)
                    return (false, await Inquiry.Complaint("Incidents", response, stop));
                var page = await response.Content.ReadFromJsonAsync<Page<IncidentView>>(Json.Options, stop);
                var open = page!.Items.FirstOrDefault(incident => !incident.Drill && !incident.Status.IsOver());
                return open is null
                    ? (true, $"No incident is open on {service}.")
                    : (false, $"INC-{open.Number} is open on {service}: {open.Title}");
            },
            stop
        );
}
