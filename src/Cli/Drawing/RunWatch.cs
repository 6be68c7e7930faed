using Spectre.Console;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Drawing;

/// <summary>
/// Follows a run until it is over: a picture drawn over itself on a terminal, one line per change elsewhere, and one line of
/// JSON per change with <c>--json</c>.
/// </summary>
internal sealed class RunWatch(Session session)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    public async Task Follow(Guid id, CancellationToken stop)
    {
        var run = await session.Door.Experiments.Run(id, stop);
        if (session.Json || !session.Screen.IsLive())
        {
            await Lines(run, stop);
            return;
        }

        await session
            .Screen.Live(RunPictures.Picture(run, session.Now))
            .StartAsync(async drawing =>
            {
                await foreach (var seen in Versions(run, stop))
                {
                    drawing.UpdateTarget(RunPictures.Picture(seen, session.Now));
                    drawing.Refresh();
                }
            });
    }

    private async Task Lines(RunView first, CancellationToken stop)
    {
        string? said = null;
        await foreach (var run in Versions(first, stop))
        {
            var line = RunLines.Of(run);
            if (line == said)
                continue;
            said = line;
            if (session.Json)
                session.Print(run);
            else
                session.Screen.Line($"{Words.Clock(session.Now)}  {line}");
        }
    }

    // What is seen now and every half second; the last one is the end.
    private async IAsyncEnumerable<RunView> Versions(
        RunView run,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop
    )
    {
        yield return run;
        while (!Words.Ended(run.State))
        {
            await Task.Delay(Every, session.Clock, stop);
            run = await session.Door.Experiments.Run(run.Id, stop);
            yield return run;
        }
    }
}

/// <summary>Where a run stands, in one line without its running figures: two equal lines are no change.</summary>
public static class RunLines
{
    public static string Of(RunView run)
    {
        var parts = new List<string> { Words.Name(run.State) };
        if (!Words.Ended(run.State) && run.Rungs.Count > 0)
            parts.Add(Of(run.Rungs[^1], run.RungCount));
        parts.Add(run.FaultsLive == 1 ? "1 fault live" : $"{run.FaultsLive} faults live");
        if (run.Finding is { } finding)
            parts.Add(finding);
        if (run.Reason is { } reason)
            parts.Add(reason);
        return string.Join("; ", parts.Select(part => part.TrimEnd('.')));
    }

    private static string Of(RungResult rung, int count)
    {
        var place = $"rung {rung.Number}/{count} {Words.Strength(rung.Rung)}";
        return rung.Held switch
        {
            true => $"{place} held ({rung.Good} good, {rung.Bad} bad)",
            false => $"{place} broke ({rung.Good} good, {rung.Bad} bad)",
            _ => rung.EffectVerified ? $"{place} live" : place,
        };
    }
}
