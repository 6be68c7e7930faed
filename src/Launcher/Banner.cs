using System.Globalization;
using Spectre.Console;

namespace Steady.Launcher;

/// <summary>What a person needs next, once.</summary>
internal static class Banner
{
    public static void Show(Settings settings, bool dashboard, bool aspire, TimeSpan took)
    {
        var console = settings.Address("web").Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var rows = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().NoWrap());
        Row(rows, "Console", $"{console}/login?code={Keys.Read(settings, "login.code")}");
        Row(rows, "", "(this link signs you in, once)");
        Row(rows, "API", $"{console}/api/incidents/v1  /api/experiments/v1  /api/budgets/v1");
        Row(
            rows,
            "Token",
            Path.GetRelativePath(settings.Root, Path.Combine(settings.Keys, "admin.token"))
                + " (administrator), also below"
        );
        Row(
            rows,
            "Dashboard",
            dashboard
                ? settings.Address("dashboard").Replace("127.0.0.1", "localhost", StringComparison.Ordinal)
                : "none: npm is missing"
        );
        Row(rows, "Hosting", aspire ? "Aspire.Hosting from NuGet" : "LocalHosting (this NuGet has no Aspire.Hosting)");
        Row(rows, "Log", Path.GetRelativePath(settings.Root, settings.Log));

        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule("[bold green]Steady is up[/]").LeftJustified().RuleStyle("green"));
        Write(rows);
        Terminal.Quiet(
            $"All healthy after {took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s. Ctrl-C stops everything."
        );
        AnsiConsole.WriteLine();
        // On a line of its own and never wrapped, so that it can be copied or read by a script.
        Terminal.Line(Keys.Read(settings, "admin.token"));
        AnsiConsole.Write(new Rule().RuleStyle("green"));
    }

    private static void Row(Grid rows, string name, string value) =>
        rows.AddRow(new Markup($"[bold]{Markup.Escape(name)}[/]"), new Text(value));

    // Links must not be broken where the output is a file or a narrow window.
    private static void Write(Grid rows)
    {
        var width = AnsiConsole.Profile.Width;
        AnsiConsole.Profile.Width = Math.Max(width, 200);
        AnsiConsole.Write(rows);
        AnsiConsole.Profile.Width = width;
    }
}
