using Steady.LocalHosting.Processes;

namespace Steady.Launcher;

/// <summary>Plays samples/Story against the running platform; what it prints goes straight through.</summary>
internal static class Story
{
    public static async Task<int> Play(Settings settings, string what, CancellationToken stop)
    {
        await using var story = OwnedProcess.Start(
            new Launch("dotnet", settings.Assembly("Story", "Steady.Story"), what)
            {
                Directory = settings.Root,
                Environment = new Dictionary<string, string>
                {
                    ["STEADY_URL"] = settings.Address("web"),
                    ["STEADY_TOKEN"] = Keys.Read(settings, "admin.token"),
                    ["STEADY_DASHBOARD"] = settings.Address("dashboard"),
                    ["STEADY_FAULT_AGENT"] = settings.Address("fault-agent"),
                    ["STEADY_LEASE_KEY"] = Keys.Read(settings, "lease.key"),
                    ["STEADY_CHECKOUT"] = settings.Address("checkout"),
                },
            }
        );
        return await story.Exit.WaitAsync(stop);
    }
}
