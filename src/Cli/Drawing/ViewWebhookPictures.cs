using Spectre.Console;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>How the webhook of a kept query looks on a terminal.</summary>
internal static class ViewWebhookPictures
{
    public static void State(IAnsiConsole screen, ViewWebhookState state, DateTimeOffset now)
    {
        screen.Line($"[bold]{state.View}[/]  {Mark(state)}  [dim]to {state.Host}[/]");
        screen.Facts(
            ("set", Screens.Cell($"{Words.Full(state.At)} by {state.By}")),
            ("at once", Screens.Cell($"{state.Batch} at most")),
            (
                "delivered",
                state.DeliveredAt is { } at
                    ? Screens.Cell($"{Words.Number(state.Delivered)}, the last {Words.Ago(at, now)}")
                    : Screens.Cell($"[dim]nothing yet[/]")
            ),
            (
                "failing",
                state.FailingSince is { } since
                    ? Screens.Cell($"[yellow]since {Words.Ago(since, now)}, tried {state.Attempts} times[/]")
                    : null
            ),
            ("again", state.NextAt is { } next ? Screens.Cell($"{Words.Ago(next, now)}") : null),
            ("answered", state.Said is { } said ? Screens.Cell($"{said}") : null),
            ("off", state.Off is { } off ? Screens.Cell($"[red]{off}[/]") : null)
        );
    }

    public static void Test(IAnsiConsole screen, ViewWebhookTest test, DateTimeOffset now) =>
        screen.Line(
            $"[bold]{test.View}[/]  {(test.Taken ? "✓ taken" : "✕ not taken")}  [dim]by {test.Host}: {test.Said}[/]"
        );

    private static string Mark(ViewWebhookState state) =>
        state.Off is not null ? "■ off"
        : state.FailingSince is not null ? "▲ failing"
        : "✓ on";
}
