using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Client;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Commands;

/// <summary><c>steady run</c>: experiments as they go.</summary>
internal static class RunCommands
{
    public static Command Create(Shell shell) =>
        new("run", "Runs: experiments as they go.")
        {
            Start(shell),
            Watch(shell),
            Halt(shell),
            Confirm(shell),
            List(shell),
            Show(shell),
            Budget(shell),
            Journal(shell),
            TopologyCommands.Surprise(shell),
        };

    private static Command Start(Shell shell)
    {
        var experiment = ExperimentCommands.Experiment();
        var command = new Command("start", "Start a run of a frozen experiment; exits 1 when a gate refuses it.")
        {
            experiment,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var run = await session.Door.Experiments.Start(given.GetRequiredValue(experiment), stop: stop);
                var exit = run.State == RunState.Refused ? Exit.Refused : Exit.Done;
                return session.Show(run, RunPictures.Started, exit);
            }
        );
        return command;
    }

    private static Command Watch(Shell shell)
    {
        var id = Run();
        var command = new Command("watch", "Watch a run until it is over; Ctrl-C stops watching, not the run.") { id };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await new RunWatch(session).Follow(given.GetRequiredValue(id), stop);
                return Exit.Done;
            }
        );
        return command;
    }

    private static Command Halt(Shell shell)
    {
        var id = Run();
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("halt", "End a run now: every fault is taken out.") { id, reason };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var experiments = session.Door.Experiments;
                var run = given.GetRequiredValue(id);
                await experiments.Halt(run, new HaltRun(given.GetRequiredValue(reason)), stop);
                try
                {
                    return session.Show(await experiments.Run(run, stop), RunPictures.Page);
                }
                catch (ProblemException problem) when (problem.Status == 403)
                {
                    // Whoever may halt but not read has halted all the same.
                    if (!session.Json)
                        session.Screen.Line($"[green]✓[/] halting {run}");
                    return Exit.Done;
                }
            }
        );
        return command;
    }

    private static Command Confirm(Shell shell)
    {
        var id = Run();
        var evidence = Inputs.Required("--evidence", "What was looked at, and what was seen.", "text");
        var command = new Command("confirm", "Say that a fault whose end could not be shown is gone.") { id, evidence };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var run = given.GetRequiredValue(id);
                await session.Door.Experiments.Confirm(run, new ConfirmRevert(given.GetRequiredValue(evidence)), stop);
                return session.Show(await session.Door.Experiments.Run(run, stop), RunPictures.Page);
            }
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var active = new Option<bool>("--active") { Description = "Only those that are not over." };
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "Runs, newest first.") { active, limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.Runs(
                        given.GetValue(active),
                        given.GetValue(limit),
                        given.GetValue(after),
                        stop
                    ),
                    RunPictures.List
                )
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var id = Run();
        var command = new Command("show", "One run, rung by rung.") { id };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(await session.Door.Experiments.Run(given.GetRequiredValue(id), stop), RunPictures.Page)
        );
        return command;
    }

    private static Command Budget(Shell shell)
    {
        var id = Run();
        var command = new Command("budget", "What a run set aside of error budgets, and what it cost them.") { id };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.RunBudget(given.GetRequiredValue(id), stop),
                    RunBudgetPictures.Page
                )
        );
        return command;
    }

    private static Command Journal(Shell shell)
    {
        var id = Run();
        var command = new Command("journal", "A run that is over, as a journal of Chaos Toolkit.") { id };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                session.Write(await session.Door.Experiments.Journal(given.GetRequiredValue(id), stop));
                return Exit.Done;
            }
        );
        return command;
    }

    public static Argument<Guid> Run() =>
        new("run")
        {
            Description = "The run, by id.",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!Guid.TryParse(text, out var id))
                    result.AddError($"'{text}' is no run's id. `steady run list` shows them.");
                return id;
            },
        };
}
