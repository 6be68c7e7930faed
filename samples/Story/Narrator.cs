using System.Globalization;
using Spectre.Console;
using Steady.Client;

namespace Steady.Story;

/// <summary>One part of the story: what it is called and what happens in it.</summary>
public sealed record Chapter(string Title, Func<Narrator, CancellationToken, Task> Play);

/// <summary>The story did not go as it should.</summary>
public sealed class NotSeenException(string sentence) : Exception(sentence);

/// <summary>Tells a story step by step, with what was seen, and says in the end whether all of it happened.</summary>
public sealed class Narrator(TimeProvider clock)
{
    // In a file every line is whole.
    private const int NeverWrapped = 10_000;

    private readonly long started = clock.GetTimestamp();

    /// <summary>0 when every chapter went through, else 1.</summary>
    public async Task<int> Tell(IReadOnlyList<Chapter> chapters, CancellationToken stop)
    {
        if (!AnsiConsole.Profile.Out.IsTerminal)
            AnsiConsole.Profile.Width = NeverWrapped;
        foreach (var (number, chapter) in chapters.Index())
        {
            Line($"\n[bold]{number + 1}  {chapter.Title}[/]");
            try
            {
                await chapter.Play(this, stop);
            }
            catch (Exception failure) when (failure is NotSeenException or ProblemException or HttpRequestException)
            {
                Step($"   [red]✕[/] [dim]{Elapsed()}[/]", failure.Message);
                Line($"\n[red]The story broke in chapter {number + 1}, after {Elapsed()}.[/]");
                return 1;
            }
        }

        Line($"\n[green]All {chapters.Count} chapters happened, in {Elapsed()}.[/]");
        return 0;
    }

    /// <summary>Something that was seen.</summary>
    public void Saw(FormattableString what) =>
        Step($"   [green]✓[/] [dim]{Elapsed()}[/]", what.ToString(CultureInfo.InvariantCulture));

    /// <summary>Something that must be so, or the story ends here.</summary>
    public void Expect(bool seen, FormattableString what)
    {
        if (!seen)
            throw new NotSeenException($"Not seen: {what.ToString(CultureInfo.InvariantCulture)}");
        Saw(what);
    }

    /// <summary>Asks again and again until the answer is right.</summary>
    public async Task<T> Until<T>(
        string what,
        Func<Task<T>> ask,
        Func<T, bool> right,
        TimeSpan patience,
        CancellationToken stop
    )
    {
        var begun = clock.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (right(answer))
                return answer;
            if (clock.GetElapsedTime(begun) > patience)
                throw new NotSeenException(
                    $"Waited {patience.TotalSeconds:F0} s in vain until {what}. The last answer was: {Words(answer)}"
                );
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, stop);
        }
    }

    private static string Words<T>(T answer) =>
        answer is IEnumerable<string> names ? string.Join(", ", names) : $"{answer}";

    private static void Line(FormattableString markup)
    {
        AnsiConsole.Write(Markup.FromInterpolated(CultureInfo.InvariantCulture, markup));
        AnsiConsole.WriteLine();
    }

    // The rest of a long line stands below its beginning, not below the mark.
    private static void Step(FormattableString mark, string text)
    {
        var row = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().PadRight(0));
        AnsiConsole.Write(row.AddRow(Markup.FromInterpolated(CultureInfo.InvariantCulture, mark), new Text(text)));
    }

    private string Elapsed() => clock.GetElapsedTime(started).ToString(@"m\:ss\.f", CultureInfo.InvariantCulture);
}
