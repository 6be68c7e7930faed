using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Drawing;

/// <summary>How policies, overrides, adjustments and deployments look on a terminal.</summary>
internal static class GatePictures
{
    public static void Override(IAnsiConsole screen, GateAnswer answer, DateTimeOffset now)
    {
        var (decision, given) = (answer.Data, answer.Data.Override!);
        var what = $"{$"{decision.Action}".ToLowerInvariant()} of {decision.Ref} to {decision.Environment}";
        if (given.ApprovedBy is { } second)
        {
            screen.Line($"[green]✓[/] {what} is allowed until {given.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm}Z");
            screen.Line($"  proposed by {given.ProposedBy}, approved by {second}: {given.Reason}");
            return;
        }

        screen.Line($"[yellow]◐[/] {what}: proposed by {given.ProposedBy}, waits for a second person");
        screen.Line($"[dim]`steady gate approve {decision.DecisionId}` approves it[/]");
    }

    public static void Decisions(IAnsiConsole screen, Page<GateDecision> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("DECISION", "ANSWER", "WHAT", "ABOUT", "WHERE", "BY", "ASKED");
            foreach (var one in page.Items)
                table.AddRow(
                    Screens.Cell($"{one.DecisionId}"),
                    Screens.Cell($"{$"{one.Decision}".ToLowerInvariant()}"),
                    Screens.Cell($"{$"{one.Action}".ToLowerInvariant()}"),
                    Screens.Cell($"{one.Ref}"),
                    Screens.Cell($"{one.Environment}"),
                    Screens.Cell($"{one.Policy ?? "built-in"}"),
                    Screens.Cell($"{Words.Ago(one.At, now)}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "Nobody has asked this gate.");
    }

    public static void Lint(IAnsiConsole screen, PolicyLint lint, DateTimeOffset now)
    {
        if (lint.Findings.Count == 0)
            screen.Line($"[green]✓ valid[/]");
        else
            screen.Line($"[red]✕ invalid[/]");
        foreach (var finding in lint.Findings)
        {
            var place = finding.Path.Length > 0 ? finding.Path : "document";
            screen.Line($"[yellow]{place}[/]{(finding.Line is { } line ? $" (line {line})" : "")}: {finding.Message}");
            screen.Line($"  [dim]{finding.Accepted}[/]");
        }
    }

    public static void Policy(IAnsiConsole screen, GatePolicyView policy, DateTimeOffset now)
    {
        var what = policy.Retired ? "is retired and decides nothing" : "decides";
        screen.Line($"[green]✓[/] [bold]{policy.Name}@{policy.Revision}[/] {what}");
        screen.Line(
            $"[dim]{policy.Terms.Rules.Count} rules, {policy.Terms.Freezes.Count} freezes; services {string.Join(", ", policy.Terms.Services)}; environments {string.Join(", ", policy.Terms.Environments)}[/]"
        );
    }

    public static void Policies(IAnsiConsole screen, Page<GatePolicyView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("POLICY", ">REVISION", "SERVICES", "ENVIRONMENTS", ">RULES", "CHANGED");
            foreach (var policy in page.Items)
                table.AddRow(
                    Screens.Cell($"[bold]{policy.Name}[/]{(policy.Retired ? " (retired)" : "")}"),
                    Screens.Cell($"{policy.Revision}"),
                    Screens.Cell($"{string.Join(", ", policy.Terms.Services)}"),
                    Screens.Cell($"{string.Join(", ", policy.Terms.Environments)}"),
                    Screens.Cell($"{policy.Terms.Rules.Count}"),
                    Screens.Cell($"{Words.Ago(policy.At, now)}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "No policy: the built-in rules decide.");
    }

    public static void Adjustment(IAnsiConsole screen, AdjustmentView one, DateTimeOffset now)
    {
        screen.Write(Mark(one.State));
        screen.Line($"  {one.Objective}: {Period(one)}, {Category(one)}");
        if (one.State == AdjustmentState.Proposed)
            screen.Line($"[dim]`steady adjustment approve {one.Objective} {one.Id}` approves it[/]");
    }

    public static void Adjustments(IAnsiConsole screen, Page<AdjustmentView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("ADJUSTMENT", "STATE", "PERIOD", "CATEGORY", "PROPOSED", "APPROVED", "REASON");
            foreach (var one in page.Items)
                table.AddRow(
                    Screens.Cell($"{one.Id}"),
                    Mark(one.State),
                    Screens.Cell($"{Period(one)}"),
                    Screens.Cell($"{Category(one)}"),
                    Screens.Cell($"{one.ProposedBy}"),
                    Screens.Cell($"{one.ApprovedBy ?? "–"}"),
                    Screens.Cell($"{one.Reason}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "No adjustment: every period counts.");
    }

    public static void Deployed(IAnsiConsole screen, DeployView deploy, DateTimeOffset now)
    {
        var what = deploy.Rollback ? "back" : "out";
        screen.Line($"[green]✓[/] [bold]{deploy.Service} {deploy.Ref}[/] went {what} to {deploy.Environment}");
        screen.Line(
            $"[dim]{deploy.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, felt by {string.Join(", ", deploy.Affects)}[/]"
        );
    }

    public static void Deploys(IAnsiConsole screen, Page<DeployView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("SERVICE", "WHAT", "WHERE", "CLASS", "TEAM", "FELT BY", "WENT OUT");
            foreach (var one in page.Items)
                table.AddRow(
                    Screens.Cell($"[bold]{one.Service}[/]"),
                    Screens.Cell($"{one.Ref}{(one.Rollback ? " (back)" : "")}"),
                    Screens.Cell($"{one.Environment}"),
                    Screens.Cell($"{one.Class}"),
                    Screens.Cell($"{one.Team ?? "–"}"),
                    Screens.Cell($"{string.Join(", ", one.Affects)}"),
                    Screens.Cell($"{Words.Ago(one.At, now)}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "Nothing went out. `steady deploy record` tells of it.");
    }

    private static string Period(AdjustmentView one) =>
        $"{one.From.UtcDateTime:yyyy-MM-dd HH:mm}Z for {Words.Length(one.To - one.From)}";

    private static string Category(AdjustmentView one) =>
        string.Concat(
                $"{one.Category}".Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{letter}" : $"{letter}")
            )
            .ToLowerInvariant();

    private static Markup Mark(AdjustmentState state) =>
        Screens.Styled(
            state switch
            {
                AdjustmentState.Proposed => "[yellow]◐ proposed[/]",
                AdjustmentState.Approved => "[green]✓ approved[/]",
                _ => "[dim]○ revoked[/]",
            }
        );
}
