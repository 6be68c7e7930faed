using System.Threading.Channels;
using Spectre.Console;
using Steady.Client;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>
/// Watches a replay to its end: a picture drawn over itself on a terminal, one line per frame elsewhere, and one line of
/// JSON per event with <c>--json</c>. To pause is to leave, and to come back where it was left.
/// </summary>
internal sealed class ReplayWatch(Session session, ReplayWish wish, IncidentView? incident)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(60);
    private static readonly int[] Speeds = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 3600];
    private readonly ReplayScene scene = new();
    private ReplayWish wish = wish;
    private bool isPaused;
    private bool isLeft;

    public async Task Follow(CancellationToken stop)
    {
        var screen = session.Screen;
        if (incident is not null && !session.Json)
            IncidentPictures.Headline(screen, incident);
        if (session.Json || !screen.IsLive())
            await Lines(stop);
        else
            await screen.Live(Picture()).AutoClear(true).StartAsync(drawing => Draw(drawing, stop));
        if (!session.Json && !isLeft)
            ReplayPictures.Over(screen, scene);
    }

    private async Task Lines(CancellationToken stop)
    {
        await foreach (var item in session.Door.Incidents.Replay(wish, null, session.Clock, stop))
        {
            scene.Take(item);
            if (session.Json)
                session.Print(
                    new
                    {
                        item.Type,
                        item.Id,
                        item.Data,
                    }
                );
            else if (item.Data is ReplayFrame frame)
                session.Screen.Line(ReplayPictures.Line(frame));
        }
    }

    private async Task Draw(LiveDisplayContext drawing, CancellationToken stop)
    {
        while (!scene.IsOver && !isLeft)
        {
            using var turn = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var told = Channel.CreateUnbounded<ReplayItem>();
            var reading = isPaused ? Task.CompletedTask : Read(told.Writer, turn.Token);
            // A key ends the turn; so does the end of the replay.
            while (!Pressed() && !(reading.IsCompleted && told.Reader.Count == 0 && !isPaused))
            {
                while (told.Reader.TryRead(out var item))
                    scene.Take(item);
                drawing.UpdateTarget(Picture());
                drawing.Refresh();
                await Task.Delay(Every, session.Clock, stop);
            }

            await turn.CancelAsync();
            await Ended(reading, turn.Token);
        }
    }

    private async Task Read(ChannelWriter<ReplayItem> told, CancellationToken turn)
    {
        await foreach (var item in session.Door.Incidents.Replay(wish, scene.Last, session.Clock, turn))
            told.TryWrite(item);
        told.TryWrite(new ReplayItem(scene.Last ?? "", "end", new ReplayClock(scene.Clock, 0, 0, 0)));
    }

    private static async Task Ended(Task reading, CancellationToken turn)
    {
        try
        {
            await reading;
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            // Left on purpose; what it had told is on the stage.
        }
    }

    // Whether a key changed how it is watched.
    private bool Pressed()
    {
        if (Console.IsInputRedirected || !Console.KeyAvailable)
            return false;
        switch (Console.ReadKey(intercept: true).KeyChar)
        {
            case ' ':
                isPaused = !isPaused;
                return true;
            case '+':
                wish = wish with { Speed = Speeds.FirstOrDefault(one => one > wish.Speed, Speeds[^1]) };
                return true;
            case '-':
                wish = wish with { Speed = Speeds.LastOrDefault(one => one < wish.Speed, Speeds[0]) };
                return true;
            case 'q' or 'Q':
                isLeft = true;
                return true;
            default:
                return false;
        }
    }

    private Spectre.Console.Rendering.IRenderable Picture() =>
        ReplayPictures.Stage(scene, wish, isPaused, session.Screen.Profile.Width, session.Screen.Profile.Height);
}
