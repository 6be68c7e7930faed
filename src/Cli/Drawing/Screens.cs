using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Steady.Cli.Drawing;

/// <summary>Text for a terminal, or plain text where there is none; always in the invariant culture.</summary>
public static class Screens
{
    public static IAnsiConsole On(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        var settings = new AnsiConsoleSettings { Out = output };
        if (!output.IsTerminal)
            (settings.Ansi, settings.ColorSystem) = (AnsiSupport.No, ColorSystemSupport.NoColors);
        var screen = AnsiConsole.Create(settings);
        // Nobody's window limits a file or a pipe: a line there stays one line.
        if (!output.IsTerminal)
            screen.Profile.Width = 1000;
        return screen;
    }

    /// <summary>Whether a picture can be drawn over itself.</summary>
    public static bool IsLive(this IAnsiConsole screen) =>
        screen.Profile.Out.IsTerminal && screen.Profile.Capabilities.Ansi;

    /// <summary>One line; what is put in is escaped.</summary>
    public static void Line(this IAnsiConsole screen, FormattableString markup)
    {
        screen.Write(Cell(markup));
        screen.WriteLine();
    }

    public static Markup Cell(FormattableString markup) =>
        Markup.FromInterpolated(CultureInfo.InvariantCulture, markup);

    /// <summary>A word that already carries its own, fixed style.</summary>
    public static Markup Styled(string markup) => new(markup);

    /// <summary>Columns without lines: eyes follow the gaps.</summary>
    public static Table Table(params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
        {
            var right = column.StartsWith('>');
            var head = new TableColumn(Cell($"[dim]{column.TrimStart('>')}[/]")) { Padding = new Padding(0, 0, 2, 0) };
            table.AddColumn(right ? head.RightAligned().NoWrap() : head);
        }

        table.Columns[^1].Padding = new Padding(0);
        return table;
    }

    /// <summary>What a list says that holds nothing, or ends before everything was told.</summary>
    public static void Tail(this IAnsiConsole screen, int count, string? next, string nothing)
    {
        if (count == 0)
            screen.Line($"[dim]{nothing}[/]");
        if (next is not null)
            screen.Line($"[dim]More: --after {next}[/]");
    }

    /// <summary>Pairs of a name and what it is.</summary>
    public static void Facts(this IAnsiConsole screen, params ReadOnlySpan<(string Name, IRenderable? Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().PadRight(0));
        foreach (var (name, value) in facts)
        {
            if (value is not null)
                grid.AddRow(Cell($"[dim]{name}[/]"), value);
        }

        screen.Write(grid);
    }
}
