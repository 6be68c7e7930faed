using System.Globalization;
using System.Text;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Export;

namespace Steady.Incidents.Timeline.Replay;

/// <summary>What a replay's page is made from.</summary>
/// <param name="Incident">The incident it tells of; null for a query over others.</param>
/// <param name="Query">What was asked.</param>
/// <param name="Pin">As it was known then.</param>
/// <param name="Versions">Every version of every entry.</param>
/// <param name="Frames">The course of both lanes.</param>
/// <param name="Clashes">What cannot be so.</param>
/// <param name="Speed">Seconds of the story in a second, to begin with.</param>
public sealed record ReplayTelling(
    IncidentView? Incident,
    string Query,
    DateTimeOffset Pin,
    IReadOnlyList<TimelineEntry> Versions,
    IReadOnlyList<Frame> Frames,
    IReadOnlyList<ContradictionView> Clashes,
    int Speed
);

/// <summary>A replay as one file that plays by itself. Pure.</summary>
public static class ReplayPage
{
    private static readonly int[] Speeds = [1, 10, 60, 300, 1000, 3600];

    private sealed record Row(
        Guid Id,
        long At,
        long Known,
        long? Until,
        bool Back,
        bool Now,
        int Version,
        long Seq,
        string Text,
        string Sort,
        string Tone,
        string By,
        string Source,
        IReadOnlyList<int> Clashes
    );

    private sealed record Clash(string Text);

    public static string Of(ReplayTelling telling)
    {
        var clashes = telling
            .Clashes.SelectMany((one, i) => one.Claims.Select(claim => (claim.Entry, Number: i)))
            .Distinct()
            .ToLookup(one => one.Entry, one => one.Number);
        var body = new StringBuilder();
        Head(body, telling);
        if (telling.Versions.Count > 0)
            Stage(body, telling.Speed);
        Story(body, telling, clashes);
        Tail(body, telling);
        var data = new
        {
            Entries = Rows(telling, clashes),
            Clashes = telling.Clashes.Select(one => new Clash(Said(one))),
        };
        return HtmlDocument.Of(
            $"{Title(telling)} – replay",
            body.ToString(),
            ["document.css", "replay.css"],
            "replay.js",
            data
        );
    }

    private static string Title(ReplayTelling telling) =>
        telling.Incident is { } incident ? $"INC-{incident.Number} {incident.Title}" : telling.Query;

