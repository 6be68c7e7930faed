using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady gate policy</c>: what gates decide by, as documents.</summary>
internal static class PolicyCommands
{
    public static Command Create(Shell shell) =>
        new("policy", "What gates decide by, as documents.") { Apply(shell), Lint(shell), Retire(shell), List(shell) };

    private static Command Apply(Shell shell)
    {
        var file = Inputs.File();
        var command = new Command("apply", "Change a policy to what a document says.") { file };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var path = given.GetRequiredValue(file);
                var (document, type) = (Documents.Read(path), Documents.MediaType(path));
                // The document says its name itself; the service reads it.
                var lint = await session.Door.Gates.Lint(document, type, stop);
                if (lint.Name is not { } name || lint.Findings.Count > 0)
                    return session.Show(lint, GatePictures.Lint, Exit.Usage);
                return session.Show(await session.Door.Gates.Apply(name, document, type, stop), GatePictures.Policy);
            }
        );
        return command;
    }

    private static Command Lint(Shell shell)
    {
        var file = Inputs.File();
        var command = new Command("lint", "Say what is wrong with a policy: exits 0 when nothing is, 1 otherwise.")
        {
            file,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var path = given.GetRequiredValue(file);
                var lint = await session.Door.Gates.Lint(Documents.Read(path), Documents.MediaType(path), stop);
                return session.Show(lint, GatePictures.Lint, lint.Findings.Count == 0 ? Exit.Done : Exit.Refused);
            }
        );
        return command;
    }

    private static Command Retire(Shell shell)
    {
        var name = new Argument<string>("policy") { Description = "The policy, by name." };
        var command = new Command("retire", "End a policy; it decides nothing any more, its revisions stay.") { name };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await session.Door.Gates.Retire(given.GetRequiredValue(name), stop);
                var policy = await session.Door.Gates.Policy(given.GetRequiredValue(name), stop);
                return session.Show(policy, GatePictures.Policy);
            }
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "All policies, by name.") { limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Gates.Policies(given.GetValue(limit), given.GetValue(after), stop),
                    GatePictures.Policies
                )
        );
        return command;
    }
}
