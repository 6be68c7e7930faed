using Spectre.Console;

namespace Steady.Launcher;

/// <summary>Lines for the person at the keyboard; never wrapped, so that a path or a token stays whole.</summary>
internal static class Terminal
{
    public static void Line(string text) => AnsiConsole.Profile.Out.Writer.WriteLine(text);

    public static void Warn(string text) => Styled(text, "yellow");

    public static void Quiet(string text) => Styled(text, "grey");

    private static void Styled(string text, string style)
    {
        if (AnsiConsole.Profile.Capabilities.Ansi)
        {
            AnsiConsole.MarkupLine($"[{style}]{Markup.Escape(text)}[/]");
        }
        else
        {
            Line(text);
        }
    }
}
