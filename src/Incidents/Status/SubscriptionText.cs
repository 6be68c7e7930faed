using System.Globalization;
using System.Net;
using System.Text;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Status;

/// <summary>What subscribers read: mails as text, and the small pages behind their links. Pure.</summary>
public static class SubscriptionText
{
    public const string Asked =
        "If that is an address that gets mails, one with a link is on its way. Open it within 24 hours; until then nothing is sent.";

    public const string Confirmed = "You get a mail whenever the status page tells something new.";

    public const string Wanted =
        "Do you want a mail whenever the status page tells something new? If you did not ask for that, close this page: nothing is sent.";

    public const string Ended = "You get no more mails, and your address is forgotten.";

    public const string Dead =
        "It was used, is older than 24 hours, came cut off, or another one was sent after it. Ask again on the status page.";

    public static (string Subject, string Text) Question(
        StatusWish wish,
        IReadOnlyDictionary<string, string> titles,
        Uri page,
        Uri link
    )
    {
        var about =
            wish.Components.Count == 0
                ? "everything on it"
                : string.Join(", ", wish.Components.Select(name => titles.GetValueOrDefault(name, name)));
        return (
            "Do you want mails from our status page?",
            Lines(
                $"Somebody, we hope you, asked for mails from {page} about {about}.",
                "",
                $"Yes, send them: {link}",
                "",
                "If it was not you, do nothing: no mails are sent, and this address is forgotten within a day."
            )
        );
    }

    public static (string Subject, string Text) News(
        StatusMail mail,
        PublicStory story,
        string title,
        Uri page,
        Uri end
    )
    {
        var lines = new List<string> { $"{title}: {StatusText.Says(mail.Impact)} ({StatusText.Word(mail.Step)})", "" };
        foreach (var note in story.Notes.Take(mail.Until).Skip(mail.From))
            lines.AddRange([$"{StatusText.Moment(note.At)}, {StatusText.Word(note.Step)}", note.Text, ""]);
        lines.AddRange([$"The status page: {page}", $"No more of these mails: {end}"]);
        return (
            $"[Status] {title}: {StatusText.Says(mail.Impact)} ({StatusText.Word(mail.Step)})".ReplaceLineEndings(" "),
            Lines([.. lines])
        );
    }

    /// <summary>The form on the status page.</summary>
    public static string Form(IReadOnlyList<StatusComponent> components)
    {
        var text = new StringBuilder(
            """
            <h2 id="mails">Mails</h2><form method="post" action="/status/subscriptions">
            <p><label for="email">Your e-mail address</label> <input id="email" name="email" type="email" maxlength="254" autocomplete="email" required></p>

            """
        );
        if (components.Count > 1)
        {
            text.AppendLine("<fieldset><legend>About these only; about everything when you choose none</legend>");
            foreach (var one in components)
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"<label><input type=\"checkbox\" name=\"components\" value=\"{Encoded(one.Name)}\"> {Encoded(one.Title)}</label>"
                );
            text.AppendLine("</fieldset>");
        }

        return text.AppendLine("<p><button>Send me mails</button></p></form>").ToString();
    }

    /// <summary>A page with one sentence.</summary>
    public static string Page(string title, string says) =>
        $"{StatusText.Head(title)}<h1>{Encoded(title)}</h1><p role=\"status\">{Encoded(says)}</p><p><a href=\"/status\">The status page</a></p></main></body></html>\n";

    /// <summary>
    /// A page with one button. To look at a link changes nothing: programs that look for harm open every link of a mail.
    /// </summary>
    public static string Page(string title, string says, string path, string token, string button) =>
        $"{StatusText.Head(title)}<h1>{Encoded(title)}</h1><p>{Encoded(says)}</p><form method=\"post\" action=\"/status/subscriptions/{path}?token={Encoded(token)}\"><button>{Encoded(button)}</button></form></main></body></html>\n";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Lines(params string[] lines) =>
        string.Join("\r\n", lines).ReplaceLineEndings("\r\n") + "\r\n";
}
