using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Drawing;

/// <summary>How experiments look on a terminal.</summary>
internal static class ExperimentPictures
{
    public static void Applied(IAnsiConsole screen, ExperimentView experiment, DateTimeOffset now)
    {
        var name = experiment.Design.Name;
        if (experiment.FrozenHash is { } hash)
        {
            screen.Line($"[green]✓[/] [bold]{name}[/] is frozen [dim]{hash}[/]");
            screen.Line($"[dim]`steady run start {name}` runs it.[/]");
        }
        else
        {
            screen.Line($"[green]✓[/] [bold]{name}[/] is a draft");
            screen.Line($"[dim]`steady experiment freeze {name}` when it is ready to run.[/]");
        }

        foreach (var warning in experiment.Import?.Warnings ?? [])
            screen.Line($"[yellow]{warning.Code}[/] {warning.Where}: {warning.Message}");
    }

    public static void Judged(IAnsiConsole screen, DocumentVerdict answer, DateTimeOffset now)
    {
        screen.Line(answer.Verdict == "accepted" ? $"[green]✓ accepted[/]" : (FormattableString)$"[red]✕ refused[/]");
        if (answer.Findings.Count == 0)
            return;
        var table = Screens.Table("CODE", "WHERE", "WHAT");
        foreach (var finding in answer.Findings)
            table.AddRow(
                Screens.Styled(finding.Code.StartsWith('E') ? $"[red]{finding.Code}[/]" : $"[yellow]{finding.Code}[/]"),
                Screens.Cell($"{(finding.Where.Length > 0 ? finding.Where : "document")}"),
                Screens.Cell($"{finding.Message}")
            );
        screen.Write(table);
    }

    public static void Checked(IAnsiConsole screen, DesignLint lint, DateTimeOffset now)
    {
        screen.Line(lint.Accepted ? $"[green]✓ accepted[/]" : (FormattableString)$"[red]✕ not accepted[/]");
        if (lint.LastsSeconds is { } seconds)
            screen.Line($"[dim]A run takes {seconds} s at most.[/]");
        if (lint.Findings.Count == 0)
            return;
        var table = Screens.Table("WEIGHT", "WHERE", "WHAT");
        foreach (var finding in lint.Findings)
            table.AddRow(
                finding.Weight switch
                {
                    FindingWeight.Error => Screens.Styled($"[red]error[/]"),
                    FindingWeight.Warning => Screens.Styled($"[yellow]warning[/]"),
                    _ => Screens.Cell($"note"),
                },
                Screens.Cell($"{finding.Path}"),
                Screens.Cell($"{finding.Message}")
            );
        screen.Write(table);
    }

    public static void List(IAnsiConsole screen, Page<ExperimentView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("EXPERIMENT", "DESIGN", "ENVIRONMENT", "EDGE", "DRAFTED", "HYPOTHESIS");
            foreach (var experiment in page.Items)
                table.AddRow(
                    Screens.Cell($"[bold]{experiment.Design.Name}[/]"),
                    Standing(experiment),
                    Screens.Cell($"{experiment.Design.Environment}"),
                    Screens.Cell($"{experiment.Design.BlastRadius.Edge}"),
                    Screens.Cell($"{Words.Ago(experiment.DraftedAt, now)}"),
                    Screens.Cell($"{experiment.Design.Hypothesis}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "No experiment. `steady experiment apply -f` drafts one.");
    }

    public static void Page(IAnsiConsole screen, ExperimentView experiment, DateTimeOffset now)
    {
        var design = experiment.Design;
        screen.Write(Screens.Cell($"[bold]{design.Name}[/]  "));
        screen.Write(Standing(experiment));
        screen.WriteLine();
        screen.Line($"{design.Hypothesis}");
        screen.WriteLine();
        var probe = design.SteadyState.Probe;
        screen.Facts(
            ("environment", Screens.Cell($"{design.Environment}")),
            ("probe", Screens.Cell($"{probe.Method} {probe.Url} every {probe.EveryMs} ms")),
            ("well when", Screens.Cell($"{Sentence(design.SteadyState.Tolerance)}")),
            ("abort when", Screens.Cell($"{string.Join("; ", design.Abort.Select(Sentence))}")),
            ("edge", Screens.Cell($"{design.BlastRadius.Edge}")),
            ("may hurt", Screens.Cell($"{string.Join(", ", design.BlastRadius.Services)}")),
            (
                "never touch",
                design.BlastRadius.NeverTouch is { Count: > 0 } never
                    ? Screens.Cell($"{string.Join(", ", never)}")
                    : null
            ),
            ("ladder", Screens.Cell($"{Sentence(design.Ladder)}")),
            ("recovery", Screens.Cell($"within {design.RecoveryWithinSeconds} s")),
            ("owners", Screens.Cell($"{string.Join(", ", design.Owners)}")),
            (
                "drafted",
                Screens.Cell(
                    $"{Words.Full(experiment.DraftedAt)} [dim]({Words.Ago(experiment.DraftedAt, now)}, by {experiment.By})[/]"
                )
            ),
            ("hash", experiment.FrozenHash is { } hash ? Screens.Cell($"[dim]{hash}[/]") : null)
        );
    }

    private static string Sentence(AbortCriterion criterion) =>
        $"more than {Words.Percent(criterion.FailingAbove)} fail for {criterion.ForSeconds} s";

    private static string Sentence(Ladder ladder) =>
        $"{string.Join(" → ", ladder.Rungs.Select(Words.Strength))}, {ladder.HoldSeconds} s each";

    private static string Sentence(Tolerance tolerance) =>
        $"{Words.Percent(tolerance.MinimumGood)} answer {tolerance.Status} within {tolerance.WithinMs} ms";

    private static Markup Standing(ExperimentView experiment) =>
        Screens.Styled(experiment.FrozenHash is null ? "[yellow]draft[/]" : "[blue]frozen[/]");
}
