using Spectre.Console;
using Steady.Client;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>What went wrong, on standard error: the sentence, what is wrong where, and what to quote.</summary>
public sealed class Complaints(IAnsiConsole screen)
{
    public int About(ProblemException problem)
    {
        if (problem.Mistakes.Count > 0)
            About(problem.Query ?? "", problem.Mistakes);
        else
            About(problem.Detail, Exit.Of(problem));
        foreach (var finding in problem.Findings)
        {
            var place = finding.Line is { } line ? $"{finding.Path} (line {line})" : finding.Path;
            screen.Line($"  [yellow]{(place.Length > 0 ? place : "document")}[/]: {Sentence(finding)}");
        }

        var trace = problem.TraceId is { } id ? $", trace {id}" : "";
        screen.Line($"[dim]code {problem.Code}{trace}[/]");
        return Exit.Of(problem);
    }

    // Each mistake under the letters that it is about.
    private void About(string query, IReadOnlyList<QueryMistake> mistakes)
    {
        var lines = query.Split('\n');
        foreach (var mistake in mistakes)
        {
            var line = lines.ElementAtOrDefault(mistake.Line - 1)?.Replace('\t', ' ').TrimEnd() ?? "";
            var place = mistakes.Count > 1 || lines.Length > 1 ? $"line {mistake.Line}, column {mistake.Column}: " : "";
            screen.Line($"[red]error:[/] {place}{mistake.Message}");
            screen.Line($"  {line}");
            screen.Line($"  {new string(' ', mistake.Column - 1)}[yellow]{new string('^', Carets(mistake, line))}[/]");
            if (mistake.Expected.Count > 0)
                screen.Line($"  [dim]expected: {string.Join(", ", mistake.Expected)}[/]");
        }
    }

    private static int Carets(QueryMistake mistake, string line) =>
        Math.Max(1, Math.Min(mistake.Length, line.Length - mistake.Column + 1));

    public int About(string sentence, int exit)
    {
        screen.Line($"[red]error:[/] {sentence}");
        return exit;
    }

    public void Hint(string command) => screen.Line($"[dim]`{command}` tells more.[/]");

    private static string Sentence(Finding finding) =>
        finding.Accepted is { Length: > 0 } accepted ? $"{finding.Message} Accepted: {accepted}" : finding.Message;
}
