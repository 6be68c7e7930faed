using Steady.Story;

// Plays the main job against a running platform, through its public API only.
if (args is not ["check"] and not ["demo"])
{
    await Console.Error.WriteLineAsync(
        "usage: Steady.Story check|demo   (STEADY_URL, STEADY_TOKEN, STEADY_FAULT_AGENT, STEADY_DASHBOARD)"
    );
    return 2;
}

using var places = Places.FromEnvironment();
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
using var job = new MainJob(places, TimeProvider.System);
var code = await new Narrator(TimeProvider.System).Tell(job.Chapters, stop.Token);
if (args is ["demo"] && code == 0)
{
    Console.WriteLine("\nSign in with the link above, then look at:");
    foreach (var page in job.Pages)
        Console.WriteLine($"   {new Uri(places.Console.BaseAddress!, page)}");
}

return code;
