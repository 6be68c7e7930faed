using System.Globalization;
using System.Net;
using System.Text;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.GameDays;

/// <summary>A report as Markdown and as HTML: pure, the same words in both, whatever people wrote escaped.</summary>
public static class ReportText
{
    public static string Markdown(GameDayReport report)
    {
        var text = new StringBuilder();
        foreach (var part in Parts(report))
        {
            switch (part)
            {
                case Heading heading:
                    text.Append('#', heading.Level).Append(' ').AppendLine(Plain(heading.Text)).AppendLine();
                    break;
                case Paragraph paragraph:
                    text.AppendLine(Plain(paragraph.Text)).AppendLine();
                    break;
                case Table table:
                    Row(table.Head);
                    text.Append('|').Insert(text.Length, "---|", table.Head.Count).AppendLine();
                    foreach (var row in table.Rows)
                        Row(row);
                    text.AppendLine();
                    break;
            }
        }

        return text.ToString().TrimEnd() + "\n";

        void Row(IReadOnlyList<string> cells) =>
            text.Append("| ").AppendJoin(" | ", cells.Select(Plain)).AppendLine(" |");
    }

    public static string Html(GameDayReport report)
    {
        var text = new StringBuilder(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>{Encoded(report.GameDay.Plan.Title)}</title><style>{Style}</style></head><body>

            """
        );
        foreach (var part in Parts(report))
        {
            switch (part)
            {
                case Heading heading:
                    text.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"<h{heading.Level}>{Encoded(heading.Text)}</h{heading.Level}>"
                    );
                    break;
                case Paragraph paragraph:
                    text.AppendLine(CultureInfo.InvariantCulture, $"<p>{Encoded(paragraph.Text)}</p>");
                    break;
                case Table table:
                    text.Append("<table><thead>").Append(Row(table.Head, "th")).AppendLine("</thead><tbody>");
                    foreach (var row in table.Rows)
                        text.AppendLine(Row(row, "td"));
                    text.AppendLine("</tbody></table>");
                    break;
            }
        }

        return text.AppendLine("</body></html>").ToString();

        static string Row(IReadOnlyList<string> cells, string tag) =>
            $"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{Encoded(cell)}</{tag}>"))}</tr>";
    }

    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#12161f;background:#fff}"
        + "h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.15rem;margin-top:2rem}"
        + "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}"
        + "th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #d6dae3}"
        + "th{font-size:.85rem;color:#4a5468}"
        + "@media(prefers-color-scheme:dark){body{color:#e8ecf4;background:#0b0e14}th,td{border-color:#2a3140}th{color:#a9b4c8}}";

    private abstract record Part;

    private sealed record Heading(int Level, string Text) : Part;

    private sealed record Paragraph(string Text) : Part;

    private sealed record Table(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows) : Part;

    private static IEnumerable<Part> Parts(GameDayReport report)
    {
        var day = report.GameDay;
        yield return new Heading(1, day.Plan.Title);
        yield return new Paragraph(
            $"{day.Plan.Environment}, {Moment(day.OpensAt)} to {Moment(day.ClosesAt)} ({day.Plan.Window.Zone}). {Standing(day)}"
        );
        if (day.Summary is not null)
            yield return new Paragraph(day.Summary);
        yield return new Heading(2, "Who");
        yield return new Table(
            ["Role", "Person", "Vote"],
            [.. day.Plan.Roles.Select(holder => Row($"{holder.Role}", holder.Person, Vote(day, holder.Person)))]
        );
        yield return new Paragraph(Approval(day));
        yield return new Heading(2, "What was planned");
        yield return new Table(
            ["Item", "Experiment", "Minutes"],
            [
                .. day.Plan.Agenda.Select(item =>
                    Row(item.Title, item.Experiment ?? "", item.Minutes?.ToString(CultureInfo.InvariantCulture) ?? "")
                ),
            ]
        );
        yield return new Heading(2, "What was run");
        foreach (var part in Runs(report).Concat(Bill(report)))
            yield return part;
        if (report.Findings.Count > 0)
        {
            yield return new Heading(2, "Findings");
            yield return new Table(
                ["Finding", "Kind", "Coupling", "To be done", "State"],
                [.. report.Findings.Select(Finding)]
            );
        }

        yield return new Heading(2, "What happened");
        yield return new Table(
            ["When", "Who", "What"],
            [.. report.Timeline.Select(line => Row(Moment(line.At, seconds: true), line.By, line.Text))]
        );
        yield return new Paragraph($"Written {Moment(report.WrittenAt, seconds: true)}.");
    }

    private static IEnumerable<Part> Runs(GameDayReport report)
    {
        if (report.GameDay.Runs.Count == 0)
        {
            yield return new Paragraph("Nothing was run.");
            yield break;
        }

        yield return new Table(
            ["Experiment", "Verdict", "Finding", "Recovery", "Run"],
            [
                .. report.GameDay.Runs.Select(called =>
                    Run(called, report.Runs.FirstOrDefault(r => r.Id == called.RunId))
                ),
            ]
        );
    }

    private static IReadOnlyList<string> Run(GameDayRun called, RunView? run) =>
        run is null
            ? Row(called.Experiment, "never began", "", "", $"{called.RunId}")
            : Row(
                called.Experiment,
                run.Verdict is { } verdict ? $"{verdict}" : $"{run.State}",
                Sentences.Ending(run),
                run.RecoverySeconds is { } back ? string.Create(CultureInfo.InvariantCulture, $"{back:0.#} s") : "",
                $"{called.RunId}"
            );

    private static IEnumerable<Part> Bill(GameDayReport report)
    {
        var charged = (report.Budgets ?? []).Where(budget => budget.Charged is { Count: > 0 }).ToList();
        if (charged.Count == 0)
            yield break;
        yield return new Heading(2, "What it cost");
        yield return new Table(
            ["Experiment", "Objective", "Failures", "Of the budget", "Set aside", "Budgets says"],
            [.. charged.SelectMany(budget => Costs(report, budget))]
        );
    }

    private static IEnumerable<IReadOnlyList<string>> Costs(GameDayReport report, RunBudget budget) =>
        (budget.Charged ?? []).Select(charge =>
            Row(
                report.GameDay.Runs.First(called => called.RunId == budget.RunId).Experiment,
                charge.Objective,
                Number(charge.Failures),
                charge.ShareOfBudget is { } share ? share.ToString("P2", CultureInfo.InvariantCulture) : "",
                Number(budget.Reserved.FirstOrDefault(one => one.Objective == charge.Objective)?.Failures),
                (budget.Compared ?? []).FirstOrDefault(one => one.Objective == charge.Objective) is { } compared
                    ? $"{Number(compared.Attributed)}{(compared.Agrees ? "" : ", which differs")}"
                    : ""
            )
        );

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static IReadOnlyList<string> Finding(FindingView finding) =>
        Row(
            finding.Description is null ? finding.Title : $"{finding.Title}: {finding.Description}",
            $"{finding.Kind}",
            $"{finding.Coupling}",
            string.Join("; ", finding.Actions.Select(item => $"{item.Text} ({item.Owner})")),
            finding.VerifiedBy is { } run ? $"fixed, shown by run {run}" : "open"
        );

    private static IReadOnlyList<string> Row(params string[] cells) => cells;

    private static string Standing(GameDayView day) =>
        day.ConcludedAt is { } at ? $"Concluded by {day.ConcludedBy} at {Moment(at)}." : "Not concluded yet.";

    private static string Vote(GameDayView day, string person) =>
        day.Votes.FirstOrDefault(vote => vote.Person == person) switch
        {
            null => "",
            { Go: true } => "go",
            var no => $"no-go: {no.Reason}",
        };

    private static string Approval(GameDayView day) =>
        day.Readiness.Single(check => check.Kind == "approval") is var check
        && day.Approval is { AnsweredBy: { } who } given
            ? $"Approval: {given.State.ToString().ToLowerInvariant()}, answered by {who}."
            : $"Approval: {check.Sentence}";

    private static string Moment(DateTimeOffset at, bool seconds = false) =>
        at.UtcDateTime.ToString(
            seconds ? "yyyy-MM-dd HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'",
            CultureInfo.InvariantCulture
        );

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    // What people wrote stays text: it neither formats nor links, nor leaves its cell.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '\n' or '\r')
            {
                plain.Append(' ');
                continue;
            }

            if (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|')
                plain.Append('\\');
            plain.Append(letter);
        }

        return plain.ToString();
    }
}
