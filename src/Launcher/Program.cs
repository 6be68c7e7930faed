using System.CommandLine;
using System.CommandLine.Help;
using Steady.Launcher;

var check = new Option<bool>("--check")
{
    Description = "Play the main job through the public API, stop again, and exit 0 only if all of it worked.",
};
var demo = new Option<bool>("--demo") { Description = "Also play the demo story." };
var fresh = new Option<bool>("--fresh") { Description = "Start empty: forget all data of earlier runs." };
var detach = new Option<bool>("--detach")
{
    Description = "Start in the background; return when everything is healthy.",
};
var down = new Option<bool>("--down") { Description = "Stop the one that is running, and wait until it is gone." };

// Called like the script that starts it, for that is what a person types.
var root = new Command("./up", "Starts Steady and waits until it is healthy. Ctrl-C stops everything.")
{
    new HelpOption(),
    check,
    demo,
    fresh,
    detach,
    down,
};
root.SetAction(arguments =>
    Guarded(async settings =>
    {
        if (arguments.GetValue(down))
        {
            return await Down(settings);
        }

        var switches = new Switches(arguments.GetValue(check), arguments.GetValue(demo), arguments.GetValue(fresh));
        return arguments.GetValue(detach)
            ? await Detached.Start(settings, args.Where(a => a != detach.Name))
            : await Up(settings, switches);
    })
);

var given = root.Parse(args);
if (given.Errors.Count > 0)
{
    Terminal.Line($"{given.Errors[0].Message} `./up --help` lists the switches.");
    return 2;
}

// Signals are ours: what was started must be stopped in order.
return await given.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

static async Task<int> Up(Settings settings, Switches switches)
{
    using var ending = new Interruption();
    using var instance = RunningInstance.TryBegin(settings);
    if (instance is null)
    {
        var other = RunningInstance.Read(settings);
        throw new UserError(
            $"Steady is already running in this folder: process {other?.Pid}, {other?.Address}. `./up --down` stops it."
        );
    }

    try
    {
        return await new Platform(settings, switches).Run(instance, ending.Token);
    }
    catch (OperationCanceledException) when (ending.Token.IsCancellationRequested)
    {
        // Stopping is how a run ends well; a check that was stopped has proven nothing.
        return switches.Check ? 130 : 0;
    }
}

static async Task<int> Down(Settings settings)
{
    Terminal.Line(await RunningInstance.End(settings) ? "Stopped." : "Nothing is running in this folder.");
    return 0;
}

static async Task<int> Guarded(Func<Settings, Task<int>> action)
{
    try
    {
        return await action(new Settings());
    }
    catch (UserError mistake)
    {
        if (mistake.Message.Length > 0)
        {
            Terminal.Line(mistake.Message);
        }

        return 2;
    }
}