    private static void Head(StringBuilder body, ReplayTelling telling)
    {
        var facts = new List<string>();
        if (telling.Incident is { } incident)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"<header>\n<p class=\"over\">Replay of INC-{incident.Number}</p>\n<h1>"
            );
            body.Append(HtmlDocument.Escaped(incident.Title)).Append("</h1>\n");
            facts.Add(HtmlDocument.Escaped(incident.Service));
            facts.Add($"SEV-{(int)incident.Severity + 1}");
            facts.Add($"{incident.Status}".ToLowerInvariant());
        }
        else
        {
            body.Append("<header>\n<p class=\"over\">Replay of a query</p>\n<h1>");
            body.Append(HtmlDocument.Escaped(telling.Query)).Append("</h1>\n");
        }

        if (telling.Frames.Count > 0)
            facts.Add(Spoken.Span(telling.Frames[0].At, telling.Frames[^1].At));
        var count = telling.Versions.DistinctBy(one => one.Id).Count();
        facts.Add(count == 1 ? "1 entry" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} entries"));
        body.Append("<p class=\"facts\"><span>").AppendJoin("</span><span>", facts).Append("</span></p>\n</header>\n");
    }

    private static void Stage(StringBuilder body, int speed)
    {
        var choices = Speeds
            .Append(speed)
            .Distinct()
            .Order()
            .Select(one => $"<option value=\"{one}\"{(one == speed ? " selected" : "")}>{one}×</option>");
        body.Append(
            CultureInfo.InvariantCulture,
            $"""
            <main class="stage" id="stage" hidden>
            <section class="deck panel" aria-label="Replay">
            <div class="row">
            <button type="button" class="play" id="play"><svg viewBox="0 0 14 14" aria-hidden="true"><path d="M2 1l10 6-10 6z"/></svg><span>Play</span></button>
            <button type="button" id="back" title="To what changed before (←)" aria-label="Back"><svg viewBox="0 0 14 14" aria-hidden="true"><path d="M12 1v12L4 7zM2 1h2v12H2z"/></svg></button>
            <button type="button" id="next" title="To what changes next (→)" aria-label="Next"><svg viewBox="0 0 14 14" aria-hidden="true"><path d="M2 1v12l8-6zM10 1h2v12h-2z"/></svg></button>
            <div class="moment"><time id="clock"></time><span id="day"></span></div>
            <label>Speed <select id="speed">{string.Concat(choices)}</select></label>
            <label class="quiet"><input type="checkbox" id="quiet" checked> Shorten the quiet</label>
            </div>
            <div class="track"><svg viewBox="0 0 1000 46" preserveAspectRatio="none" aria-hidden="true"><g id="ticks"></g><line class="needle" id="needle" y1="-2" y2="48"/></svg>
            <input type="range" id="slider" min="0" max="1000" step="0.1" value="0" aria-label="Moment"></div>
            <div class="key"><span><i class="f"></i>was learned</span><span><i class="d"></i>had happened, unknown</span><span><i class="s"></i>happened</span><span class="ends" id="length"></span></div>
            </section>
            <div class="tabs"><button type="button" value="fog" aria-pressed="true">Known then</button><button type="button" value="hindsight" aria-pressed="false">As it was<span class="dark" id="tab-dark"></span></button></div>
            <div class="lanes" data-shown="fog">
            <section class="lane fog panel"><header><h2>Known then</h2><span class="count" id="known">0</span></header><ol id="fog"></ol></section>
            <section class="lane hindsight panel"><header><h2>As it was</h2><span class="dark" id="dark"></span><span class="count" id="happened">0</span></header><ol id="so"></ol></section>
            </div>
            </main>

            """
        );
    }

    private static void Story(StringBuilder body, ReplayTelling telling, ILookup<Guid, int> clashes)
    {
        var last = telling
            .Versions.GroupBy(one => one.Id)
            .Select(one => one.MaxBy(version => version.EntryVersion)!)
            .OrderBy(one => one.OccurredAt)
            .ThenBy(one => one.Sequence)
            .ToList();
        var before = telling.Versions.Except(last).OrderBy(one => one.EntryVersion).ToLookup(one => one.Id);
        body.Append("<details class=\"story\" open><summary><h2>The whole story</h2></summary>\n");
        if (last.Count == 0)
            body.Append("<p class=\"panel empty\">Nothing is recorded of this.</p>\n");
        else
            StoryTable.Append(
                body,
                last,
                before,
                clashes
                    .SelectMany(one => one.Select(number => (one.Key, number + 1)))
                    .ToLookup(one => one.Key, one => one.Item2)
            );
        body.Append("</details>\n");
        if (telling.Clashes.Count == 0)
            return;
        body.Append("<section class=\"story\"><h2>What cannot be so</h2>\n<ol class=\"clashes\">\n");
        for (var i = 0; i < telling.Clashes.Count; i++)
            body.Append(CultureInfo.InvariantCulture, $"<li class=\"panel\" id=\"clash-{i + 1}\"><b>{i + 1}</b> ")
                .Append(HtmlDocument.Escaped(Said(telling.Clashes[i])))
                .Append("</li>\n");
        body.Append("</ol></section>\n");
    }

    private static void Tail(StringBuilder body, ReplayTelling telling) =>
        body.Append("<footer>As it was known at ")
            .Append(Spoken.Moment(telling.Pin))
            .Append(" UTC. Asked: <code>")
            .Append(HtmlDocument.Escaped(telling.Query))
            .Append("</code>. This file fetches nothing and works without a network.</footer>\n");

    private static IEnumerable<Row> Rows(ReplayTelling telling, ILookup<Guid, int> clashes)
    {
        var standing = Replay.Frames.Standing(telling.Frames, ReplayLane.Hindsight);
        var back = telling
            .Frames.Where(one => one.Change == ReplayChange.Vanishes)
            .Select(one => (one.Entry, one.Version))
            .ToHashSet();
        return telling.Versions.Select(one => new Row(
            one.Id,
            one.OccurredAt.ToUnixTimeMilliseconds(),
            one.RecordedAt.ToUnixTimeMilliseconds(),
            one.KnownUntil?.ToUnixTimeMilliseconds(),
            back.Contains((one.Id, one.EntryVersion)),
            standing.TryGetValue(one.Id, out var version) && version == one.EntryVersion,
            one.EntryVersion,
            one.Sequence,
            one.Text,
            one.Category,
            Spoken.Tone(one),
            one.Labels?.GetValueOrDefault("author") ?? one.Actor,
            one.Source,
            [.. clashes[one.Id]]
        ));
    }

    private static string Said(ContradictionView one) =>
        one.Ruling is { } ruling ? $"{one.Explanation} Ruled by {ruling.By}: {ruling.Reason}" : one.Explanation;
}
