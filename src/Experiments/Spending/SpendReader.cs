using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Experiments.Spending;

/// <summary>Every budget of some services, or why they could not be asked for.</summary>
public sealed record BudgetsFound(IReadOnlyList<BudgetStatus> Budgets, string? Problem);

/// <summary>Asks Budgets. Null is no answer.</summary>
public sealed class SpendReader(IHttpClientFactory clients)
{
    /// <summary>The budgets of these services that are still judged.</summary>
    public async Task<BudgetsFound> Of(IEnumerable<string> services, CancellationToken stop)
    {
        var answers = await Task.WhenAll(
            services.Select(service =>
                Get<Page<BudgetStatus>>($"/v1/services/{Uri.EscapeDataString(service)}/budgets?limit=500", stop)
            )
        );
        return answers.FirstOrDefault(answer => answer.Value is null).Problem is { } problem
            ? new([], problem)
            : new([.. answers.SelectMany(answer => answer.Value!.Items).Where(budget => !budget.Retired)], null);
    }

    public async Task<BudgetStatus?> Status(string objective, CancellationToken stop) =>
        (await Get<BudgetStatus>($"/v1/budgets/{Uri.EscapeDataString(objective)}", stop)).Value;

    /// <summary>Who spent it in a stretch of time.</summary>
    public async Task<SpendReport?> Spend(
        string objective,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken stop
    ) =>
        (
            await Get<SpendReport>(
                $"/v1/budgets/{Uri.EscapeDataString(objective)}/spend?by=cause&from={from.UtcDateTime:O}&to={to.UtcDateTime:O}",
                stop
            )
        ).Value;

    private async Task<(T? Value, string? Problem)> Get<T>(string path, CancellationToken stop)
        where T : class
    {
        try
        {
            using var answer = await clients.CreateClient("budgets").GetAsync(path, stop);
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync<T>(Json.Options, stop), null)
                : (null, $"Budgets answered {(int)answer.StatusCode}.");
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or JsonException or OperationCanceledException
                && !stop.IsCancellationRequested
            )
        {
            return (null, $"Budgets could not be asked: {e.Message}");
        }
    }
}
