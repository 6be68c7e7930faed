using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Steady.Cli.Drawing;
using Steady.Client;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady replay</c>: a story as it went, what was known beside what was so.</summary>
internal static class ReplayCommand
{
    private const int Slowest = 1;
    private const int Fastest = 3600;

    private static readonly Dictionary<string, ReplayLane?> Lanes = new()
    {
        ["fog"] = ReplayLane.Fog,
        ["hindsight"] = ReplayLane.Hindsight,
        ["both"] = null,
    };

    public static Command Create(Shell shell)
    {
        var query = new Argument<string>("query")
        {
            Description = "An incident (INC-7), or a query (\"service:pay* from:-2h\").",
        };
        var (speed, lane) = (Speed(), Lane());
        var from = Inputs.Moment("--from", "Where the clock begins.", shell);
        var to = Inputs.Moment("--to", "Where it ends.", shell);
        var whole = new Option<bool>("--whole") { Description = "Also watch the stretches in which nothing changes." };
        var html = Inputs.Optional("--html", "Write it as one page that plays by itself, and show nothing.", "file");
        var command = new Command("replay", "How it went: what was known at each moment, beside what was so.")
        {
            query,
            speed,
            lane,
            from,
            to,
            whole,
            html,
        };
        shell.Handle(
            command,
            (given, session, stop) =>
            {
                var asked = new TimelineQuestion(given.GetRequiredValue(query));
                var wish = new ReplayWish(
                    asked.Text,
                    given.GetValue(speed),
                    given.GetValue(lane),
                    !given.GetValue(whole),
                    given.GetValue(from),
                    given.GetValue(to)
                );
                return given.GetValue(html) is { } file
                    ? Write(session, wish, file, stop)
                    : Watch(session, asked, wish, stop);
            }
        );
        return command;
    }

    private static Option<ReplayLane?> Lane()
    {
        var lane = Inputs.OneOf("--lane", "What was known, what was so, or both", Lanes);
        (lane.Required, lane.DefaultValueFactory) = (false, _ => null);
        return lane;
    }

    private static Option<int> Speed() =>
        new("--speed", "-s")
        {
            Description = "How many seconds of the story pass in one, 1x to 3600x; 60x when absent.",
            HelpName = "60x",
            DefaultValueFactory = _ => 60,
            CustomParser = Speed,
        };

    private static async Task<int> Watch(
        Session session,
        TimelineQuestion asked,
        ReplayWish wish,
        CancellationToken stop
    )
    {
        var incident = asked.IsIncident ? await session.Door.Incidents.Get(asked.Query, stop) : null;
        await new ReplayWatch(session, wish, incident).Follow(stop);
        return Exit.Done;
    }

    private static async Task<int> Write(Session session, ReplayWish wish, string file, CancellationToken stop)
    {
        var page = await session.Door.Incidents.ReplayPage(wish.Query, wish.Speed, stop: stop);
        Documents.Write(file, page);
        return session.Show(
            new { File = file, Bytes = page.Length },
            (screen, written, _) =>
                screen.Line(
                    $"[green]✓[/] {written.File} [dim]({Words.Number(written.Bytes / 1024)} KB; opens in any browser, without a network)[/]"
                )
        );
    }

    private static int Speed(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (
            int.TryParse(text.TrimEnd('x', '×'), NumberStyles.None, CultureInfo.InvariantCulture, out var speed)
            && speed is >= Slowest and <= Fastest
        )
            return speed;
        result.AddError($"'{text}' is no speed. Give {Slowest}x to {Fastest}x, such as 60x.");
        return Slowest;
    }
}
