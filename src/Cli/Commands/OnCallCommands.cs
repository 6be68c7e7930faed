using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady oncall</c>: who is on call, was, and will be.</summary>
internal static class OnCallCommands
{
    public static Command Create(Shell shell) =>
        new("oncall", "On call: who is, was and will be.")
        {
            Now(shell),
            Who(shell),
            Preview(shell),
            Show(shell),
            Apply(shell),
            Override(shell),
            Cancel(shell),
            LoadCommand.Create(shell),
            SwapCommands.Create(shell),
            FeedCommands.Create(shell),
        };

    private static Command Now(Shell shell)
    {
        var at = Inputs.Moment("--at", "When; now when absent.", shell);
        var command = new Command("now", "Who is on call in every schedule.") { at };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(await session.Door.Incidents.OnCall(given.GetValue(at), stop), OnCallPictures.Now)
        );
        return command;
    }

    private static Command Who(Shell shell)
    {
        var (schedule, at) = (Schedule(), Inputs.Moment("--at", "When; now when absent.", shell));
        var known = Inputs.Moment("--known-at", "Who was believed to be, then.", shell);
        var command = new Command("who", "Who is on call in a schedule, or was.") { schedule, at, known };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.OnCall(
                        given.GetRequiredValue(schedule),
                        given.GetValue(at),
                        given.GetValue(known),
                        stop
                    ),
                    OnCallPictures.One
                )
        );
        return command;
    }

    private static Command Preview(Shell shell)
    {
        var (schedule, from) = (Schedule(), Inputs.Moment("--from", "Beginning; now when absent.", shell));
        var days = new Option<int>("--days")
        {
            Description = "How many days, 1 to 740.",
            HelpName = "days",
            DefaultValueFactory = _ => 14,
        };
        var command = new Command("preview", "Shifts, gaps, and the hours of each person.") { schedule, from, days };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var begin = given.GetValue(from) ?? shell.Clock.GetUtcNow();
                var end = begin.AddDays(Math.Clamp(given.GetValue(days), 1, 740));
                return session.Show(
                    await session.Door.Incidents.PreviewSchedule(given.GetRequiredValue(schedule), begin, end, stop),
                    OnCallPictures.Preview
                );
            }
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var schedule = Schedule();
        var command = new Command("show", "A schedule: layers, members, overrides.") { schedule };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Schedule(given.GetRequiredValue(schedule), stop),
                    OnCallPictures.Schedule
                )
        );
        return command;
    }

    private static Command Apply(Shell shell)
    {
        var (schedule, file) = (Schedule(), Inputs.File());
        var command = new Command("apply", "Set a schedule to what a document says, as a whole.") { schedule, file };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(schedule);
                return session.Show(
                    await session.Door.OnCall.Set(
                        name,
                        Documents.Read<SetSchedule>(given.GetRequiredValue(file), "schedule"),
                        stop: stop
                    ),
                    OnCallPictures.Changes
                );
            }
        );
        return command;
    }

    private static Command Override(Shell shell)
    {
        var (schedule, person) = (Schedule(), Inputs.Required("--person", "Who takes over.", "person"));
        var from = Inputs.Moment("--from", "Beginning.", shell);
        var to = Inputs.Moment("--to", "End.", shell);
        (from.Required, to.Required) = (true, true);
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("override", "Somebody takes over for a while.")
        {
            schedule,
            person,
            from,
            to,
            reason,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(schedule);
                var wanted = new OverrideSchedule(
                    given.GetRequiredValue(person),
                    given.GetValue(from)!.Value,
                    given.GetValue(to)!.Value,
                    given.GetRequiredValue(reason)
                );
                await session.Door.Incidents.OverrideSchedule(name, wanted, stop);
                return session.Show(await session.Door.Incidents.Schedule(name, stop), OnCallPictures.Schedule);
            }
        );
        return command;
    }

    private static Command Cancel(Shell shell)
    {
        var schedule = Schedule();
        var id = Inputs.Id("override", "The override, by id.", "`steady oncall show` lists them.");
        var command = new Command("cancel", "Take an override back.") { schedule, id };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(schedule);
                await session.Door.Incidents.CancelOverride(name, given.GetRequiredValue(id), stop);
                return session.Show(await session.Door.Incidents.Schedule(name, stop), OnCallPictures.Schedule);
            }
        );
        return command;
    }

    public static Argument<string> Schedule() => new("schedule") { Description = "The schedule, by name." };
}
