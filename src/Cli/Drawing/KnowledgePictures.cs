using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>What was true, known and told, for people.</summary>
internal static class KnowledgePictures
{
    public static void Gap(IAnsiConsole screen, KnowledgeGap gap, DateTimeOffset now)
    {
        if (gap.KnownAt is { } then)
            screen.Line($"[yellow]As it was known at {Words.Full(then)}.[/]");
        var table = Screens.Table("TRUE FROM", ">KNOWN", ">COLLEAGUES", ">CUSTOMERS", "WHAT");
        foreach (var fact in gap.Facts)
            table.AddRow(
                Screens.Cell($"{Words.Full(fact.TrueFrom)}"),
                After(fact.TrueFrom, fact.KnownFrom),
                After(fact.TrueFrom, fact.ColleaguesFrom),
                After(fact.TrueFrom, fact.CustomersFrom),
                Screens.Cell($"{fact.Text}{(fact.Retold.Count > 0 ? $" (told {fact.Retold.Count + 1} times)" : "")}")
            );
        screen.Write(table);
        if (gap.FirstToldCustomersSeconds is { } heard)
            screen.Line($"Customers first heard of it after {Words.Length(TimeSpan.FromSeconds(heard))}.");
        else if (gap.Facts.Count > 0)
            screen.Line($"[yellow]Customers have not been told.[/]");
        if (gap.LongestUnknownSeconds is { } unknown)
            screen.Line(
                $"[dim]The longest that anything was true and not recorded: {Words.Length(TimeSpan.FromSeconds(unknown))}.[/]"
            );
        AnalysisPictures.Part(screen, gap.Whole);
    }

    public static void Seen(IAnsiConsole screen, Page<SeenEntry> page, DateTimeOffset now)
    {
        var table = Screens.Table("SEEN", "WHAT", "HOW");
        foreach (var one in page.Items)
            table.AddRow(
                Screens.Cell($"{Words.Full(one.SeenFrom)}"),
                Screens.Cell($"{one.Entry.Text}"),
                Screens.Cell($"[dim]{one.Why}[/]")
            );
        screen.Write(table);
        screen.Tail(page.Items.Count, page.Next, "Nothing of it had been seen.");
    }

    public static void State(IAnsiConsole screen, IncidentState state, DateTimeOffset now)
    {
        screen.Line($"At [bold]{Words.Full(state.At)}[/] [dim]as it was known at {Words.Full(state.KnownAt)}[/]");
        screen.Facts(
            ("Status", state.Status is { } status ? Words.Mark(status) : Screens.Cell($"[dim]not declared[/]")),
            ("Severity", state.Severity is { } severity ? Words.Mark(severity) : null),
            ("Mitigated", Screens.Cell($"{(state.MitigatedAt is { } at ? $"since {Words.Full(at)}" : "no")}")),
            ("Entries", Screens.Cell($"{state.Entries}"))
        );
        foreach (var role in state.Roles)
            screen.Line($"{role.Role}: {role.Person} [dim]since {Words.Clock(role.Since)}[/]");
        foreach (var (what, said) in state.Told)
            screen.Line($"[dim]told:[/] {what} {said}");
        foreach (var task in state.OpenTasks)
            screen.Line($"Task {task.Number}{(task.Owner is { } owner ? $" of {owner}" : "")}: {task.Text}");
        foreach (var missed in state.MissedForecasts)
            screen.Line($"[yellow]▲[/] {missed.Explanation}");
    }

    private static Markup After(DateTimeOffset from, DateTimeOffset? at) =>
        at is not { } moment ? Screens.Cell($"[yellow]never[/]")
        : moment - from < TimeSpan.FromSeconds(1) ? Screens.Cell($"at once")
        : Screens.Cell($"+{Words.Length(moment - from)}");
}
