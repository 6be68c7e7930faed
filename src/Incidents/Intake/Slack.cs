using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Intake;

/// <summary>What somebody typed behind the slash command.</summary>
public abstract record SlackCommand
{
    private SlackCommand() { }

    public sealed record Declare(DeclareIncident Wish) : SlackCommand;

    public sealed record List : SlackCommand;

    public sealed record Note(string Incident, string Text) : SlackCommand;

    /// <summary>What cannot be done as it was typed, and what can.</summary>
    public sealed record Help(string Text) : SlackCommand;
}

/// <summary>Slack's slash command: its signature, and what is typed behind it. Pure.</summary>
public static class Slack
{
    private const int MostTitle = 200;
    private const int MostService = 100;
    private const int MostNote = 10_000;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public const string Usage =
        "`/steady declare checkout sev2 Nobody can pay`, `/steady list`, `/steady note INC-7 Rolled back`";

    /// <summary>
    /// Whether Slack has signed this body with one of the secrets, at most five minutes ago. Compared without telling by its time
    /// how much of it is right.
    /// </summary>
    public static bool IsSigned(
        IEnumerable<string> secrets,
        string? timestamp,
        string? signature,
        ReadOnlySpan<byte> body,
        DateTimeOffset now
    )
    {
        if (
            !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds
        )
            return false;
        var signed = Encoding.UTF8.GetBytes($"v0:{timestamp}:");
        var text = new byte[signed.Length + body.Length];
        signed.CopyTo(text, 0);
        body.CopyTo(text.AsSpan(signed.Length));
        var given = Encoding.UTF8.GetBytes(signature ?? "");
        var right = false;
        foreach (var secret in secrets)
        {
            var own = $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), text))}";
            right |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(own), given);
        }

        return right;
    }

    /// <summary>Who typed it, as Slack says: the body is signed.</summary>
    public static string Actor(IReadOnlyDictionary<string, StringValues> form) =>
        Field(form, "user_name") is { Length: > 0 and <= 80 } name ? $"slack:{name}"
        : Field(form, "user_id") is { Length: > 0 and <= 80 } id ? $"slack:{id}"
        : "slack";

    public static string Field(IReadOnlyDictionary<string, StringValues> form, string name) =>
        form.TryGetValue(name, out var value)
            ? value.ToString().Replace("\0", "", StringComparison.Ordinal).Trim()
            : "";

    /// <summary>What is wanted.</summary>
    public static SlackCommand Read(string text)
    {
        var words = text.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var rest = words.Length > 1 ? words[1] : "";
        return words.FirstOrDefault()?.ToLowerInvariant() switch
        {
            "declare" => Declared(rest),
            "list" => new SlackCommand.List(),
            "note" => Noted(rest),
            null or "help" => new SlackCommand.Help($"You can type {Usage}."),
            var other => new SlackCommand.Help($"There is no '{Plain(other)}'. You can type {Usage}."),
        };
    }

    /// <summary>A text of ours within Slack's markup: what people or senders wrote mentions nobody and links nowhere.</summary>
    public static string Plain(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static SlackCommand Declared(string rest)
    {
        var words = rest.Split(' ', 3, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || words[0].Length > MostService)
            return new SlackCommand.Help(
                "Say which service, how bad, and what people see: `/steady declare checkout sev2 Nobody can pay`."
            );
        if (!Enum.TryParse<Severity>(words[1], ignoreCase: true, out var severity) || !char.IsLetter(words[1][0]))
            return new SlackCommand.Help(
                $"'{Plain(words[1])}' is no severity. Give sev1, sev2, sev3 or sev4: `/steady declare checkout sev2 Nobody can pay`."
            );
        return words[2].Length > MostTitle
            ? new SlackCommand.Help($"What people see has at most {MostTitle} characters.")
            : new SlackCommand.Declare(new DeclareIncident(words[0], severity, words[2]));
    }

    private static SlackCommand Noted(string rest)
    {
        var words = rest.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 || words[1].Length > MostNote
            ? new SlackCommand.Help("Say of which incident, and what: `/steady note INC-7 Rolled back`.")
            : new SlackCommand.Note(words[0], words[1]);
    }
}
