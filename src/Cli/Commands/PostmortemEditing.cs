using System.CommandLine;
using System.Diagnostics;
using Steady.Cli.Drawing;
using Steady.Client;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady postmortem edit</c>: a section in the editor of whoever writes it.</summary>
internal static class PostmortemEditing
{
    public static Command Edit(Shell shell, Func<Option<PostmortemSection>> sections)
    {
        var (incident, section) = (Inputs.Incident(), sections());
        var command = new Command("edit", "Write a section in your editor (EDITOR, else vi).") { incident, section };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var (name, which) = (given.GetRequiredValue(incident), given.GetRequiredValue(section));
                var stands = (await session.Door.Postmortems.Get(name, stop)).Sections.Single(one =>
                    one.Section == which
                );
                var file = Path.Combine(
                    Path.GetTempPath(),
                    $"steady-{Guid.CreateVersion7(shell.Clock.GetUtcNow()):N}.md"
                );
                await File.WriteAllTextAsync(file, stands.Text, stop);
                await Open(shell, file, stop);
                var text = new WriteSection(await File.ReadAllTextAsync(file, stop), stands.Version);
                try
                {
                    await session.Door.Postmortems.Write(name, PostmortemPictures.Word(which), text, stop);
                }
                catch (ProblemException refused)
                {
                    // What somebody wrote is not lost because somebody else was faster.
                    throw new MistakeException($"{refused.Detail} Your text is in {file}.", Exit.Of(refused));
                }

                File.Delete(file);
                return session.Show(await session.Door.Postmortems.Get(name, stop), PostmortemPictures.Page);
            }
        );
        return command;
    }

    private static async Task Open(Shell shell, string file, CancellationToken stop)
    {
        var editor = (shell.Variable("EDITOR") ?? "vi").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(editor[0], [.. editor[1..], file]))!;
            await process.WaitForExitAsync(stop);
            if (process.ExitCode != 0)
                throw new MistakeException(
                    $"The editor ended with {process.ExitCode}; nothing was written. Your text is in {file}."
                );
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new MistakeException(
                $"'{editor[0]}' cannot be started: {failure.Message} Set EDITOR, or use `postmortem section`."
            );
        }
    }
}
