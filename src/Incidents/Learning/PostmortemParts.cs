using System.Globalization;
using Steady.Contracts.Incidents;
using Steady.Incidents.Documents;

namespace Steady.Incidents.Learning;

/// <summary>A postmortem as a document: the same parts whichever format it is given in. Pure.</summary>
public static class PostmortemParts
{
    public static string Title(PostmortemView view) => $"INC-{view.Number}: {view.Title}";

    public static IEnumerable<Part> Of(PostmortemView view)
    {
        yield return new Heading(1, Title(view));
        yield return new Paragraph(Standing(view));
        foreach (var section in view.Sections)
        {
            yield return new Heading(2, section.Title);
            if (string.IsNullOrWhiteSpace(section.Text))
                yield return new Paragraph("Nobody has written this section.");
            else
                yield return new Written(section.Text);
        }

        foreach (
            var part in Story(view)
                .Concat(Actions(view))
                .Concat(Figures(view))
                .Concat(Timeline(view))
                .Concat(Later(view))
        )
            yield return part;
    }

    private static string Standing(PostmortemView view)
    {
        var state = view.State switch
        {
            PostmortemState.Draft => "Draft",
            PostmortemState.InReview => "In review",
            PostmortemState.Reviewed => "Reviewed",
            _ => "Published",
        };
        var steps = view.Steps.Where(step => step.Kind is "reviewed" or "published").Select(Said);
        var authors = view.Authors.Count > 0 ? $" Written by {string.Join(", ", view.Authors)}." : "";
        return $"Postmortem of {view.Service}, {Severity(view.Severity)}. {state}.{authors}{string.Concat(steps)}";
    }

    private static string Said(PostmortemStep step) =>
        $" {(step.Kind == "reviewed" ? "Reviewed" : "Published")} by {step.By}, {Moment(step.At)}{(step.Text is { } text ? $": {text}" : "")}.";

    // The key moments as people tell them; what the platform recorded stands beside their words.
    private static IEnumerable<Part> Story(PostmortemView view)
    {
        if (view.Facts.Story is not { } story)
            yield break;
        yield return new Heading(2, "The story");
        yield return new Grid(
            ["When", "What", "What we say of it"],
            [
                .. story.Select(moment =>
                    (IReadOnlyList<Cell>)[Linked(view, moment.Entry), .. Row(moment.Entry.Text, moment.Text ?? "")]
                ),
            ]
        );
    }

    private static IEnumerable<Part> Actions(PostmortemView view)
    {
        yield return new Heading(2, "What is to be done");
        if (view.ActionItems.Count == 0)
        {
            yield return new Paragraph("Nothing was asked for.");
            yield break;
        }

        yield return new Grid(
            ["What", "Who", "Until", "State"],
            [
                .. view.ActionItems.Select(item =>
                    Row(
                        item.Text,
                        item.Owner,
                        item.DueOn is { } due ? due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "",
                        item.DoneAt is { } at ? $"done {Moment(at)}: {item.Outcome}" : "open"
                    )
                ),
            ]
        );
    }

    private static IEnumerable<Part> Figures(PostmortemView view)
    {
        yield return new Heading(2, "Moments");
        yield return new Grid(
            ["What", "When", "After the beginning"],
            [.. view.Facts.Milestones.Select(one => Row(one.Name, Moment(one.At), Length(one.AfterSeconds)))]
        );
        var measured = view.Facts.Measures.Where(one => one.Seconds is not null).ToList();
        if (measured.Count > 0)
            yield return new Grid(
                ["Measure", "How long"],
                [.. measured.Select(one => Row(Words($"{one.Measure}"), Length(one.Seconds!.Value)))]
            );
        if (view.Facts.BudgetSpent.Count > 0)
        {
            yield return new Heading(2, "Error budget spent");
            foreach (var entry in view.Facts.BudgetSpent)
                yield return new Paragraph(entry.Text);
        }

        if (view.Facts.Runs.Count > 0)
        {
            yield return new Heading(2, "Experiments that ran near it");
            yield return Entries(view, view.Facts.Runs);
        }
    }

    private static IEnumerable<Part> Timeline(PostmortemView view)
    {
        yield return new Heading(2, "Timeline");
        yield return new Paragraph(
            $"As known at {Moment(view.Facts.KnownAt)}."
                + (view.Facts.IsWhole ? "" : $" The first {view.Facts.Timeline.Count} entries; there are more.")
        );
        yield return Entries(view, view.Facts.Timeline);
    }

    private static IEnumerable<Part> Later(PostmortemView view)
    {
        if (view.AfterPublication.Count == 0)
            yield break;
        yield return new Heading(2, "After publication");
        yield return new Paragraph("What was recorded after this was published. The document above does not know it.");
        yield return Entries(view, view.AfterPublication, recorded: true);
    }

    // Each row leads to the entry behind it, in the console.
    private static Grid Entries(PostmortemView view, IReadOnlyList<TimelineEntry> entries, bool recorded = false) =>
        new(
            recorded ? ["When", "Recorded", "Who", "What"] : ["When", "Who", "What"],
            [
                .. entries.Select(entry =>
                    (IReadOnlyList<Cell>)
                        [
                            Linked(view, entry),
                            .. recorded ? Row(Moment(entry.RecordedAt)) : [],
                            .. Row(entry.Actor, entry.Text),
                        ]
                ),
            ]
        );

    private static Cell Linked(PostmortemView view, TimelineEntry entry) =>
        new(Moment(entry.OccurredAt), $"/incidents/INC-{view.Number}#e-{entry.Id}");

    private static IReadOnlyList<Cell> Row(params string[] cells) => [.. cells.Select(text => new Cell(text))];

    // TimeToDetect: time to detect.
    private static string Words(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {letter}" : $"{letter}"))
            .ToLowerInvariant();

    private static string Severity(Severity severity) => $"SEV-{$"{severity}".AsSpan("Sev".Length)}";

    private static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Length(long seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Abs(seconds));
        var text =
            span.TotalHours >= 1
                ? string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours} h {span.Minutes} min")
                : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s");
        return seconds < 0 ? $"{text} before" : text;
    }
}
