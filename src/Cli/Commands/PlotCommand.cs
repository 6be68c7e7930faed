using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady plot</c>: a picture of the console as a file, for a document or a chat.</summary>
internal static class PlotCommand
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["budget"] = "budgets",
        ["incident"] = "incidents",
        ["run"] = "runs",
    };

    public static Command Create(Shell shell)
    {
        var of = new Argument<string>("of") { Description = "budget, incident or run." };
        of.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var id = new Argument<string>("id") { Description = "The objective, the incident (INC-7) or the run." };
        var output = Inputs.Required("--output", "The file to write; its name ends in .svg or .png.", "file");
        output.Aliases.Add("-o");
        var dark = new Option<bool>("--dark") { Description = "In the dark colours." };
        var scale = Scale();
        var at = Inputs.Moment("--at", "An incident as it was known then.", shell);
        var command = new Command("plot", "A budget, an incident or a run as a picture in a file.")
        {
            of,
            id,
            output,
            dark,
            scale,
            at,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var file = given.GetRequiredValue(output);
                var picture = await session.Door.Plots.Draw(
                    Kinds[given.GetRequiredValue(of)],
                    given.GetRequiredValue(id),
                    Format(file),
                    given.GetValue(dark) ? "dark" : "light",
                    given.GetValue(scale),
                    given.GetValue(at),
                    stop
                );
                return Written(session, file, picture);
            }
        );
        return command;
    }

    private static int Written(Session session, string file, byte[] picture)
    {
        Documents.Write(file, picture);
        return session.Show(
            new { File = file, Bytes = picture.Length },
            (screen, written, _) => screen.Line($"[green]✓[/] {written.File}")
        );
    }

    private static Option<int> Scale() =>
        new("--scale")
        {
            Description = "Pixels of a PNG for one unit of the drawing, 1 to 3; 2 when absent.",
            HelpName = "n",
            DefaultValueFactory = _ => 2,
        };

    private static string Format(string file) =>
        Path.GetExtension(file).ToLowerInvariant() is ".svg" or ".png"
            ? Path.GetExtension(file)[1..].ToLowerInvariant()
            : throw new MistakeException($"'{file}' is neither SVG nor PNG. Give a name that ends in .svg or .png.");
}
