using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady postmortem story</c>, <c>tell</c>, <c>leave-out</c>: what of a timeline matters, in people's words.</summary>
internal static class StoryCommands
{
    public static Command Show(Shell shell)
    {
        var incident = Inputs.Incident();
        var command = new Command("story", "The key moments of an incident, with what people say of them.")
        {
            incident,
        };
        shell.Handle(command, (given, session, stop) => Show(session, given.GetRequiredValue(incident), stop));
        return command;
    }

    public static Command Tell(Shell shell)
    {
        var (incident, entry) = (Inputs.Incident(), Entry());
        var text = Inputs.Optional("--text", "What you say of it; empty takes the words away.", "text");
        var command = new Command("tell", "Take an entry of the timeline into the story, or write its words.")
        {
            incident,
            entry,
            text,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(incident);
                var told = new TellMoment(given.GetValue(text));
                await session.Door.Postmortems.Tell(name, given.GetRequiredValue(entry), told, stop);
                return await Show(session, name, stop);
            }
        );
        return command;
    }

    public static Command LeaveOut(Shell shell)
    {
        var (incident, entry) = (Inputs.Incident(), Entry());
        var command = new Command("leave-out", "Take an entry out of the story; on the timeline it stays.")
        {
            incident,
            entry,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(incident);
                await session.Door.Postmortems.LeaveOut(name, given.GetRequiredValue(entry), stop);
                return await Show(session, name, stop);
            }
        );
        return command;
    }

    private static Argument<Guid> Entry() =>
        Inputs.Id("entry", "The entry, by its id.", "`steady timeline --json` gives the ids of entries.");

    private static async Task<int> Show(Session session, string incident, CancellationToken stop) =>
        session.Show(await session.Door.Postmortems.Story(incident, stop), PostmortemPictures.Story);
}
