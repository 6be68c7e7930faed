using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Gates;

/// <summary>What GitHub asks with a webhook <c>deployment_protection_rule</c>: may this deployment go on? Pure.</summary>
/// <param name="Action">Only <c>requested</c> asks for anything.</param>
/// <param name="Repository">Full name, for example <c>shop/checkout</c>.</param>
/// <param name="Environment">The environment that the job waits for.</param>
/// <param name="Ref">The commit.</param>
/// <param name="Callback">Where the answer goes.</param>
/// <param name="Installation">The installation of the GitHub app; null when the webhook names none.</param>
public sealed record GitHubDelivery(
    string Action,
    string Repository,
    string Environment,
    string Ref,
    Uri Callback,
    long? Installation
)
{
    private const string Scheme = "sha256=";
    private const int LongestComment = 1_000;

    /// <summary>Whether the header <c>X-Hub-Signature-256</c> is the HMAC of the body; takes the same time for every wrong one.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> body, string? header, string? secret)
    {
        if (string.IsNullOrEmpty(secret) || header?.StartsWith(Scheme, StringComparison.Ordinal) != true)
            return false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var hex = header.AsSpan(Scheme.Length);
        return hex.Length == 2 * given.Length
            && Convert.FromHexString(hex, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }

    /// <summary>Reads the payload; null when it is none of this kind.</summary>
    public static GitHubDelivery? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var sha = Text(root, "deployment", "sha");
            return
                Text(root, "action") is { } action
                && Text(root, "environment") is { Length: > 0 and <= 60 } environment
                && Text(root, "repository", "full_name") is { } repository
                && sha is { Length: > 0 and <= 200 }
                && Uri.TryCreate(Text(root, "deployment_callback_url"), UriKind.Absolute, out var callback)
                ? new(action, repository, environment, sha, callback, Number(root, "installation", "id"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the answer would go to this repository's run at the configured API and nowhere else: a signed payload must
    /// not make this service call an address of somebody's choice.
    /// </summary>
    public bool CallsBackTo(Uri api)
    {
        var runs = $"{api.AbsolutePath.TrimEnd('/')}/repos/{Repository}/actions/runs/";
        const string rule = "/deployment_protection_rule";
        var path = Callback.AbsolutePath;
        return Callback.Scheme == api.Scheme
            && Callback.Authority.Equals(api.Authority, StringComparison.OrdinalIgnoreCase)
            && Callback.UserInfo.Length == 0
            && Callback.Query.Length == 0
            && Callback.Fragment.Length == 0
            && path.StartsWith(runs, StringComparison.Ordinal)
            && path.EndsWith(rule, StringComparison.Ordinal)
            && path.Length > runs.Length + rule.Length
            && path[runs.Length..^rule.Length].All(char.IsAsciiDigit);
    }

    /// <summary>The question to the gate.</summary>
    public AskGate Ask() => new(GateAction.Deploy, Ref, Environment);

    /// <summary>What GitHub calls the decision.</summary>
    public static string StateOf(GateDecision decision) => decision.Ok ? "approved" : "rejected";

    /// <summary>What people read beside it.</summary>
    public static string CommentOf(GateDecision decision)
    {
        var comment = string.Create(
            CultureInfo.InvariantCulture,
            $"{decision.Decision} by {decision.Policy}: {string.Join(" ", decision.Reasons)} (decision {decision.DecisionId})"
        );
        return comment.Length <= LongestComment ? comment : comment[..(LongestComment - 1)] + "…";
    }

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path) =>
        Find(element, path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    private static long? Number(JsonElement element, params ReadOnlySpan<string> path) =>
        Find(element, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number)
            ? number
            : null;

    private static JsonElement? Find(JsonElement element, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }
}
