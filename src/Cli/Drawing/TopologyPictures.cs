using System.Globalization;
using Spectre.Console;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Drawing;

/// <summary>How topologies and what is predicted from them look on a terminal.</summary>
public static class TopologyPictures
{
    public static void Page(IAnsiConsole screen, TopologyView topology, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{topology.Environment}[/]  {topology.Services.Count} services, {topology.Edges.Count} edges, {topology.Operations.Count} operations"
        );
        if (topology.Declared is { } declared)
            screen.Line(
                $"[dim]declared by {declared.By} {Words.Ago(declared.At, now)}{(declared.Reason is { } why ? $": {why}" : "")}[/]"
            );
        if (topology.Edges.Count > 0)
        {
            var table = Screens.Table("CALLER", "CALLS", "STRENGTH", "KNOWN", ">TRACED", "THROUGH");
            foreach (var edge in topology.Edges)
                table.AddRow(
                    Screens.Cell($"{edge.From}"),
                    Screens.Cell($"{edge.To}"),
                    Screens.Cell($"{Lower(edge.Strength)}"),
                    Screens.Cell($"{Known(edge.Knowledge)}"),
                    Screens.Cell($"{(edge.Calls is { } calls ? Words.Number(calls) : "")}"),
                    Screens.Cell($"[dim]{edge.Proxy}[/]")
                );
            screen.Write(table);
        }

        foreach (var finding in topology.Findings)
            screen.Line($"[yellow]▲[/] {finding}");
    }

    public static void Prediction(IAnsiConsole screen, ExperimentPrediction prediction, DateTimeOffset now)
    {
        screen.Line($"[bold]{prediction.Edge}[/] in {prediction.Environment}");
        screen.Line(
            $"The steady state breaks with {Words.Percent(prediction.BreaksProbability)}: from the edges, and from {Earlier(prediction)}."
        );
        screen.WriteLine();
        var table = Screens.Table("WHO", "EXPECTED", "BECAUSE");
        foreach (var impact in prediction.Services)
            Row(table, "", impact);
        foreach (var impact in prediction.Operations)
            Row(table, "operation ", impact);
        screen.Write(table);
        foreach (var service in prediction.Beyond)
            screen.Line($"[yellow]▲[/] {service} is expected to break and is not in the declared blast radius.");
    }

    public static void Surprise(IAnsiConsole screen, RunSurprise surprise, DateTimeOffset now)
    {
        var bits = surprise.Bits.ToString("0.00", CultureInfo.InvariantCulture);
        screen.Line($"[bold]{bits} bits[/] of surprise: it {Lower(surprise.Observed)}.");
        screen.Line(
            surprise.Bits > 3
                ? (FormattableString)$"[yellow]▲[/] That was not to be expected. Look for a coupling that nobody drew."
                : $"[dim]0 is a certainty, 1 a coin toss; above 3 something is not understood.[/]"
        );
        screen.WriteLine();
        Prediction(screen, surprise.Predicted, now);
    }

    public static void Survival(IAnsiConsole screen, SurvivalPrediction survival, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{Share(survival.Works)}[/] keeps working with {survival.Killed} of {survival.Containers} containers gone in {survival.Environment}"
        );
        var table = Screens.Table("OPERATION", ">WORKS");
        foreach (var operation in survival.Operations)
            table.AddRow(Screens.Cell($"{operation.Name}"), Screens.Cell($"{Share(operation.Works)}"));
        screen.Write(table);
    }

    private static void Row(Table table, string kind, PredictedImpact impact) =>
        table.AddRow(
            Screens.Cell($"[dim]{kind}[/]{impact.Name}"),
            Screens.Styled(
                impact.Expectation switch
                {
                    Expectation.Breaks => "[red]breaks[/]",
                    Expectation.Degrades => "[yellow]degrades[/]",
                    _ => "[green]holds[/]",
                }
            ),
            Screens.Cell($"{string.Join(" → ", impact.Path)}")
        );

    private static string Earlier(ExperimentPrediction prediction) =>
        prediction.EarlierHeld + prediction.EarlierBroke == 0
            ? "no earlier run on this edge"
            : $"earlier runs on this edge ({prediction.EarlierHeld} held, {prediction.EarlierBroke} broke)";

    private static string Known(EdgeKnowledge knowledge) =>
        knowledge switch
        {
            EdgeKnowledge.Both => "declared, traced",
            EdgeKnowledge.DeclaredOnly => "declared",
            _ => "traced only",
        };

    private static string Share(decimal share) => Words.Percent(share, "0.##");

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
