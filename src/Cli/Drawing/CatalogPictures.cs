using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>The catalog for people.</summary>
public static class CatalogPictures
{
    public static void Applied(IAnsiConsole screen, CatalogApplied applied, DateTimeOffset now)
    {
        var table = Screens.Table(applied.DryRun ? "WOULD BE" : "WAS", "KIND", "NAME", ">LINE");
        foreach (var one in applied.Entries)
            table.AddRow(
                Screens.Cell($"{$"{one.Change}".ToLowerInvariant()}"),
                Screens.Cell($"{Word(one.Kind)}"),
                Screens.Cell($"[bold]{one.Name}[/]"),
                Screens.Cell($"[dim]{one.Line}[/]")
            );
        if (applied.Entries.Count > 0)
            screen.Write(table);
        foreach (var one in applied.Ignored)
            screen.Line($"[dim]Document {one.Document} (line {one.Line}, {one.Kind}) was left alone: {one.Reason}[/]");
        foreach (var warning in applied.Warnings)
            screen.Line($"[yellow]{warning}[/]");
    }

    public static void List(IAnsiConsole screen, Page<CatalogEntryView> page, DateTimeOffset now)
    {
        if (page.Items.Count == 0)
        {
            screen.Line($"[dim]The catalog is empty. `steady catalog apply FILE` fills it.[/]");
            return;
        }

        var table = Screens.Table("KIND", "NAME", "OWNER", "TIER", "NEEDS", "NEEDED BY");
        foreach (var one in page.Items)
            table.AddRow(
                Screens.Cell($"{Word(one.Kind)}"),
                Screens.Cell($"[bold]{one.Name}[/]"),
                Screens.Cell($"{one.Owner ?? "–"}"),
                Screens.Cell($"{(one.Tier is { } tier ? $"{tier}" : "–")}"),
                Screens.Cell($"{string.Join(", ", one.DependsOn.Select(need => need.Name))}"),
                Screens.Cell($"{string.Join(", ", one.DependedOnBy)}")
            );
        screen.Write(table);
    }

    public static void Page(IAnsiConsole screen, CatalogEntryView one, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{one.Title ?? one.Name}[/]  [dim]{Word(one.Kind)} {one.Name}, version {one.Version}, {one.SetBy} {Words.Ago(one.SetAt, now)}[/]"
        );
        if (one.Description is { } description)
            screen.Line($"{description}");
        screen.Facts(
            ("owner", Fact(one.Owner)),
            ("system", Fact(one.System)),
            ("type", Fact(one.Type)),
            ("lifecycle", Fact(one.Lifecycle)),
            ("tier", Fact(one.Tier?.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            ("status page", one.IsPublic ? Fact("yes") : null),
            ("members", one.Members.Count > 0 ? Fact(string.Join(", ", one.Members)) : null),
            ("needed by", one.DependedOnBy.Count > 0 ? Fact(string.Join(", ", one.DependedOnBy)) : null)
        );
        foreach (var need in one.DependsOn)
            screen.Line(
                $"needs {Word(need.Kind)} [bold]{need.Name}[/]{(need.Strength == DependencyStrength.Soft ? $", softly: {need.Fallback}" : "")}"
            );
    }

    private static Spectre.Console.Rendering.IRenderable? Fact(string? text) =>
        text is null ? null : Screens.Cell($"{text}");

    private static string Word(CatalogKind kind) => $"{kind}".ToLowerInvariant();
}
