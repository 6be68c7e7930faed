using System.Text.Json;
using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety.Gates;

/// <summary>Asks another process, and takes everything that is no answer for a no.</summary>
internal static class Inquiry
{
    public static async Task<GateEvaluated> Ask(
        string kind,
        string subject,
        TimeProvider clock,
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

    public static async Task<string> Complaint(string who, HttpResponseMessage response, CancellationToken stop)
    {
        var text = await response.Content.ReadAsStringAsync(stop);
        return $"{who} answered {(int)response.StatusCode}. {text[..Math.Min(text.Length, 300)]}".TrimEnd();
    }
}
