using Spectre.Console;
using Steady.Client;

namespace Steady.Cli.Drawing;

/// <summary>What went wrong, on standard error: the sentence, what is wrong where, and what to quote.</summary>
public sealed class Complaints(IAnsiConsole screen)
{
    public int About(ProblemException problem)
    {
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

    public int About(string sentence, int exit)
    {
        screen.Line($"[red]error:[/] {sentence}");
        return exit;
    }

    public void Hint(string command) => screen.Line($"[dim]`{command}` tells more.[/]");

    private static string Sentence(Finding finding) =>
        finding.Accepted is { Length: > 0 } accepted ? $"{finding.Message} Accepted: {accepted}" : finding.Message;
}
