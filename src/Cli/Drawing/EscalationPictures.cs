using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>Escalations and pages, for people.</summary>
internal static class EscalationPictures
{
    public static void List(IAnsiConsole screen, Page<EscalationPolicyView> page, DateTimeOffset now)
    {
        if (page.Items.Count == 0)
        {
            screen.Line(
                $"[red]There is no policy: nobody is paged.[/] [dim]`steady escalation apply NAME -f FILE` makes one.[/]"
            );
            return;
        }

        var table = Screens.Table("POLICY", "SERVICES", "STEPS", "ROUNDS", "ACKNOWLEDGED FOR");
        foreach (var one in page.Items)
            table.AddRow(
                Screens.Cell($"[bold]{one.Name}[/]"),
                Screens.Cell($"{Services(one)}"),
                Screens.Cell($"{one.Steps.Count}"),
                Screens.Cell($"{one.Repeat + 1}"),
                Screens.Cell($"{Acknowledged(one)}")
            );
        screen.Write(table);
    }

    public static void Policy(IAnsiConsole screen, EscalationPolicyView policy, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{policy.Name}[/]  [dim]version {policy.Version}, {policy.SetBy} {Words.Ago(policy.SetAt, now)}: {policy.Reason}[/]"
        );
        screen.Line($"For {Services(policy)}.");
        var table = Screens.Table(">STEP", "PAGES", "THEN WAITS", "WHEN");
        for (var i = 0; i < policy.Steps.Count; i++)
            table.AddRow(
                Screens.Cell($"{i + 1}"),
                Screens.Cell($"{string.Join(", ", policy.Steps[i].Notify.Select(Target))}"),
                Screens.Cell($"{policy.Steps[i].WaitMinutes} min"),
                Screens.Cell($"[dim]{When(policy.Steps[i].When)}[/]")
            );
        screen.Write(table);
        screen.Line(
            $"[dim]{(policy.Repeat == 0 ? "Gone through once" : $"Gone through {policy.Repeat + 1} times")}; an acknowledgement holds {Acknowledged(policy)}.[/]"
        );
    }

    public static void Preview(IAnsiConsole screen, EscalationPreview preview, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{preview.Policy}[/] for a {Words.Name(preview.Severity)} that nobody takes, from {Moment(preview.At)} UTC:"
        );
        var table = Screens.Table(">AFTER", "STEP", "PAGES", "OVER", "ON CALL IN");
        foreach (var call in preview.Calls)
            table.AddRow(
                Screens.Cell($"{(int)(call.At - preview.At).TotalMinutes} min"),
                Screens.Cell($"{call.Step}{(call.Round > 1 ? $", round {call.Round}" : "")}"),
                Screens.Cell($"[bold]{call.Person}[/]"),
                Screens.Cell($"{call.Channel}"),
                Screens.Cell($"[dim]{call.Because ?? "–"}[/]")
            );
        if (preview.Calls.Count > 0)
            screen.Write(table);
        foreach (var gap in preview.Unreachable)
            screen.Line($"[red]Reaches nobody: {gap}.[/]");
        screen.Line(
            preview.Calls.Count == 0
                ? (FormattableString)$"[red]Nobody would be paged.[/]"
                : $"[dim]After {(int)(preview.ExhaustedAt - preview.At).TotalMinutes} min nobody is left to page.[/]"
        );
    }

    public static void Of(IAnsiConsole screen, EscalationView view, DateTimeOffset now)
    {
        screen.Write(
            view.Status switch
            {
                EscalationStatus.Running when view.NextAt is { } next && next > now => Screens.Cell(
                    $"[yellow]Nobody has taken it.[/] The next step of {view.Policy} comes in {Words.Length(next - now)}."
                ),
                EscalationStatus.Running => Screens.Styled(
                    "[yellow]Nobody has taken it.[/] The next step is on its way."
                ),
                EscalationStatus.Stopped => Screens.Styled("[green]No more paging: somebody has it, or it is over.[/]"),
                EscalationStatus.Exhausted => Screens.Styled(
                    "[red]Nobody is left to page, and nobody has taken it.[/]"
                ),
                _ => Screens.Styled("[red]Nobody is paged: no policy is for its service.[/]"),
            }
        );
        screen.WriteLine();
        if (view.Pages.Count > 0)
            screen.Write(Table(view.Pages));
    }

    public static void Pages(IAnsiConsole screen, Page<PageView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
            screen.Write(Table(page.Items));
        screen.Tail(page.Items.Count, page.Next, "Nobody was paged.");
    }

    public static void Contacts(IAnsiConsole screen, Page<ContactView> page, DateTimeOffset now)
    {
        var table = Screens.Table("CONTACT", "IS PAGED OVER");
        foreach (var one in page.Items)
            table.AddRow(
                Screens.Cell($"[bold]{one.Name}[/]"),
                one.Channels.Count == 0
                    ? Screens.Styled("[red]nothing[/]")
                    : Screens.Cell($"{string.Join(", ", one.Channels.Select(channel => channel.Name))}")
            );
        if (page.Items.Count > 0)
            screen.Write(table);
        screen.Tail(page.Items.Count, page.Next, "There is no contact. `steady contact apply NAME -f FILE` makes one.");
    }

    public static void Contact(IAnsiConsole screen, ContactView contact, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{contact.Name}[/]  [dim]version {contact.Version}, {contact.SetBy} {Words.Ago(contact.SetAt, now)}: {contact.Reason}[/]"
        );
        if (contact.Channels.Count == 0)
            screen.Line($"[red]Is not paged at all.[/]");
        var table = Screens.Table("CHANNEL", "KIND", "TO", "AFTER");
        foreach (var one in contact.Channels)
            table.AddRow(
                Screens.Cell($"{one.Name}"),
                Screens.Cell($"{one.Kind.ToString().ToLowerInvariant()}"),
                one.IsOff
                    ? Screens.Styled("[red]gone: its receiver answered 410[/]")
                    : Screens.Cell($"{one.Hint ?? "–"}"),
                Screens.Cell($"{(one.AfterMinutes == 0 ? "at once" : $"{one.AfterMinutes} min")}")
            );
        if (contact.Channels.Count > 0)
            screen.Write(table);
    }

    public static void Tested(IAnsiConsole screen, PageView page, DateTimeOffset now) =>
        screen.Line(
            page.Status switch
            {
                PageStatus.Delivered => (FormattableString)
                    $"[green]{page.Person} was reached over {page.Channel}:[/] {page.Result}.",
                PageStatus.Waiting =>
                    $"[yellow]{page.Person} was not reached over {page.Channel} yet:[/] {page.Result ?? "no answer so far"}. It is tried again.",
                _ => $"[red]{page.Person} was not reached over {page.Channel}:[/] {page.Result}.",
            }
        );

    private static Table Table(IReadOnlyList<PageView> pages)
    {
        var table = Screens.Table("AT (UTC)", "WHO", "OVER", "BECAME", "BECAUSE");
        foreach (var page in pages)
            table.AddRow(
                Screens.Cell($"{Moment(page.RequestedAt)}"),
                Screens.Cell($"[bold]{page.Person}[/]"),
                Screens.Cell($"{page.Channel}"),
                Became(page),
                Screens.Cell($"[dim]{page.Because}[/]")
            );
        return table;
    }

    private static IRenderable Became(PageView page) =>
        page.Status switch
        {
            PageStatus.Delivered => Screens.Cell($"[green]delivered[/] [dim]{page.Result}[/]"),
            PageStatus.Failed => Screens.Cell($"[red]failed[/] {page.Result}"),
            PageStatus.Dropped => Screens.Cell($"[dim]dropped: {page.Result}[/]"),
            _ => Screens.Cell($"[yellow]waiting[/] [dim]{page.Result}[/]"),
        };

    private static string Services(EscalationPolicyView policy) =>
        string.Join(", ", policy.Services.Select(one => one == "*" ? "everything else" : one));

    private static string Acknowledged(EscalationPolicyView policy) =>
        policy.AcknowledgedForMinutes is { } minutes ? $"{minutes} min" : "for good";

    private static string Target(EscalationTarget target) => target.Contact ?? $"who is on call in {target.Schedule}";

    private static string When(StepCondition? when)
    {
        if (when is null)
            return "always";
        var all = new List<string>();
        if (when.Severities is { } severities)
            all.Add(string.Join(" or ", severities.Select(Words.Name)));
        if (when.Hours is { } hours)
            all.Add(
                $"{string.Join("; ", hours.Select(one => $"{string.Join(" ", one.Days.Select(day => day.ToString()[..3]))} {one.From}–{one.To}"))} {when.TimeZone}"
            );
        if (when.BurnAtLeast is { } burn)
            all.Add($"burns {burn.ToString("0.##", CultureInfo.InvariantCulture)}x or more");
        return string.Join(", ", all);
    }

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
