using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Paging;

/// <summary>What a page says.</summary>
/// <param name="Id">The page.</param>
/// <param name="Incident">The incident; null for a test, and for a notice.</param>
/// <param name="Person">To whom.</param>
/// <param name="Because">Why this person; what is told, for a notice.</param>
/// <param name="Link">Where to take it; null when the console's address is not known.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Notice">It tells, and asks nobody to take anything.</param>
public sealed record PageMessage(
    Guid Id,
    IncidentView? Incident,
    string Person,
    string Because,
    Uri? Link,
    DateTimeOffset At,
    bool Notice = false
)
{
    /// <summary>
    /// Without anybody's words: mail and chat are read by others than whom a page is for, and a private incident is read in the console.
    /// </summary>
    public PageMessage Veiled(string because) =>
        this with
        {
            Incident = Incident! with { Service = "(private)", Title = "open it in the console" },
            Because = because,
        };
}

/// <summary>Pages as channels want them. Pure.</summary>
public static class PageText
{
    // Bodies are signed and sent as they are; nothing in them is put into HTML.
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const int Longest = 150;

    /// <summary>One line: what it is about comes first, for that is what a small screen shows.</summary>
    public static string Subject(PageMessage page) => Of(page).ReplaceLineEndings(" ");

    private static string Of(PageMessage page) =>
        page.Incident is { } incident
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{(incident.Drill ? "DRILL: " : "")}SEV-{(int)incident.Severity + 1} INC-{incident.Number} {incident.Service}: {incident.Title}"
            )
        : page.Notice ? Short(page.Because)
        : "Test page: nothing is wrong";

    private static string Short(string text) => text.Length > Longest ? $"{text[..(Longest - 1)]}…" : text;

    /// <summary>The text of an e-mail.</summary>
    public static string Text(PageMessage page)
    {
        if (page.Notice)
            return page.Link is null ? $"{page.Because}\r\n" : $"{page.Because}\r\n\r\nSee it: {page.Link}\r\n";
        var lines = new List<string> { Subject(page), "" };
        if (page.Incident is { } incident)
            lines.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Since {incident.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC."
                )
            );
        lines.Add($"You ({page.Person}) are paged: {page.Because}.");
        if (page.Link is not null)
            lines.AddRange(["", $"Take it: {page.Link}"]);
        if (page.Incident is { } taken)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"Or:      steady incident ack INC-{taken.Number}"));
        return string.Join("\r\n", lines) + "\r\n";
    }

    /// <summary>The body that a webhook is sent.</summary>
    public static string Body(ChannelKind kind, PageMessage page) =>
        (
            kind switch
            {
                ChannelKind.Webhook => Standard(page),
                ChannelKind.Teams => Card(page),
                _ => new JsonObject { ["text"] = Chat(kind, page) },
            }
        ).ToJsonString(Plain);

    private static JsonObject Standard(PageMessage page) =>
        new()
        {
            ["type"] =
                page.Incident is not null ? "page.requested"
                : page.Notice ? "notice"
                : "page.test",
            ["timestamp"] = page.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            ["data"] = new JsonObject
            {
                ["pageId"] = page.Id.ToString(),
                ["person"] = page.Person,
                ["because"] = page.Because,
                ["subject"] = Subject(page),
                ["link"] = page.Link?.ToString(),
                ["incident"] = page.Incident is { } incident
                    ? new JsonObject
                    {
                        ["id"] = incident.Id.ToString(),
                        ["number"] = incident.Number,
                        ["service"] = incident.Service,
                        ["severity"] = incident.Severity.ToString().ToLowerInvariant(),
                        ["title"] = incident.Title,
                        ["drill"] = incident.Drill,
                        ["startedAt"] = incident
                            .StartedAt.ToUniversalTime()
                            .ToString("O", CultureInfo.InvariantCulture),
                    }
                    : null,
            },
        };

    private static string Chat(ChannelKind kind, PageMessage page)
    {
        // What alerts say is not ours: it must not call everybody in the room, nor look like a link to elsewhere.
        var subject = Quiet(kind, Subject(page));
        var link =
            page.Link is null ? ""
            : kind == ChannelKind.Slack ? $" <{page.Link}|{Does(page)}>"
            : $" [{Does(page)}]({page.Link})";
        if (page.Notice)
            return $"{Quiet(kind, page.Person)}: {Quiet(kind, page.Because)}{link}";
        return $"{subject}\n{Quiet(kind, page.Person)} is paged: {Quiet(kind, page.Because)}.{link}";
    }

    private static string Does(PageMessage page) => page.Notice ? "See it" : "Take it";

    private static string Quiet(ChannelKind kind, string text) =>
        kind == ChannelKind.Slack
            ? text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal)
            : text.Replace("@", "@\u200b", StringComparison.Ordinal)
                .Replace("[", "\\[", StringComparison.Ordinal)
                .Replace("`", "\\`", StringComparison.Ordinal);

    private static JsonObject Card(PageMessage page)
    {
        var body = page.Notice
            ? new JsonArray(Block($"{page.Person}: {page.Because}"))
            : new JsonArray(
                Block(Subject(page), ("weight", "Bolder"), ("size", "Medium")),
                Block($"{page.Person} is paged: {page.Because}.")
            );
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = body,
        };
        if (page.Link is not null)
            card["actions"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "Action.OpenUrl",
                    ["title"] = Does(page),
                    ["url"] = page.Link.ToString(),
                }
            );
        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(
                new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }
            ),
        };
    }

    private static JsonObject Block(string text, params (string Name, string Value)[] more)
    {
        var block = new JsonObject
        {
            ["type"] = "TextBlock",
            ["text"] = Quiet(ChannelKind.Teams, text),
            ["wrap"] = true,
        };
        foreach (var (name, value) in more)
            block[name] = value;
        return block;
    }
}
