using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady alert</c>: what monitoring systems sent, and what becomes of it.</summary>
internal static class AlertCommands
{
    public static Command Create(Shell shell) =>
        new("alert", "Alerts: what monitoring systems sent, and what becomes of it.")
        {
            List(shell),
            SilenceCommands.Create(shell),
            new Command("routes", "What becomes of alerts.") { Show(shell), Apply(shell) },
            GroupingCommands.Create(shell),
        };

    private static Command List(Shell shell)
    {
        var all = new Option<bool>("--all") { Description = "Also those that are over." };
        var service = Inputs.Optional("--service", "Only those of this service.", "service");
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "Alerts that fire, newest first.") { all, service, limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Alerts(
                        given.GetValue(all) ? null : "firing",
                        given.GetValue(service),
                        given.GetValue(limit),
                        given.GetValue(after),
                        stop
                    ),
                    AlertPictures.List
                )
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var command = new Command("show", "The routes: the first that matches an alert decides.");
        shell.Handle(
            command,
            async (_, session, stop) =>
                session.Show(await session.Door.Incidents.AlertRoutes(stop), AlertPictures.Routes)
        );
        return command;
    }

    private static Command Apply(Shell shell)
    {
        var file = Inputs.File();
        var command = new Command("apply", "Set the routes to what a document says, as a whole.") { file };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await session.Door.Incidents.SetAlertRoutes(
                    Documents.Read<SetAlertRoutes>(given.GetRequiredValue(file), "document of routes"),
                    stop: stop
                );
                return session.Show(await session.Door.Incidents.AlertRoutes(stop), AlertPictures.Routes);
            }
        );
        return command;
    }
}
