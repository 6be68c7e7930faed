using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Status;

/// <summary>The status page as HTML and as an Atom feed: whatever people wrote is text. Pure.</summary>
public static class StatusText
{
    public const string Style =
        ":root{color-scheme:light dark;--bg:#fff;--ink:#161a23;--soft:#4c566a;--line:#d9dde6;--ok:#14733d;--warn:#8a5300;--bad:#b3261e}"
        + "@media(prefers-color-scheme:dark){:root{--bg:#0c0f15;--ink:#e7ebf3;--soft:#aab4c6;--line:#2b3242;--ok:#5fd08d;--warn:#f0b353;--bad:#ff8a80}}"
        + "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--bg)}"
        + "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2.2rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}"
        + "ul,ol{list-style:none;padding:0;margin:0}.rows>li{display:flex;justify-content:space-between;gap:1rem;padding:.55rem 0;border-bottom:1px solid var(--line)}"
        + ".none{color:var(--ok)}.minor,.partial{color:var(--warn)}.major{color:var(--bad)}.overall{border:1px solid;border-left-width:6px;border-radius:8px;padding:.8rem 1rem;font-weight:600}"
        + ".old{border:1px solid var(--warn);border-radius:8px;padding:.6rem 1rem}small,time{color:var(--soft);font-size:.85rem}.note{padding:.4rem 0 .4rem 1rem;border-left:3px solid var(--line);overflow-wrap:anywhere}a{color:inherit}"
        + ".note p{margin:.35rem 0}.note ul,.note ol{padding-left:1.4rem;list-style:disc}.note ol{list-style:decimal}.note pre{overflow-x:auto}"
        + "fieldset{border:1px solid var(--line);border-radius:8px;margin:.6rem 0}fieldset label{display:block;padding:.15rem 0}input[type=email],button{font:inherit;padding:.35rem .6rem;border:1px solid var(--soft);border-radius:6px;color:inherit;background:transparent}"
        + "button{font-weight:600;cursor:pointer;color:var(--bg);background:var(--ink);border-color:var(--ink)}";

    /// <param name="status">What customers are told.</param>
    /// <param name="takesAddresses">Whether mails can be asked for.</param>
    public static string Html(StatusSummary status, bool takesAddresses = false)
    {
        var text = new StringBuilder($"{Head("Status")}<h1>Status</h1>\n");
        if (status.IsLastKnown)
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"<p class=\"old\" role=\"status\">This is what was known at {Moment(status.AsOf)}; newer cannot be asked for at the moment.</p>"
            );
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"<p class=\"overall {Word(status.Overall)}\">{Overall(status)}</p>"
        );
        text.AppendLine("<h2>Components</h2><ul class=\"rows\">");
        foreach (var one in status.Components)
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"<li><span>{Encoded(one.Title)}</span><b class=\"{Word(one.Impact)}\">{Says(one.Impact)}</b></li>"
            );
        text.AppendLine("</ul>");
        Stories(text, "Now", status.Open);
        Stories(text, $"The last {Summarizing.Days} days", status.Past);
        if (takesAddresses)
            text.Append(SubscriptionText.Form(status.Components));
        return text.AppendLine(
                CultureInfo.InvariantCulture,
                $"<p><small>As of {Moment(status.AsOf)}. <a href=\"/status/feed.atom\">Feed</a>, <a href=\"/status/summary.json\">JSON</a></small></p></main></body></html>"
            )
            .ToString();
    }

    /// <summary>How each page begins.</summary>
    public static string Head(string title) =>
        $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>{Encoded(title)}</title><link rel="stylesheet" href="/status/style.css">
            <link rel="alternate" type="application/atom+xml" href="/status/feed.atom"></head><body><main>
            """;

    public static string Atom(StatusSummary status)
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var notes = status
            .Open.Concat(status.Past)
            .SelectMany(story => story.Notes.Select(note => (story, note)))
            .OrderByDescending(one => one.note.At);
        var feed = new XElement(
            atom + "feed",
            new XElement(atom + "title", "Status"),
            new XElement(atom + "id", "urn:steady:status"),
            new XElement(atom + "updated", Iso(notes.Select(one => one.note.At).FirstOrDefault(status.AsOf))),
            new XElement(atom + "author", new XElement(atom + "name", "Steady")),
            notes.Select(one => new XElement(
                atom + "entry",
                new XElement(
                    atom + "title",
                    Clean($"{one.story.Component}: {one.note.Step.ToString().ToLowerInvariant()}")
                ),
                // The same note has the same id in every answer.
                new XElement(atom + "id", $"urn:uuid:{one.story.Id}:{one.note.At.UtcTicks}"),
                new XElement(atom + "updated", Iso(one.note.At)),
                new XElement(atom + "content", new XAttribute("type", "html"), Clean(SafeMarkdown.Html(one.note.Text)))
            ))
        );
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{feed}\n";
    }

    private static void Stories(StringBuilder text, string title, IReadOnlyList<StatusStory> stories)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"<h2>{title}</h2>");
        if (stories.Count == 0)
            text.AppendLine("<p><small>Nothing to tell.</small></p>");
        foreach (var story in stories)
        {
            var end = story.EndedAt is { } over ? $" to {Moment(over)}" : "";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"<h3 class=\"{Word(story.Worst)}\">{Encoded(story.Component)}: {Says(story.Worst)}</h3><small>{Moment(story.StartedAt)}{end}</small><ol>"
            );
            foreach (var note in story.Notes)
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"<li class=\"note\"><time datetime=\"{Iso(note.At)}\">{Moment(note.At)}</time> <b>{note.Step}</b> {SafeMarkdown.Html(note.Text, below: 3)}</li>"
                );
            text.AppendLine("</ol>");
        }
    }

    private static string Overall(StatusSummary status) =>
        status switch
        {
            { Components.Count: 0 } => "Nothing is shown here yet",
            { Overall: StatusImpact.None } => "Everything works",
            _ => Says(status.Overall),
        };

    public static string Says(StatusImpact impact) =>
        impact switch
        {
            StatusImpact.None => "Works",
            StatusImpact.Minor => "Slightly disturbed",
            StatusImpact.Partial => "Partly out of order",
            _ => "Out of order",
        };

    public static string Word(StatusStep step) => $"{step}".ToLowerInvariant();

    private static string Word(StatusImpact impact) => $"{impact}".ToLowerInvariant();

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    // XML has no place for most control characters.
    private static string Clean(string text) =>
        string.Concat(text.Where(letter => letter is '\n' or '\t' || !char.IsControl(letter)));

    private static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
