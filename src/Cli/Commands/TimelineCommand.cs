using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady timeline</c>: what happened around an incident, from all services.</summary>
internal static class TimelineCommand
{
    public static Command Create(Shell shell)
    {
        var incident = Inputs.Incident();
        var knownAt = Inputs.Moment("--known-at", "As it was known then; now when absent.", shell);
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("timeline", "What happened around an incident, oldest first.")
        {
            incident,
            knownAt,
            limit,
            after,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var incidents = session.Door.Incidents;
                var subject = await incidents.Get(given.GetRequiredValue(incident), stop);
                var known = given.GetValue(knownAt);
                var page = await incidents.Timeline(
                    $"{subject.Id}",
                    known,
                    given.GetValue(limit),
                    given.GetValue(after),
                    stop
                );
                return session.Show(
                    page,
                    (screen, entries, now) =>
                    {
                        IncidentPictures.Headline(screen, subject);
                        TimelinePictures.Entries(screen, entries, known);
                    }
                );
            }
        );
        return command;
    }
}
