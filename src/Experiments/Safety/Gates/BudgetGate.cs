using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety.Gates;

/// <summary>Budgets decides for each affected service, knowing the share that the design sets aside.</summary>
public sealed class BudgetGate(IHttpClientFactory clients, TimeProvider clock) : IGate
{
    public async Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop) =>
        await Task.WhenAll(question.Affected.Select(service => Ask(service, question, stop)));

    private Task<GateEvaluated> Ask(string service, GateQuestion question, CancellationToken stop) =>
        Inquiry.Ask(
            "budget",
            service,
            clock,
            async () =>
            {
                var path = $"/v1/gates/{Uri.EscapeDataString(service)}/decisions";
                using var request = new HttpRequestMessage(HttpMethod.Post, path);
                request.Headers.Add("Idempotency-Key", $"{question.Run}:{service}");
                request.Content = JsonContent.Create(
                    new AskGate(
                        GateAction.Experiment,
                        question.Run.ToString(),
                        question.Design.Environment,
                        question.Design.Budget?.SpendAtMost
                    ),
                    options: Json.Options
                );
                using var response = await clients.CreateClient("budgets").SendAsync(request, stop);
                if (!response.IsSuccessStatusCode)
                    return (false, await Inquiry.Complaint("Budgets", response, stop));
                var answer = await response.Content.ReadFromJsonAsync<GateAnswer>(Json.Options, stop);
                return (answer!.Data.Ok, string.Join(" ", answer.Data.Reasons));
            },
            stop
        );
}
