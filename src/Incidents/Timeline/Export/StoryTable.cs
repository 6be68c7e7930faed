using System.Globalization;
using System.Text;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Export;

/// <summary>A story as a table in a page, by day. Pure.</summary>
public static class StoryTable
{
    /// <param name="entries">What stands, in order.</param>
    /// <param name="before">What an entry said before it was corrected, oldest first.</param>
    /// <param name="clashes">The contradictions in which an entry is, by number from 1.</param>
    public static void Append(
        StringBuilder text,
        IReadOnlyList<TimelineEntry> entries,
        ILookup<Guid, TimelineEntry> before,
        ILookup<Guid, int> clashes
    )
    {
        text.Append("<table class=\"panel\"><thead><tr><th scope=\"col\">UTC</th><th scope=\"col\">Known</th>");
        text.Append("<th scope=\"col\">What</th><th scope=\"col\">By</th></tr></thead>\n");
        foreach (var day in entries.GroupBy(one => Spoken.Day(one.OccurredAt)))
        {
            text.Append("<tbody><tr class=\"day\"><th scope=\"rowgroup\" colspan=\"4\">");
            text.Append(HtmlDocument.Escaped(day.Key)).Append("</th></tr>\n");
            foreach (var entry in day)
                Row(text, entry, before[entry.Id], clashes[entry.Id]);
            text.Append("</tbody>\n");
        }

        text.Append("</table>\n");
    }

    private static void Row(
        StringBuilder text,
        TimelineEntry entry,
        IEnumerable<TimelineEntry> before,
        IEnumerable<int> clashes
    )
    {
        var isBack = entry.KnownUntil is not null;
        text.Append("<tr><td class=\"when\">").Append(Spoken.When(entry)).Append("</td><td class=\"late");
        text.Append(Spoken.IsSlow(entry) ? " slow\" title=\"Known " : "\" title=\"Known ");
        text.Append(Spoken.Moment(entry.RecordedAt)).Append(" UTC\">").Append(Spoken.Late(entry) ?? "");
        text.Append("</td><td class=\"what\"><span").Append(isBack ? " class=\"gone\">" : ">");
        text.Append(HtmlDocument.Escaped(entry.Text)).Append("</span>");
        if (isBack)
            text.Append(" <span class=\"was\">taken back at ")
                .Append(Spoken.Moment(entry.KnownUntil!.Value))
                .Append("</span>");
        foreach (var number in clashes)
            text.Append(
                CultureInfo.InvariantCulture,
                $" <a class=\"ref\" href=\"#clash-{number}\">contradicted, {number}</a>"
            );
        foreach (var one in before)
            text.Append("<span class=\"was\">until ")
                .Append(Spoken.Moment(one.KnownUntil ?? one.RecordedAt))
                .Append(": <s>")
                .Append(HtmlDocument.Escaped(one.Text))
                .Append("</s></span>");
        text.Append("</td><td class=\"by\"><span class=\"sort ").Append(Spoken.Tone(entry)).Append("\">");
        text.Append(HtmlDocument.Escaped(entry.Category)).Append("</span><br>");
        text.Append(HtmlDocument.Escaped(Spoken.By(entry))).Append("</td></tr>\n");
    }
}
