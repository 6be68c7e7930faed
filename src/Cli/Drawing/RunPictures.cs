using Spectre.Console;
using Spectre.Console.Rendering;
using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Drawing;

/// <summary>How runs look on a terminal.</summary>
internal static class RunPictures
{
    public static void Started(IAnsiConsole screen, RunView run, DateTimeOffset now)
    {
        if (run.State == RunState.Refused)
        {
            screen.Line($"[yellow]■ refused[/]  {run.Experiment}: {run.Reason ?? ""}");
            screen.Line($"[dim]run {run.Id}; nothing was touched[/]");
            return;
        }

        screen.Line($"[green]✓[/] [bold]{run.Experiment}[/] runs on {run.Edge}, as {run.Id}");
        screen.Line($"[dim]`steady run watch {run.Id}` follows it; `steady run halt {run.Id} --reason …` ends it.[/]");
    }

    public static void List(IAnsiConsole screen, Page<RunView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("RUN", "EXPERIMENT", "STATE", ">RUNGS", "STARTED", "FINDING");
            foreach (var run in page.Items)
                table.AddRow(
                    Screens.Cell($"{run.Id}"),
                    Screens.Cell($"[bold]{run.Experiment}[/]"),
                    Words.Mark(run.State, run.Verdict),
                    Screens.Cell($"{run.Rungs.Count}/{run.RungCount}"),
                    Screens.Cell($"{Words.Ago(run.StartedAt, now)}"),
                    Screens.Cell($"{run.Finding ?? run.Reason ?? ""}")
                );
            table.Columns[0].NoWrap();
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "No run.");
    }

    public static void Page(IAnsiConsole screen, RunView run, DateTimeOffset now) => screen.Write(Picture(run, now));

    /// <summary>A run from head to finding; the same whether it is drawn once or over and over.</summary>
    public static IRenderable Picture(RunView run, DateTimeOffset now)
    {
        var lasted = Words.Length((run.EndedAt ?? now) - run.StartedAt);
        var rows = new List<IRenderable>
        {
            Screens.Cell($"[bold]{run.Experiment}[/] on {run.Edge} [dim]in {run.Environment}, {run.Id}[/]"),
            Screens.Cell($"{run.Hypothesis}"),
            new Text(""),
            Row(Words.Mark(run.State, run.Verdict), Faults(run), Screens.Cell($"[dim]{lasted}[/]")),
        };
        // A refused run has touched nothing.
        if (run.State != RunState.Refused)
            rows.Add(Rungs(run));
        if (run.Finding is { } finding)
            rows.Add(Screens.Cell($"[bold]{finding}[/]"));
        if (run.BreakingPoint is { } broke)
            rows.Add(Screens.Cell($"{Words.BrokeAt(broke, run.Was)}"));
        foreach (var call in run.Rollbacks ?? [])
            rows.Add(Screens.Cell($"[dim]{call.Method} {call.Url}: {call.Detail}[/]"));
        if (run.Reason is { } reason)
            rows.Add(Screens.Cell($"{reason}"));
        if (run.RecoverySeconds is { } seconds)
            rows.Add(Screens.Cell($"[dim]Well again {seconds:0.#} s after the last fault.[/]"));
        return new Rows(rows);
    }

    private static Grid Row(params IRenderable[] cells)
    {
        var grid = new Grid();
        foreach (var _ in cells)
            grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        return grid.AddRow(cells);
    }

    private static Markup Faults(RunView run) =>
        run.FaultsLive == 0
            ? Screens.Styled("[dim]no fault live[/]")
            : Screens.Cell($"[red]{run.FaultsLive} fault{(run.FaultsLive == 1 ? "" : "s")} live[/]");

    private static Table Rungs(RunView run)
    {
        var table = Screens.Table("RUNG", ">FAULT", "", ">GOOD", ">BAD", "");
        for (var number = 1; number <= run.RungCount; number++)
        {
            if (run.Rungs.FirstOrDefault(r => r.Number == number) is { } rung)
                table.AddRow(
                    Screens.Cell($"{number}/{run.RungCount}"),
                    Screens.Cell($"{Words.Strength(rung.Rung)}"),
                    Good(rung),
                    Screens.Cell($"{rung.Good}"),
                    Screens.Cell($"{rung.Bad}"),
                    Standing(rung)
                );
            else
                table.AddRow(Screens.Cell($"[dim]{number}/{run.RungCount}[/]"), Screens.Styled("[dim]–[/]"));
        }

        return table;
    }

    private static Markup Good(RungResult rung) =>
        rung.Good + rung.Bad == 0
            ? Screens.Styled($"[dim]{new string('░', 20)}[/]")
            : Bars.Share((decimal)rung.Good / (rung.Good + rung.Bad), 20, rung.Held == false ? "red" : "green");

    public static Markup Standing(RungResult rung) =>
        Screens.Styled(
            (rung.Held, rung.RevertedAt, rung.EffectVerified) switch
            {
                (true, _, _) => "[green]✓ held[/]",
                (false, _, _) => "[red]✕ broke[/]",
                (null, not null, _) => "[dim]not judged[/]",
                (null, null, true) => "[blue]● live[/]",
                (null, null, false) => "[yellow]◌ coming in[/]",
            }
        );
}
