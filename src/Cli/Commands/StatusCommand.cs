using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady status</c>: what customers see.</summary>
internal static class StatusCommand
{
    public static Command Create(Shell shell)
    {
        var command = new Command("status", "What customers see on the public status page.");
        shell.Handle(
            command,
            async (_, session, stop) => session.Show(await session.Door.Catalog.Status(stop), StatusPictures.Page)
        );
        return command;
    }
}
