using System.Net;
using System.Text.Json;
using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>A service said no, or could not be reached: its stable code, its sentence, and the trace to quote.</summary>
public sealed class ProblemException : Exception
{
    public ProblemException(int status, string code, string detail, string? traceId, IReadOnlyList<Finding> findings)
        : base(detail) => (Status, Code, Detail, TraceId, Findings) = (status, code, detail, traceId, findings);

    /// <summary>HTTP status; 0 when nobody answered.</summary>
    public int Status { get; }

    public string Code { get; }

    public string Detail { get; }

    public string? TraceId { get; }

    /// <summary>What is wrong where, when a document or a body was refused.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The query that was not understood; null for anything else.</summary>
    public string? Query { get; init; }

    /// <summary>What is wrong with it, and where.</summary>
    public IReadOnlyList<QueryMistake> Mistakes { get; init; } = [];

    internal static async Task<ProblemException> Read(HttpResponseMessage response, CancellationToken stop)
    {
        var text = await response.Content.ReadAsStringAsync(stop);
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read((int)response.StatusCode, document.RootElement);
        }
        catch (JsonException)
        {
            return new ProblemException(
                (int)response.StatusCode,
                "no-problem-document",
                $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode} without saying why. Is this the address of a Steady?",
                null,
                []
            );
        }
    }

    internal static ProblemException Unreachable(Uri? address, Exception cause) =>
        new(
            0,
            "unreachable",
            $"{address} does not answer: {cause.Message}. Start the platform, or give its address.",
            null,
            []
        );

    private static ProblemException Read(int status, JsonElement problem)
    {
        string? Text(string name) =>
            problem.ValueKind == JsonValueKind.Object
            && problem.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        var detail = Text("detail") ?? Text("title") ?? $"The answer was {(HttpStatusCode)status}.";
        return new ProblemException(
            status,
            Text("code") ?? "failed",
            detail,
            Text("traceId"),
            [.. ReadFindings(problem)]
        )
        {
            Query = Text("query"),
            Mistakes = ReadMistakes(problem),
        };
    }

    private static IReadOnlyList<QueryMistake> ReadMistakes(JsonElement problem) =>
        problem.ValueKind == JsonValueKind.Object
        && problem.TryGetProperty("errors", out var errors)
        && errors.ValueKind == JsonValueKind.Array
            ? errors.Deserialize<QueryMistake[]>(Contracts.Json.Options) ?? []
            : [];

    // Imports list 'findings' with their place in the document; validation lists 'errors' by field.
    private static IEnumerable<Finding> ReadFindings(JsonElement problem)
    {
        if (problem.ValueKind != JsonValueKind.Object)
            yield break;
        if (problem.TryGetProperty("findings", out var findings) && findings.ValueKind == JsonValueKind.Array)
        {
            foreach (var finding in findings.Deserialize<Finding[]>(Contracts.Json.Options) ?? [])
                yield return finding;
        }

        if (problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in errors.EnumerateObject())
            foreach (var sentence in field.Value.EnumerateArray())
                yield return new Finding(field.Name, sentence.GetString() ?? "");
        }
    }
}

/// <summary>One thing wrong with a document, and where.</summary>
/// <param name="Path">Its place, for example <c>spec.objectives[0].target</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Accepted">What would be accepted.</param>
/// <param name="Line">The document's line, where it is known.</param>
public sealed record Finding(string Path, string Message, string? Accepted = null, int? Line = null);
